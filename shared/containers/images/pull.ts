import { readFileSync } from 'node:fs';
import { NoRoom, UserError } from '#shared/core/errors';
import type { Secret } from '#shared/core/secret';
import { formatSize } from '#shared/core/size';
import { scriptCommand } from '#shared/server/scripts';
import type { Server } from '#shared/server/server';
import type { ExecResult, SshConnection } from '#shared/system/ssh/connection';
import { askHeld } from './held.ts';
import { downloadOf } from './pull-need.ts';
import { registryFaultOf, type RegistryFault } from './registry-fault.ts';
import type { Telling } from './transfer.ts';

const script = readFileSync(new URL('./pull.sh', import.meta.url), 'utf8');
const AMPLE = 20e9; // bytes
const UNPACKED = 3; // times what is downloaded: that itself, and what it is unpacked to
const HUB = 'https://index.docker.io/v1/'; // Docker Hub's name in a config.json

/** How the server logs in to a registry. */
export interface RegistryLogin {
  /** Such as `ghcr.io`; Docker Hub is `docker.io`. */
  readonly registry: string;
  readonly user: string;
  readonly password: Secret;
}

/** Images that a server is to pull. */
export interface Pull {
  readonly references: readonly string[];
  /** The server's own login counts where none is given. */
  readonly login: RegistryLogin | undefined;
  /** The service's state folder on the server. */
  readonly state: string;
  /** Milliseconds that one image may take. */
  readonly timeout: number;
}

/** An image that could not be pulled, and why. */
export class PullFailed extends UserError {
  readonly fault: RegistryFault;

  constructor(message: string, fault: RegistryFault) {
    super(message);
    this.fault = fault;
  }
}

/**
 * Has the server pull images; what it has got is kept if the line drops. The login travels on standard input and is removed with the pull.
 * @throws {PullFailed} with the registry's answer and what to do about it; {NoRoom} where the disk is too full.
 */
export async function pullImages(server: Server, { references, login, state, timeout }: Pull, { log, signal }: Telling): Promise<void> {
  const command = (verb: 'pull' | 'ask'): string => scriptCommand(script, [verb, `${state}/incoming`, String(Math.ceil(timeout / 1_000)), ...references]);
  const stdin = login === undefined ? '' : configOf(login);
  await server.persist((connection) => refuseFullDisk(connection, { references, state }, (verb) => connection.exec(command(verb), { stdin, signal })));
  await log.group(`Pulling ${references.join(', ')} on ${server.label}`, () => server.persist(async (connection) => {
    const { code, stdout, stderr } = await connection.exec(command('pull'), { stdin, signal });
    stdout.split('\n').filter((line) => line !== '').forEach((line) => log.output(line));
    if (code === 0) return;
    const { fault, told } = registryFaultOf(code, stderr);
    const message = `${server.label} could not pull ${failing(references, stdout)}: ${told}.\n${stderr.trim().split('\n').map((line) => `  | ${line}`).join('\n')}`;
    throw fault === 'disk-full' ? new NoRoom(message) : new PullFailed(message, fault);
  }));
}

// Registries count what they are asked, so they are asked only where it may matter.
async function refuseFullDisk(connection: SshConnection, { references, state }: Pick<Pull, 'references' | 'state'>, run: (verb: 'ask') => Promise<ExecResult>): Promise<void> {
  const held = await askHeld(connection, `${state}/images`);
  const { bytes: free } = held.free.engine;
  if (free === undefined || free > AMPLE) return;
  const { stdout } = await run('ask');
  const download = downloadOf(stdout, references, held.platform, new Set(held.images.keys()));
  if (download === undefined || download * UNPACKED <= free) return;
  throw new NoRoom(`The disk where Docker keeps images on ${connection.label} is too full: ${references.join(', ')} need about ${formatSize(download * UNPACKED)}, ${formatSize(free)} are free. Remove images (docker image prune), or old releases, there. Nothing was pulled.`);
}

// Docker ends its words on each image that it has with a line that begins with "Status:".
function failing(references: readonly string[], stdout: string): string {
  return references[stdout.split('\n').filter((line) => line.startsWith('Status: ')).length] ?? references.join(', ');
}

function configOf({ registry, user, password }: RegistryLogin): string {
  const auth = Buffer.from(`${user}:${password.reveal()}`).toString('base64');
  return JSON.stringify({ auths: { [/^(registry-1\.|index\.)?docker\.io$/.test(registry) ? HUB : registry]: { auth } } });
}
