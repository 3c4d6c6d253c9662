import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Mariadb } from './mariadb.ts';
import type { Postgres } from './postgres.ts';

/** Somebody who reads a table without pause, until stopped. */
export interface Reading {
  /** The longest that one read took, in seconds. */
  stop(): Promise<number>;
}

/** Reads a table of PostgreSQL. */
export function readPostgres({ socket, user }: Pick<Postgres, 'socket' | 'user'>, database: string, table: string): Reading {
  return read('psql', ['-h', socket, '-U', user, '-d', database, '-XAtq'], table);
}

/** Reads a table of MariaDB. */
export function readMariadb({ socket }: Pick<Mariadb, 'socket'>, database: string, table: string): Reading {
  return read('mariadb', ['--no-defaults', `--socket=${socket}`, '--user=root', '-N', '-B', '--unbuffered', database], table);
}

function read(program: string, args: readonly string[], table: string): Reading {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
  let [isOver, worst] = [false, 0];
  const reads = async (): Promise<void> => {
    while (!isOver) {
      const began = performance.now();
      child.stdin.write(`select count(*) from ${table};\n`);
      await once(child.stdout, 'data');
      worst = Math.max(worst, (performance.now() - began) / 1_000);
    }
    child.kill('SIGKILL');
  };
  const reading = reads();
  return {
    async stop() {
      isOver = true;
      await reading;
      return worst;
    },
  };
}
