import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { needs, needsBuilt } from '#shared/testing/equipment';
import { makeKey } from '#shared/testing/keys';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { freePort, waitUntil } from '#shared/testing/ports';
import { cutPower, processesUsing } from '#shared/testing/processes';
import { findProgram } from '#shared/testing/programs';
import { huntFor } from '#shared/testing/secret-hunt';
import { startSshd, type Sshd } from '#shared/testing/sshd';

const it = needs('ssh', 'zstd', 'flock');
let root: string;
let host: BackupHost;
let vault: Sshd;
let inputs: Record<string, string>;
let folder: string;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-copy-'));
  // Over there what arrives passes through this, which a test may replace.
  const bin = join(root, 'bin');
  mkdirSync(bin);
  symlinkSync(findProgram('cat') ?? '', join(bin, 'cat'));
  host = await startBackupHost();
  vault = await startSshd({ setEnv: { PATH: `${bin}:${process.env['PATH'] ?? ''}` } });
  folder = join(root, "it's a vault");
  mkdirSync(join(root, 'files'));
  writeFileSync(join(root, 'files', 'a'), 'content of a file');
  inputs = {
    sources: JSON.stringify([{ files: join(root, 'files') }]),
    'copy-to': `ssh://${vault.user}@127.0.0.1:${vault.port}${folder}`, 'copy-ssh-key': vault.key.text, 'copy-known-hosts': vault.knownHosts,
  };
}, 60_000);
afterAll(async () => {
  await vault?.stop();
  await host?.stop();
  rmSync(root, { recursive: true, force: true });
});

function copies(): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** How much has arrived of a copy that was not there before. */
function arriving(before: readonly string[]): number {
  const newest = copies().find((name) => name.endsWith('.partial') && !before.includes(name));
  return newest === undefined ? 0 : statSync(join(folder, newest, 'noise'), { throwIfNoEntry: false })?.size ?? 0;
}

/** Both folders hold the same bytes under the same names. */
function expectSame(set: string): void {
  expect(execFileSync('diff', ['-r', join(host.sets, set), join(folder, set)], { encoding: 'utf8' })).toBe('');
}

/** Replaces what passes bytes on over there. */
function overThere(script: string): void {
  rmSync(join(root, 'bin', 'cat'));
  writeFileSync(join(root, 'bin', 'cat'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(root, 'bin', 'cat'), 0o755);
}

it('over SSH from server to server: the same files there, and the key is seen by nobody', async () => {
  const hunt = huntFor({ key: vault.key.text });
  const step = host.start(inputs);
  const watch = hunt.watch(() => step.pid);
  const result = await step.result;
  const { found } = watch.stop();
  const { set = '', copies: told } = outputsOf(result);
  expectSame(set);
  expect(JSON.parse(told ?? '')).toEqual([inputs['copy-to']]);
  expect(host.ledger().at(-1)).toMatchObject({ event: 'copy', set });
  expect([...found, ...hunt.inText('the log', result.log), ...hunt.inFiles(host.state), ...hunt.inFiles(host.sets)]).toEqual([]);
}, 60_000);

it('killed in the middle of a copy: what is there is not called a copy, and the next run copies its own set whole', async () => {
  const before = copies();
  const noise = { ...inputs, sources: JSON.stringify([{ command: 'head -c 64000000 /dev/urandom', file: 'noise', verify: 'readable', compression: 'none' }]) };
  const step = host.start(noise);
  await waitUntil('some of it is there', async () => arriving(before) > 1_000_000, 60_000);
  const plan = readdirSync(join(host.state, 'plans')).sort().at(-1) ?? '';
  await cutPower(() => processesUsing(plan).map(({ pid }) => pid));
  const killed = await step.result;
  const cut = killed.outputs['set'] ?? '';
  expect(faultTold(killed)).toMatch(new RegExp(`^Set ${cut} is there and proven, but not copied\\.`));
  expect(copies()).toEqual([...before, `${cut}.partial`].sort());
  expect(host.ledger().filter((event) => event['event'] === 'copy' && event['set'] === cut)).toEqual([]);
  const { set = '' } = outputsOf(await host.backup(inputs));
  expectSame(set);
  expect(copies()).toEqual([...before, `${cut}.partial`, set].sort());
  expect(existsSync(join(host.state, 'plans', plan, 'once'))).toBe(false);
}, 120_000);

it('a dry run shows the plan of the copies, too, and makes none', async () => {
  const [before, sets] = [copies(), host.names()];
  const { log } = await host.backup({ ...inputs, 'dry-run': 'true' });
  expect(log).toMatch(/Naming set.*Then, as a plan of its own:.*Copying set \S+ to ssh:.*Recording the copies/s);
  expect([copies(), host.names()]).toEqual([before, sets]);
}, 60_000);

it('a line that is cut: it goes on from where it had come to', async () => {
  const before = copies();
  const cut = host.start({ ...inputs, sources: JSON.stringify([{ command: 'head -c 64000000 /dev/urandom', file: 'noise', verify: 'readable', compression: 'none' }]) });
  await waitUntil('some of it is there', async () => arriving(before) > 1_000_000, 60_000);
  await vault.killConnections();
  const result = await cut.result;
  expect(result.log).toContain('was cut; going on from where it had come to');
  expectSame(outputsOf(result)['set'] ?? '');
}, 120_000);

it('bytes that change on the way are sent once more; where they always do, there is no copy, and the set stays', async () => {
  overThere(`if [ -e ${root}/once ]; then exec /bin/cat; fi; : >${root}/once; echo noise; exec /bin/cat`);
  const { set = '' } = outputsOf(await host.backup(inputs));
  expectSame(set);
  overThere('echo noise; exec /bin/cat');
  const whole = (): string[] => copies().filter((name) => !name.endsWith('.partial'));
  const before = whole();
  const refused = await host.backup(inputs);
  expect(faultTold(refused)).toMatch(/^Set \S+ is there and proven, but not copied\. .*has another hash in .*vault of 127\.0\.0\.1 than here/s);
  expect(whole()).toEqual(before);
  expect(host.names()).toContain(refused.outputs['set']);
  overThere('exec /bin/cat');
}, 60_000);

it('another host key, or a key that is not let in: refused before anything is sent', async () => {
  const other = makeKey(join(root, 's3-other'));
  const [type = '', key = ''] = other.publicLine.split(' ');
  const stranger = await host.backup({ ...inputs, 'copy-known-hosts': `[127.0.0.1]:${vault.port} ${type} ${key}` });
  expect(faultTold(stranger)).toMatch(/no copy can be made there\. .*(Host key verification failed|identification has changed)/is);
  expect(faultTold(await host.backup({ ...inputs, 'copy-ssh-key': other.text }))).toMatch(/no copy can be made there\. .*Permission denied/is);
}, 60_000);

needsBuilt('versitygw').each<string>(['aws', 'rclone', 's3cmd'].filter((name) => findProgram(name) !== undefined))('to a store that speaks S3, by %s', async (client) => {
  const bin = join(root, `s3-${client}`);
  const port = await freePort();
  const store: ChildProcess = spawn(findProgram('versitygw') ?? '', ['--access', 'an-access-key', '--secret', 'a-secret-key-of-s3', '--port', `127.0.0.1:${port}`, 'posix', mkdirAt(join(root, `s3-store-${client}`, 'copies'))], { stdio: 'ignore' });
  const own = await startBackupHost({ PATH: onlyClient(bin, client) });
  try {
    await waitUntil('the store answers', () => fetch(`http://127.0.0.1:${port}`).then(() => true, () => false), 30_000);
    const result = await own.backup({ ...inputs, 'copy-to': 's3://copies/shop', 's3-endpoint': `http://127.0.0.1:${port}`, 's3-access-key': 'an-access-key', 's3-secret-key': 'a-secret-key-of-s3' });
    const { set = '' } = outputsOf(result);
    expect(execFileSync('diff', ['-r', join(own.sets, set), join(root, `s3-store-${client}`, 'copies', 'shop', set)], { encoding: 'utf8' })).toBe('');
    const refused = await own.backup({ ...inputs, 'copy-to': 's3://copies/shop', 's3-endpoint': `http://127.0.0.1:${port}`, 's3-access-key': 'an-access-key', 's3-secret-key': 'another' });
    expect(faultTold(refused)).toMatch(new RegExp(`not copied\\. .*was not written\\. ${client} says: .*(SignatureDoesNotMatch|Forbidden)`, 's'));
  } finally {
    store.kill('SIGTERM');
    await once(store, 'exit');
    await own.stop();
  }
}, 120_000);

function mkdirAt(path: string): string {
  mkdirSync(path, { recursive: true });
  return join(path, '..');
}

/** A PATH on which this is the only client of S3. */
function onlyClient(bin: string, client: string): string {
  mkdirSync(bin);
  writeFileSync(join(bin, client), `#!/bin/sh\nPATH='${process.env['PATH'] ?? ''}' exec ${findProgram(client) ?? ''} "$@"\n`, { mode: 0o755 });
  const others = ['aws', 'rclone', 's3cmd'].filter((name) => name !== client);
  for (const folder of ['/usr/bin', '/bin']) for (const name of readdirSync(folder)) if (!others.includes(name) && !existsSync(join(bin, name))) symlinkSync(join(folder, name), join(bin, name));
  return bin;
}
