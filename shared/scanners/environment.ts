// What any program needs: where things are, in which language, and how the network is reached.
const EVERYBODYS = /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TERM|TMPDIR|TEMP|TMP|XDG_\w+|SSL_CERT_\w+|REQUESTS_CA_BUNDLE|CURL_CA_BUNDLE|HTTPS?_PROXY|NO_PROXY|ALL_PROXY|CI)$/i;

/**
 * The variables of the job that a scanner gets to see. Inputs, tokens and the DEPLOY_ secrets are not among them: a scanner reads
 * whatever is in the repository, and was itself the way in more than once.
 */
export function passedOn(environment: Readonly<Record<string, string | undefined>>, own: RegExp): Readonly<Record<string, string>> {
  const kept = Object.entries(environment).filter(([name, value]) => value !== undefined && (EVERYBODYS.test(name) || own.test(name)));
  return Object.fromEntries(kept) as Record<string, string>;
}
