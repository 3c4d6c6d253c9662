import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, globSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from './ports.ts';

/** A PostgreSQL cluster reached by a unix socket alone. */
export interface Postgres {
  /** The folder of its socket, which is its host. */
  readonly socket: string;
  readonly user: string;
  /** Runs SQL as its superuser; the rows, columns between `|`. */
  query(sql: string, database?: string): string;
  /** Leaves a session with this input running; ended by killing it. */
  session(sql: string, database?: string): { kill(): void };
  stop(): Promise<void>;
}

const USER = 'owner';

/** The newest folder of PostgreSQL's server programs, undefined where there is none. */
export function postgresPrograms(): string | undefined {
  return globSync('/usr/lib/postgresql/*/bin').sort((one, other) => one.localeCompare(other, undefined, { numeric: true })).at(-1);
}

/** Makes a cluster under `folder` and starts it; as root it runs as the user postgres. Lines of pg_hba.conf let everybody in unless given; `settings` are the server's own. */
export async function startPostgres(folder: string, access = 'local all all trust', settings: readonly string[] = []): Promise<Postgres> {
  const programs = postgresPrograms() ?? '';
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (process.getuid?.() === 0) chownSync(folder, Number(execFileSync('id', ['-u', 'postgres'])), Number(execFileSync('id', ['-g', 'postgres'])));
  const cluster = join(folder, 'cluster');
  run(`${programs}/initdb`, ['--pgdata', cluster, '--username', USER, '--auth=trust', '--no-locale', '--encoding=UTF8', '--no-sync'], folder);
  execFileSync('sh', ['-c', 'printf "%s\\n" "local all owner trust" "$2" >"$1/pg_hba.conf"', 'sh', cluster, access]);
  const [program, args] = asOwner(`${programs}/postgres`, ['-D', cluster, '-k', folder, '-c', 'listen_addresses=', '-c', 'fsync=off', '-c', 'logging_collector=off', ...settings.flatMap((setting) => ['-c', setting])]);
  const postmaster = spawn(program, args, { cwd: folder, stdio: 'ignore' });
  const psql = (database: string): string[] => ['-h', folder, '-U', USER, '-d', database, '-XAtq', '-v', 'ON_ERROR_STOP=1'];
  const query = (sql: string, database = 'postgres'): string => execFileSync('psql', psql(database), { input: sql, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).trim();
  await waitUntil('PostgreSQL answers', async () => {
    try {
      return query('select 1') === '1';
    } catch {
      return false;
    }
  }, 30_000);
  return {
    socket: folder, user: USER, query,
    session: (sql, database = 'postgres') => {
      const client = spawn('psql', psql(database), { stdio: ['pipe', 'ignore', 'ignore'] });
      client.stdin.on('error', () => undefined).write(`${sql}\n`);
      return { kill: () => void client.kill('SIGKILL') };
    },
    stop: async () => {
      const ended = once(postmaster, 'exit');
      postmaster.kill('SIGINT');
      await ended;
    },
  };
}

function run(program: string, args: readonly string[], cwd: string): void {
  const [asWhom, all] = asOwner(program, args);
  execFileSync(asWhom, all, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}

function asOwner(program: string, args: readonly string[]): [string, readonly string[]] {
  return process.getuid?.() === 0 ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', '--', program, ...args]] : [program, args];
}
