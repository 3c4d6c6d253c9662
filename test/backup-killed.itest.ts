import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { needs, needsFull } from '#shared/testing/equipment';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { cutPower, processesUsing } from '#shared/testing/processes';

// Whatever is killed at whatever step: a set exists wholly or not at all, what was held back goes on, and the next backup finds its way.
const it = needs('psql', 'zstd', 'flock');
let root: string;
let host: BackupHost;
let pg: Postgres;
let inputs: Record<string, string>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-killed-'));
  chmodSync(root, 0o755);
  host = await startBackupHost();
  pg = await startPostgres(join(root, 'pg'));
  pg.query('create database shop');
  pg.query('create table t as select i, md5(i::text) from generate_series(1, 2000) i', 'shop');
  const files = join(root, 'files');
  mkdirSync(files);
  writeFileSync(join(files, 'a'), 'a');
  inputs = {
    sources: JSON.stringify([{ postgres: 'shop', host: pg.socket, user: pg.user, password: 'not-asked-for-9c1f' }, { files }]),
    quiesce: `echo held >>${root}/held`, resume: `rm -f ${root}/held`,
  };
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  await host?.stop();
  rmSync(root, { recursive: true, force: true });
});

function plans(): string[] {
  return readdirSync(join(host.state, 'plans'));
}

/** The journal of a plan, empty before there is one. */
function journal(plan: string | undefined): string {
  const file = join(host.state, 'plans', plan ?? 'none', 'journal');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

it.each(['take-1', 'prove-1', 'publish'])('the executor and its steps killed in %s', killedIn);
needsFull('psql', 'zstd', 'flock').each(['check', 'quiesce', 'take-2', 'resume', 'seal', 'record'])('the executor and its steps killed in %s', killedIn);

async function killedIn(step: string): Promise<void> {
  const before = host.names();
  const old = plans();
  const killed = host.start(inputs);
  const fresh = (): string | undefined => plans().find((plan) => !old.includes(plan));
  await waitUntil(`${step} has begun`, () => journal(fresh()).includes(` begin ${step}\n`), 60_000);
  const plan = fresh() ?? '';
  // The plan's own processes, all of them at once; the instance it proves in is one of them where it runs.
  const victims = (): number[] => processesUsing(plan).filter(({ command }) => !command.includes('stand-by')).map(({ pid }) => pid);
  await cutPower(victims);
  const result = await killed.result;
  expect(result.code).toBe(1);
  expect(faultTold(result)).toMatch(/ended without a word|failed with exit code/);
  const isPublished = host.names().includes(plan);
  expect(isPublished).toBe(existsSync(join(host.sets, plan, 'manifest.json')));
  await waitUntil('what was held back goes on', () => !existsSync(join(root, 'held')), 10_000);

  const { set = '' } = outputsOf(await host.backup({ ...inputs, sources: JSON.stringify([{ files: join(root, 'files') }]), quiesce: '', resume: '' }));
  const sets = host.names();
  // What was proven is named by healing, and recorded once.
  expect(sets).toEqual([...new Set([...before, ...(['publish', 'record'].includes(step) || sets.includes(plan) ? [plan] : []), set])].sort());
  expect(host.ledger().filter((event) => event['set'] === plan)).toHaveLength(sets.includes(plan) ? 1 : 0);
  expect(readdirSync(join(host.root, 'scratch'))).toEqual([]);
  expect(existsSync(`/tmp/slipway-${plan}`)).toBe(false);
  expect(existsSync(join(host.state, 'plans', plan, 'once'))).toBe(false);
  expect(processesUsing(plan)).toEqual([]);
}

it('a failure resumes what was held back, and so does a cancelled job', async () => {
  const failed = await host.backup({ ...inputs, sources: JSON.stringify([{ command: 'exit 3', file: 'nothing', verify: 'none' }]) });
  expect(faultTold(failed)).toMatch(/command ended with 3/);
  expect(existsSync(join(root, 'held'))).toBe(false);
  const before = host.names();
  const slow = host.start({ ...inputs, sources: JSON.stringify([{ command: 'echo a; sleep 30', file: 'slow', verify: 'none' }]) });
  await waitUntil('writers are held back', () => existsSync(join(root, 'held')), 30_000);
  const cancelled = await slow.cancel();
  expect(cancelled.code).not.toBe(0);
  await waitUntil('what was held back goes on', () => !existsSync(join(root, 'held')), 20_000);
  await waitUntil('it is cleared away', () => host.names().every((name) => !name.endsWith('.partial')), 20_000);
  expect(host.names()).toEqual(before);
}, 120_000);

it('a line that is cut in the middle: the server goes on, and the set is told of', async () => {
  const step = host.start(inputs);
  await step.untilPrinted('Taking shop');
  await host.killConnections();
  const { set, proof } = outputsOf(await step.result);
  expect({ proof, isThere: host.names().includes(set ?? '') }).toEqual({ proof: 'equal', isThere: true });
  expect(execFileSync('cat', [join(host.sets, set ?? '', 'manifest.json')], { encoding: 'utf8' })).toContain('"quiesced":true');
}, 60_000);
