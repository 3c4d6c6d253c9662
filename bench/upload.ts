import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output } from '../script/src/process.ts';
import { elapsed, figureOf, interleave, ratioOf, type Bench, type Benchmark, type Row, type Sample, type Table } from './benchmark.ts';
import { builtBundles } from './bundles.ts';
import { mountOwnDisk } from './own-disk.ts';
import { keptResults } from './result.ts';
import { startUploadHost, type UploadHost } from './upload-host.ts';
import { CHANGE_PEERS, CONNECTION, FILE_BY_FILE_PEERS, placeLast, STREAMING_PEERS, type Upload } from './upload-peers.ts';
import { checkOutAnew, writeLargeFile, writeSmallFiles } from './upload-trees.ts';

const ROUND_TRIP = 50; // milliseconds
const MEMORY = 200_000_000; // bytes
const MANY = 200_000;

/** Uploads beside what people upload with, from process start to the end. */
export const benchmark: Benchmark = {
  title: 'Uploads',
  method: `Whole processes, from a folder to a server on loopback whose disk is an ext4 file system of its own in memory, so that neither what others write to disks nor the
disk itself is measured, but the work of syncing is. Slipway is \`ssh-deploy\` with \`strategy: in-place\`, all of it: reading and hashing the source, the ledger, the journal, the upload, verifying
every file on the server by its hash, writing it through, publishing by a rename, the health check (\`true\`). The peers copy files, and do no more than their line says.
All begin with starting a process and logging in, which \`ssh server true\` shows by itself.
10,000 files of 44 MB together are cut from real JavaScript; the 500 MB are random. The second upload comes from a fresh checkout, so every file's time is new and ten
differ in content. For a round trip of 50 ms a relay in user space holds each direction back by 25 ms. After every upload by Slipway the release is compared with its source, file by file.`,
  needs: ['root', 'mkfs.ext4', 'rsync', 'ssh', 'scp', 'sshd', 'diff'],
  choices: ['small', 'large', 'again', 'memory'],
  async run(bench: Bench) {
    using disk = mountOwnDisk(8);
    const trees = mkdtempSync(join(tmpdir(), 'upload-trees-'));
    try {
      writeSmallFiles(join(trees, 'small'));
      checkOutAnew(join(trees, 'small'), join(trees, 'again'));
      writeLargeFile(join(trees, 'large'));
      await output('sync', ['-f', trees]); // or the disk is busy with them while the first uploads are measured
      const entry = (await builtBundles())['ssh-deploy'] ?? '';
      await using near = await startUploadHost(disk.folder, entry, 0);
      await using far = await startUploadHost(disk.folder, entry, ROUND_TRIP);
      return await measure(bench, trees, near, far);
    } finally {
      rmSync(trees, { recursive: true });
    }
  },
};

async function measure(bench: Bench, trees: string, near: UploadHost, far: UploadHost): Promise<Table[]> {
  const [small, large, again] = ['small', 'large', 'again'].map((name) => join(trees, name)) as [string, string, string];
  const rounds = bench.isQuick ? 1 : 5;
  const tables: Table[] = [];
  const before = keptResults(['upload']).find(({ name }) => name === 'upload')?.tables ?? [];
  // What is not asked for stays as it was measured last.
  const add = async (choice: string, title: string, table: () => Promise<Table>): Promise<void> => {
    const last = before.find((each) => each.title === title);
    if (bench.only.length > 0 && !bench.only.includes(choice)) return void (last !== undefined && 'rows' in last && tables.push(last));
    bench.say(title);
    tables.push({ ...(await table()), title });
  };
  await add('small', '10,000 files, on loopback', () => first(near, small, { ...STREAMING_PEERS, ...FILE_BY_FILE_PEERS, ...CONNECTION }, { ...bare(1.15), 'scp -r': 0.2, 'node-ssh putDirectory': 0.2 }, rounds));
  await add('small', '10,000 files, at 50 ms', () => first(far, small, { ...STREAMING_PEERS, ...CONNECTION }, { ...bare(1), 'rsync -a': 1 }, rounds));
  await add('large', '500 MB in one file, on loopback', () => first(near, large, STREAMING_PEERS, bare(1.15), rounds));
  await add('large', '500 MB in one file, at 50 ms', () => first(far, large, STREAMING_PEERS, { ...bare(1), 'rsync -a': 1 }, Math.ceil(rounds / 3)));
  await add('again', '10,000 files a second time, 10 of them changed, on loopback', () => second(near, small, again, rounds));
  await add('again', '10,000 files a second time, 10 of them changed, at 50 ms', () => second(far, small, again, rounds));
  await add('memory', 'Peak memory of the action', () => memory(near, { small, large, many: join(trees, 'many') }, bench.isQuick));
  return tables;
}

const bare = (ratio: number): Readonly<Record<string, number>> => ({ 'tar | ssh tar, sync -f': ratio });

async function first(host: UploadHost, source: string, peers: Readonly<Record<string, Upload>>, goals: Readonly<Record<string, number>>, rounds: number): Promise<Table> {
  const bySlipway = (to: string): Promise<number> => deployed(host, to, source, 'r1');
  const contenders = Object.entries(peers).map(([name, upload]) => [name, () => inNewFolder(host, (to) => elapsed(() => upload(host, source, to)))] as const);
  const { Slipway = [], ...others } = await interleave(Object.fromEntries([...contenders, ['Slipway', () => inNewFolder(host, bySlipway)]]), rounds);
  return { title: '', unit: 'ms', ratio: 'Slipway / this', rows: [{ name: 'Slipway', figure: figureOf(Slipway) }, ...besides(Slipway, others, goals)] };
}

async function second(host: UploadHost, source: string, changed: string, rounds: number): Promise<Table> {
  const peers = Object.entries(CHANGE_PEERS).map(([name, upload]) => [name, () => inNewFolder(host, async (folder) => {
    await placeLast(source, join(folder, 'next'));
    return elapsed(() => upload(host, changed, join(folder, 'next')));
  })] as const);
  const bySlipway = (reuse: 'copy' | 'hard-link') => () => inNewFolder(host, async (to) => {
    await host.deploy(to, source, 'r1', reuse);
    await output('sync', ['-f', to]);
    return deployed(host, to, changed, 'r2', reuse);
  });
  const measured = await interleave(Object.fromEntries([...peers, ['Slipway', bySlipway('copy')], ['hardLink', bySlipway('hard-link')]]), rounds);
  const { Slipway = [], hardLink = [], ...others } = measured;
  const own: Row[] = [{ name: 'Slipway', figure: figureOf(Slipway) }, { name: 'Slipway, `reuse: hard-link`', figure: figureOf(hardLink) }];
  const goals = { 'rsync -a --delete --link-dest': 1, 'rsync -ac --delete, in place': 1, 'cp -a, rsync -ac --delete, mv a link': 1 };
  return { title: '', unit: 'ms', ratio: 'Slipway / this', rows: [...own, ...besides(Slipway, others, goals)], notes: ['The peer of an atomic publish is the way by `mv`: it copies, as Slipway does, so that the last release stays whole, and syncs. `rsync -ac` in place shows users a mixture for as long as it runs, keeps nothing to go back to, and syncs nothing; `--link-dest` publishes nothing by itself.'] };
}

function besides(ours: Sample, peers: Readonly<Record<string, Sample>>, goals: Readonly<Record<string, number>>): Row[] {
  return Object.entries(peers).map(([name, sample]) => {
    const goal = goals[name];
    return { name: `\`${name}\``.replaceAll('|', '\\|'), figure: figureOf(sample), ratio: ratioOf(ours, sample), ...(goal !== undefined && { goal: { ratio: goal } }) };
  });
}

async function memory(host: UploadHost, sources: Readonly<Record<'small' | 'large' | 'many', string>>, isQuick: boolean): Promise<Table> {
  const rows: Row[] = [];
  const add = (name: string, bytes: number): void => void rows.push({ name, figure: figureOf([bytes]), goal: { median: MEMORY } });
  await inNewFolder(host, async (to) => add('500 MB in one file', await host.deploy(to, sources.large, 'r1')));
  await inNewFolder(host, async (to) => add('10,000 files', await host.deploy(to, sources.small, 'r1')));
  if (!isQuick) await inNewFolder(host, async (to) => {
    writeSmallFiles(sources.many, MANY);
    add('200,000 files', await host.deploy(to, sources.many, 'r1'));
    add('200,000 files a second time, none changed', await host.deploy(to, sources.many, 'r2'));
  });
  return { title: '', unit: 'bytes', rows, notes: ['The greatest resident set of the whole process, Node itself included.'] };
}

async function deployed(host: UploadHost, to: string, source: string, release: string, reuse: 'copy' | 'hard-link' = 'copy'): Promise<number> {
  const took = await elapsed(() => host.deploy(to, source, release, reuse));
  await output('diff', ['-r', '--no-dereference', source, `${to}/current/.`]);
  return took;
}

async function inNewFolder<Result>(host: UploadHost, work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = host.folder();
  mkdirSync(folder);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
    await output('sync', ['-f', join(folder, '..')]);
  }
}
