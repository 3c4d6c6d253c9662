import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backupSteps } from '#shared/testing/backup-steps';
import { removeServers } from '#shared/testing/local-server';
import { fillWithRows } from '#shared/testing/many-rows';
import { startPostgres } from '#shared/testing/postgres';
import { output } from '../script/src/process.ts';
import type { Proof } from '#shared/database/source';
import { type Bench, type Benchmark, elapsed, figureOf, interleave, ratioOf, type Row, type Table } from './benchmark.ts';

const ROWS = { quick: 250_000, whole: 5_000_000 };

/** A backup that is proven, beside those that are not. */
export const benchmark: Benchmark = {
  title: 'A proven backup',
  method: `A PostgreSQL database of ${ROWS.whole / 1e6} million rows in four tables with primary keys and an index each, about 1 GB. \`db-backup\` takes it and proves it equal, row by row, in a scratch
instance, each step run as the server runs it, without SSH; beside it \`pg_dump | gzip -6\`, which proves nothing. The dump by itself, which here includes the snapshot's session and locks, stands beside \`pg_dump | zstd -3\`.`,
  needs: ['psql', 'zstd', 'gzip'],
  async run(bench: Bench) {
    const root = mkdtempSync(join(tmpdir(), 'bench-backup-'));
    chmodSync(root, 0o755);
    const pg = await startPostgres(join(root, 'pg'));
    try {
      fillWithRows(pg, 'shop', bench.isQuick ? ROWS.quick : ROWS.whole);
      return [await compare(bench, root, pg.socket, pg.user)];
    } finally {
      await pg.stop();
      removeServers();
      rmSync(root, { recursive: true, force: true });
    }
  },
};

async function compare({ isQuick, say }: Bench, root: string, host: string, user: string): Promise<Table> {
  const peer = (program: string) => async (): Promise<number> => {
    say(`pg_dump | ${program}`);
    return elapsed(() => output('bash', ['-c', `set -o pipefail; pg_dump -h "$1" -U "$2" shop | ${program} >"$3"`, 'bash', host, user, join(root, 'peer')]));
  };
  const ours = (verify: Proof, timed: readonly string[]) => async (): Promise<number> => {
    say(`db-backup, ${verify}`);
    const scratch = join(root, 'scratch');
    mkdirSync(scratch, { recursive: true, mode: 0o755 });
    const steps = backupSteps([{ kind: 'postgres', name: 'shop', database: 'shop', host, user }], { verify, scratch, timeout: 600_000 });
    if (!timed.includes('check')) steps.run(['check']);
    const took = await elapsed(async () => {
      const fault = steps.run(timed);
      if (fault !== undefined) throw new Error(`${fault.step}: ${fault.told}`);
    });
    steps.step('clear');
    rmSync(steps.backup.directory, { recursive: true });
    return took;
  };
  const samples = await interleave({
    gzip: peer('gzip -6'), proven: ours('equal', ['check', 'take-1', 'prove-1', 'seal', 'publish', 'record']), zstd: peer('zstd -q -3'), dump: ours('readable', ['take-1']),
  }, isQuick ? 1 : 3);
  const row = (name: string, sample: keyof typeof samples, beside?: keyof typeof samples, goal?: number): Row => ({
    name, figure: figureOf(samples[sample]), ...(beside !== undefined && { ratio: ratioOf(samples[sample], samples[beside]) }), ...(goal !== undefined && { goal: { ratio: goal } }),
  });
  return {
    title: 'A database of 1 GB', unit: 'ms', ratio: 'Slipway / its peer',
    rows: [row('`pg_dump \\| gzip -6`, not proven', 'gzip'), row('Slipway, proven equal', 'proven', 'gzip', 1.5), row('`pg_dump \\| zstd -3`', 'zstd'), row('Slipway, the dump alone', 'dump', 'zstd', 1.05)],
  };
}
