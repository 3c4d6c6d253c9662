/** What gives a secret away by its shape alone; each pattern names what is kept of it in its first group. */
const SHAPES: readonly RegExp[] = [
  /\b(xox[a-z]-|xapp-|xoxe\.)[\w.-]{8,}/g, // Slack
  /\b(gh[pousr]_|github_pat_)\w{16,}/g,
  /(\/(?:services|workflows|triggers)\/)[A-Z]\w{5,}\/[\w/-]{8,}/g, // Slack's webhook addresses
  /\b((?:AKIA|ASIA))[0-9A-Z]{16}\b/g,
  /\b(sk-|sk_live_|rk_live_|glpat-|npm_|dop_v1_|pypi-|hf_)[\w-]{16,}/g,
  /\b(eyJ)[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, // JSON web tokens
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[^-]+(?:-----END [A-Z ]*PRIVATE KEY-----)?/g,
  /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{0,100}:)[^\s/@]{1,200}(?=@)/gi, // a password in an address
  /(\b(?:authorization|x-api-key|api[_-]?key|password|passwd|secret|token)["']?\s*[:=]\s*["']?(?:bearer |basic )?)[^\s"',;]{8,}/gi,
];

/** The text without what looks like a secret, for whatever leaves for a place where many read. */
export function withoutSecrets(text: string): string {
  return SHAPES.reduce((rest, shape) => rest.replace(shape, '$1***'), text);
}
