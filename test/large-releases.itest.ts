import { execFileSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, mkdtempSync, openSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { needsFull } from '#shared/testing/equipment';
import { startRelay } from '#shared/testing/relay';
import { runBundle } from '#shared/testing/run-bundle';
import { startSshd, type Sshd } from '#shared/testing/sshd';

// Right to the last byte, whatever the size; how much memory that takes is measured in bench/upload.ts.
const it = needsFull('sshd', 'diff', 'find');
const LIMIT = 15 * 60_000;
const PROGRESS = /Sent \d+ of \d+ files, [\d.]+ \w+ of [\d.]+ \w+, at [\d.]+ \w+\/s; about \S+( \S+)? left\./g;

let root: string;
let source: string;
let sshd: Sshd;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'large-'));
  source = join(root, 'source');
  mkdirSync(source);
  sshd = await startSshd();
});
afterEach(async () => {
  await sshd.stop();
  rmSync(root, { recursive: true, force: true });
}, LIMIT);

async function deploy(release: string, port = sshd.port): Promise<string> {
  const knownHosts = sshd.hostKeys.map(({ publicLine }) => `[127.0.0.1]:${port} ${publicLine}\n`).join('');
  const connection = { host: sshd.host, port: String(port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': knownHosts };
  const { code, log } = await runBundle('ssh-deploy', { with: { ...connection, service: 'large', strategy: 'in-place', 'health-command': 'true', path: join(root, 'srv'), source, release } });
  expect(log).toContain(`${release} is live and healthy`);
  expect(code).toBe(0);
  return log;
}

/** Content by diff, kinds, modes and targets by find. */
function expectSame(): void {
  const live = `${root}/srv/current/.`; // join would take the end away, by which the link is followed
  const entries = (at: string): string => execFileSync('sh', ['-c', "cd \"$1\" && find . ! -name . -printf '%P %y %m %l\\n' | sort", 'sh', at], { encoding: 'utf8', maxBuffer: 1e9 });
  expect(execFileSync('diff', ['-r', '--no-dereference', source, live], { encoding: 'utf8' })).toBe('');
  expect(entries(live) === entries(source)).toBe(true);
}

it('files of more than 2 GB arrive as they are, near by and over a long line, and tell how far they have come', async () => {
  for (const name of ['noise', 'text']) writeLarge(join(source, name), name === 'noise' ? randomBytes(7_654_321) : Buffer.alloc(7_654_321, 'some text, and more of it\n'));
  const log = await deploy('near');
  expectSame();
  writeLarge(join(source, 'noise'), randomBytes(7_654_321));
  await using relay = disposable(await startRelay(sshd.port, { delay: 25 }));
  const farLog = await deploy('far', relay.port);
  expectSame();
  const told = farLog.match(PROGRESS) ?? [];
  expect(log).toMatch(/2 files \(4\.\d+ GB\) of 2 to send/);
  expect(farLog).toMatch(/1 file \(2\.\d+ GB\) of 2 to send/);
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThan(60);
}, LIMIT);

it('200,000 files arrive, and again after deletions, renames and mode changes', async () => {
  for (let index = 0; index < 200_000; index += 1) {
    const folder = join(source, `${Math.trunc(index / 10_000)}/part-${Math.trunc(index / 100) % 100}`);
    if (index % 100 === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `file ${index}`), `content ${index}`);
  }
  await deploy('first');
  expectSame();
  rmSync(join(source, '3'), { recursive: true });
  renameSync(join(source, '4'), join(source, 'four'));
  renameSync(join(source, '5/part-7/file 50701'), join(source, '5/file'));
  for (let index = 0; index < 100; index += 1) chmodSync(join(source, `6/part-0/file ${60_000 + index}`), 0o600);
  for (let index = 0; index < 10; index += 1) writeFileSync(join(source, `7/part-0/file ${70_000 + index}`), `CONTENT ${70_000 + index}`);
  expect(await deploy('second')).toContain('10111 files');
  expectSame();
}, LIMIT);

function writeLarge(path: string, block: Buffer): void {
  const file = openSync(path, 'w');
  for (let written = 0; written < 2 ** 31 + 1; written += block.length) writeSync(file, block);
  closeSync(file);
}

function disposable<Thing extends { stop(): Promise<void> }>(thing: Thing): Thing & AsyncDisposable {
  return Object.assign(thing, { [Symbol.asyncDispose]: () => thing.stop() });
}
