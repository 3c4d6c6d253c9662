import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitUntil } from './ports.ts';

/** An SQLite database whose newest rows are in the log beside it, as long as its session lives. */
export interface WriteAheadLog {
  stop(): Promise<void>;
}

/** Makes the database, with so many receipts that are committed and in its -wal alone. */
export async function writeAhead(file: string, receipts: number): Promise<WriteAheadLog> {
  const session = spawn('sqlite3', [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(session, 'exit');
  session.stdin.write('pragma journal_mode = wal; create table receipts (n); pragma wal_checkpoint(truncate); pragma wal_autocheckpoint = 0;\n');
  session.stdin.write(`with recursive i(n) as (select 1 union all select n + 1 from i where n < ${receipts}) insert into receipts select n from i; select 'written';\n`);
  await waitUntil('the receipts are written', () => String(session.stdout.read() ?? '').includes('written'));
  return {
    stop: async () => {
      session.kill();
      await ended;
    },
  };
}
