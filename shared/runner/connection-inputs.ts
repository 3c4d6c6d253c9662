import { UserError } from '#shared/core/errors';
import type { SshTarget } from '#shared/system/ssh/target';
import type { Values } from './action.ts';
import { duration, integer, lines, secret, text } from './fields.ts';

const CONNECT_RETRIES = 3;
const HOST = 'a host name or an IP address';
const JUMP = 'user@host:port, of which user and port may be left out';
const NAME = 'letters, digits, dots, hyphens and underscores, beginning with a letter or digit, 63 at most';

/** How to reach the server, and which service there is meant: the same in every action, and each may come from `env:` once per job. */
export const connectionFields = {
  host: text({
    description: 'Host name or IP address of the server.',
    required: true, env: 'DEPLOY_HOST', example: 'web1.example.com', accepts: HOST,
    check: checkHost,
  }),
  port: integer({ description: 'Port on which the server\'s SSH daemon listens.', default: '22', env: 'DEPLOY_PORT', min: 1, max: 65_535 }),
  user: text({
    description: 'User to log in as. It needs no root rights unless the service itself does.',
    required: true, env: 'DEPLOY_USER', example: 'deploy', check: checkUser,
  }),
  'ssh-key': secret({
    description: 'Private key of that user, the whole file: OpenSSH, PEM or PKCS8; Ed25519, ECDSA or RSA. Without it, the ssh-agent behind `SSH_AUTH_SOCK` is asked.',
    env: 'DEPLOY_SSH_KEY', example: '${{ secrets.DEPLOY_SSH_KEY }}',
  }),
  'ssh-passphrase': secret({ description: 'Passphrase of `ssh-key`, if it has one.', env: 'DEPLOY_SSH_PASSPHRASE' }),
  'known-hosts': text({
    description: 'Lines of a known_hosts file that name the server\'s host key, as `ssh-keyscan` prints them (hashed names and `[host]:port` work). A server whose key is neither here nor in `host-fingerprint` is refused, and the line to add is shown.',
    multiline: true, env: 'DEPLOY_KNOWN_HOSTS',
  }),
  'host-fingerprint': lines({
    description: 'SHA256 fingerprints of accepted host keys, instead of or beside `known-hosts`; `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` on the server prints one.',
    env: 'DEPLOY_HOST_FINGERPRINT', example: 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', check: checkFingerprints,
  }),
  'jump-host': text({
    description: 'Host to go through when the server cannot be reached directly: `user@host:port`. User and port default to `user` and 22.',
    env: 'DEPLOY_JUMP_HOST', example: 'deploy@bastion.example.com', accepts: JUMP,
    check: (jump) => (parsePlace(jump) ? undefined : `accepted is ${JUMP}`),
  }),
  'jump-ssh-key': secret({ description: 'Private key for the jump host. Without it, `ssh-key` (or the agent) serves there too.', env: 'DEPLOY_JUMP_SSH_KEY' }),
  'jump-ssh-passphrase': secret({ description: 'Passphrase of `jump-ssh-key`, if it has one.', env: 'DEPLOY_JUMP_SSH_PASSPHRASE' }),
  'jump-known-hosts': text({
    description: 'Known-hosts lines of the jump host. They may as well stand in `known-hosts`.', multiline: true, env: 'DEPLOY_JUMP_KNOWN_HOSTS',
  }),
  'jump-host-fingerprint': lines({
    description: 'SHA256 fingerprints of accepted host keys of the jump host.', env: 'DEPLOY_JUMP_HOST_FINGERPRINT', check: checkFingerprints,
  }),
  'connect-timeout': duration({
    description: 'How long one attempt to connect may take. Attempts that failed before the login are repeated up to three times.',
    default: '20s', env: 'DEPLOY_CONNECT_TIMEOUT', min: '1s', max: '10m',
  }),
  service: text({
    description: 'Name of the service on the server: one service has one ledger, one lock, and one release that is live.',
    required: true, env: 'DEPLOY_SERVICE', example: 'shop', check: checkName,
  }),
  environment: text({
    description: 'Which installation of the service is meant, where a server holds several.',
    default: 'production', env: 'DEPLOY_ENVIRONMENT', example: 'staging', check: checkName,
  }),
};

/** The same for actions that can do without a server: nothing is required, and sshTarget() says what is missing when one is needed after all. */
export const optionalConnectionFields = {
  ...connectionFields,
  host: { ...connectionFields.host, required: false, absent: undefined as string | undefined } as ReturnType<typeof text<{ description: string }>>,
  user: { ...connectionFields.user, required: false, absent: undefined as string | undefined } as ReturnType<typeof text<{ description: string }>>,
  service: { ...connectionFields.service, required: false, absent: undefined as string | undefined } as ReturnType<typeof text<{ description: string }>>,
};

/** Connection inputs as read, from either set of fields. */
export type ConnectionInputs = Omit<Values<typeof optionalConnectionFields>, 'service' | 'environment'>;

/**
 * Where and how to log in.
 * @throws {UserError} when host or user is missing, or there is neither a key nor an agent.
 */
export function sshTarget(inputs: ConnectionInputs, agent = process.env['SSH_AUTH_SOCK']): SshTarget {
  const { host, user } = inputs;
  const missing = connectionMistakes(inputs, agent);
  if (missing.length > 0 || host === undefined || user === undefined) throw new UserError(`To log in, ${missing.join('; ')}.`);
  const shared = { connectTimeout: inputs.connectTimeout, connectRetries: CONNECT_RETRIES };
  const login = identity(inputs.sshKey, inputs.sshPassphrase, agent);
  const target = {
    ...shared, ...login, host: bareHost(host), port: inputs.port, user,
    hostKeys: { knownHosts: inputs.knownHosts ?? '', fingerprints: inputs.hostFingerprint },
  };
  const jump = inputs.jumpHost === undefined ? undefined : parsePlace(inputs.jumpHost);
  if (!jump) return target;
  const jumpLogin = inputs.jumpSshKey ? identity(inputs.jumpSshKey, inputs.jumpSshPassphrase, agent) : login;
  const knownHosts = [inputs.jumpKnownHosts, inputs.knownHosts].filter((part) => part !== undefined).join('\n');
  return {
    ...target,
    jump: { ...shared, ...jumpLogin, host: jump.host, port: jump.port ?? 22, user: jump.user ?? user, hostKeys: { knownHosts, fingerprints: inputs.jumpHostFingerprint } },
  };
}

/** What is missing for a login, for an action's `check`: told together with every other mistake. */
export function connectionMistakes(inputs: ConnectionInputs, agent = process.env['SSH_AUTH_SOCK']): readonly string[] {
  const mistakes: string[] = [];
  if (inputs.host === undefined) mistakes.push('host is missing; give it under `with:`, or as DEPLOY_HOST in `env:`');
  if (inputs.user === undefined) mistakes.push('user is missing; give it under `with:`, or as DEPLOY_USER in `env:`');
  if (!inputs.sshKey && !agent) mistakes.push('ssh-key is missing and no ssh-agent runs (SSH_AUTH_SOCK is not set); give ssh-key, or DEPLOY_SSH_KEY in `env:`');
  return mistakes;
}

function identity(key: ConnectionInputs['sshKey'], passphrase: ConnectionInputs['sshPassphrase'], agent: string | undefined): Pick<SshTarget, 'key' | 'passphrase' | 'agent'> {
  if (key) return passphrase ? { key, passphrase } : { key };
  return agent ? { agent } : {};
}

function isHost(host: string): boolean {
  if (host.includes(':')) return isIPv6(bareHost(host));
  return host.length <= 253 && /^[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?(?:\.[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?)*\.?$/.test(host);
}

// By the reader of addresses that is there already: node:net takes as long to load as all inputs to be read.
function isIPv6(host: string): boolean {
  const [, address] = /^([0-9A-Fa-f:.]+)(?:%[\w.-]+)?$/.exec(host) ?? [];
  return address !== undefined && URL.canParse(`http://[${address}]`);
}

function bareHost(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}

/** What is wrong with a host; undefined when nothing is. */
export function checkHost(host: string): string | undefined {
  return isHost(host) ? undefined : `accepted is ${HOST}`;
}

/** What is wrong with a login name; undefined when nothing is. */
export function checkUser(user: string): string | undefined {
  return /^[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,63}$/.test(user) ? undefined : 'accepted is a login name: letters, digits and . _ - + @, not beginning with a hyphen, 64 at most';
}

function checkName(name: string): string | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(name) ? undefined : `accepted are ${NAME}`;
}

function checkFingerprints(fingerprints: readonly string[]): string | undefined {
  return fingerprints.every((line) => /^SHA256:[A-Za-z0-9+/]{43}=?$/.test(line)) ? undefined : 'accepted are fingerprints such as SHA256: followed by 43 characters, as `ssh-keygen -l` prints them';
}

/** A host written as `user@host:port`, of which user and port may be left out; undefined where it is not written so. */
export function parsePlace(text: string): { readonly user?: string; readonly host: string; readonly port?: number } | undefined {
  const [, user, host = '', port] = /^(?:(.+)@)?(\[[^\]]+\]|[^:]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
  if (!isHost(host) || !isPort || (user !== undefined && checkUser(user) !== undefined)) return undefined;
  return { ...(user !== undefined && { user }), host: bareHost(host), ...(port !== undefined && { port: Number(port) }) };
}
