/** Why a registry gave no image, in the words by which it is told. */
export type RegistryFault = 'unauthorized' | 'denied' | 'not-found' | 'rate-limited' | 'server-error' | 'timeout' | 'unreachable' | 'certificate' | 'disk-full' | 'platform' | 'other';

interface Rule {
  readonly fault: RegistryFault;
  /** What Docker says then; the engine passes on what the registry answered. */
  readonly says: RegExp;
  readonly told: string;
}

const RULES: readonly Rule[] = [
  { fault: 'disk-full', says: /no space left on device|disk quota exceeded/i, told: 'the server\'s disk is full. Remove images there (docker image prune), or old releases' },
  { fault: 'platform', says: /no matching manifest for|does not match the specified platform/i, told: 'it is not built for the server\'s platform. Build it for that one, too (docker build --platform)' },
  { fault: 'rate-limited', says: /toomanyrequests|too many requests|rate limit|\b429\b/i, told: 'the registry lets no more through for now (429). Log in with registry-user and registry-password, wait, or send the images with images: transfer' },
  { fault: 'not-found', says: /manifest unknown|manifest for .* not found|name unknown|repository .* not found|\b404\b/i, told: 'the registry has none under that name and tag (404). Push it first, or correct the name' },
  { fault: 'unauthorized', says: /unauthorized|authentication required|incorrect username or password|no basic auth credentials|\b401\b/i, told: 'the registry wants another login (401). Correct registry, registry-user and registry-password' },
  { fault: 'denied', says: /denied|forbidden|insufficient_scope|\b403\b/i, told: 'the registry does not let this account have it (403), or has none under that name. Give the account the right to read it, or correct the name' },
  { fault: 'certificate', says: /x509|certificate|gave HTTP response to HTTPS client/i, told: 'the server does not trust the registry\'s certificate. Install its authority in /etc/docker/certs.d on the server, or name the registry in insecure-registries of daemon.json' },
  { fault: 'timeout', says: /timeout|timed out|deadline exceeded/i, told: 'the registry did not answer in time. Run again, or send the images with images: transfer' },
  { fault: 'server-error', says: /unexpected HTTP status: 5\d\d|internal server error|service unavailable|bad gateway|\b50[0-4]\b|unknown: /i, told: 'the registry has a fault of its own (5xx). Run again later, or send the images with images: transfer' },
  { fault: 'unreachable', says: /no such host|connection refused|connection reset|no route to host|network is unreachable|server misbehaving|EOF$/i, told: 'the server cannot reach the registry. Look at its name and at the server\'s network, or send the images with images: transfer' },
];
const TIMED_OUT = 124; // by timeout(1)

/** What went wrong in a pull, by what Docker printed and the code it ended with, and the same for people. */
export function registryFaultOf(code: number, words: string): { readonly fault: RegistryFault; readonly told: string } {
  const rule = code === TIMED_OUT ? RULES.find(({ fault }) => fault === 'timeout') : RULES.find(({ says }) => says.test(words));
  if (rule === undefined) return { fault: 'other', told: 'Docker could not pull it' };
  return { fault: rule.fault, told: rule.told };
}

/** Whether the image may still come from the runner: not where it would not fit or not run there either. */
export function isMendedByTransfer(fault: RegistryFault): boolean {
  return fault !== 'disk-full' && fault !== 'platform';
}
