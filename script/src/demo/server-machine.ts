import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { readDeployed } from '#shared/server/service';
import { openServer } from '#shared/server/server';
import { verifiedReleases } from '#shared/server/ledger';
import { collectedLog } from '#shared/testing/collected-log';
import { startHost, type Host } from '#shared/testing/host';
import { capture } from '../process.ts';
import type { Database } from './database.ts';

/** What may go on when the demo ends: the ten minutes of a standby outlast it. */
export const STANDBY_TIMER = /plan\.sh timer|sleep /;

/** The machine that is deployed to: sshd, nginx, a supervisor with two slots, and PostgreSQL. */
export interface ServerMachine {
  readonly host: Host;
  readonly database: Database;
  /** What the workflow finds in the repository's settings. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** When the link that users' requests follow was last renamed, by the file system's clock: ms since 1970. */
  lastSwitch(): number;
  /** What is live, as users and as the server's own record have it. */
  live(): Promise<Live>;
  /** Ends everything; throws when a process is left. */
  stop(): Promise<void>;
}

/** The release users reach; verified when the server's ledger says so of the slot it would boot into, and no plan is left unfinished. */
export interface Live { readonly release: string; readonly slot: string; readonly verified: boolean }

/** Starts the servers the shop runs on, beside its database; scratch instances go into `folder`. */
export async function startServerMachine(database: Database, folder: string): Promise<ServerMachine> {
  const host = await startHost({ mode: 'socket', service: 'shop', appEnv: database.env, env: { PATH: process.env['PATH'] ?? '' } });
  const { inputs } = host;
  const input = (name: string): string => inputs[name] ?? '';
  return {
    host, database,
    secrets: { DEPLOY_SSH_KEY: input('ssh-key') },
    variables: {
      DEPLOY_HOST: input('host'), DEPLOY_PORT: input('port'), DEPLOY_USER: input('user'), DEPLOY_KNOWN_HOSTS: input('known-hosts'), DEPLOY_URL: input('url'),
      DEPLOY_PATH: input('path'), DEPLOY_RUNTIME_DIR: input('runtime-dir'), START: input('start'), STOP: input('stop'),
      DATABASE: JSON.stringify({ postgres: database.env['PGDATABASE'], host: database.env['PGHOST'], user: database.env['PGUSER'] }), SCRATCH_DIRECTORY: folder, REHEARSAL_NETWORK: await rehearsalNetwork(),
    },
    lastSwitch: () => lstatSync(join(host.runtimeDir, 'live.sock')).ctimeMs,
    live: () => readLive(host),
    stop: async () => {
      await host.stop(STANDBY_TIMER);
      await database.stop();
    },
  };
}

// Some systems let nobody but root have a network of its own.
async function rehearsalNetwork(): Promise<'none' | 'allowed'> {
  const asRoot = process.getuid?.() === 0;
  const { code } = await capture('unshare', [...(asRoot ? [] : ['--map-root-user']), '--net', '--mount', 'true']);
  return code === 0 ? 'none' : 'allowed';
}

/** Reads it. */
export async function readLive({ url, sshd, service }: Host): Promise<Live> {
  const { version } = (await (await fetch(`${url}/version`)).json()) as { readonly version: string };
  await using server = await openServer(sshd.target(), collectedLog());
  const { live, confirmed, slots, events, unfinished } = await readDeployed(server, { service, environment: 'production' });
  const isOnRecord = live !== undefined && live === confirmed && slots[live] === version && verifiedReleases(events).includes(version);
  return { release: version, slot: live ?? '', verified: isOnRecord && unfinished.length === 0 };
}
