import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from './ports.ts';
import { findProgram } from './programs.ts';

/** A MariaDB server reached by a unix socket alone. */
export interface Mariadb {
  readonly socket: string;
  /** Runs SQL as root; the rows, columns between tabs. */
  query(sql: string, database?: string): string;
  stop(): Promise<void>;
}

/** Makes an instance under `folder` and starts it. */
export async function startMariadb(folder: string): Promise<Mariadb> {
  mkdirSync(folder, { recursive: true });
  const [files, socket] = [join(folder, 'files'), join(folder, 's')];
  const user = `--user=${userInfo().username}`;
  execFileSync('mariadb-install-db', ['--no-defaults', `--datadir=${files}`, '--auth-root-authentication-method=normal', '--skip-test-db', user], { stdio: 'ignore' });
  const server = spawn(findProgram('mariadbd') ?? 'mariadbd', ['--no-defaults', `--datadir=${files}`, `--socket=${socket}`, `--pid-file=${join(folder, 'pid')}`, user, '--skip-networking', '--skip-log-bin', '--innodb-flush-log-at-trx-commit=0'], { stdio: 'ignore' });
  const query = (sql: string, database = 'mysql'): string => execFileSync('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '-N', '-B', database], { input: sql, encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'] }).trim();
  await waitUntil('MariaDB answers', async () => {
    try {
      return query('select 1') === '1';
    } catch {
      return false;
    }
  }, 30_000);
  return {
    socket, query,
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}
