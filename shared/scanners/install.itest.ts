import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { collectedLog } from '#shared/testing/collected-log';
import { createLoopback } from '#shared/testing/loopback';
import type { Installing } from './install.ts';
import { install } from './install.ts';
import type { Artefact, Release } from './lock.ts';
import { pickRelease } from './pick.ts';

// A release server on loopback: each test says how it answers, and keeps what was asked.
const loopback = createLoopback();
const root = mkdtempSync(join(tmpdir(), 'releases-'));
const asked: string[] = [];
let answer: (...exchange: Parameters<RequestListener>) => unknown;
const base = await loopback.web((request, response) => {
  asked.push(request.url ?? '');
  return answer(request, response);
});
const { host } = new URL(base);

beforeEach(() => {
  asked.length = 0;
  process.env['RUNNER_TEMP'] = mkdtempSync(join(root, 'temp-'));
  process.env['RUNNER_TOOL_CACHE'] = mkdtempSync(join(root, 'cache-'));
});
afterAll(async () => {
  await loopback.close();
  rmSync(root, { recursive: true, force: true });
});

const PROGRAM = Buffer.from('#!/bin/sh\necho 1.2.3\n');

async function archiveOf(entries: readonly (Partial<Header> & { readonly name: string; readonly content?: Buffer })[]): Promise<Buffer> {
  const tar = pack();
  for (const { content, ...header } of entries) tar.entry(header, content ?? Buffer.alloc(0));
  tar.finalize();
  return gzipSync(await buffer(tar));
}

const sound = await archiveOf([{ name: 'LICENSE', content: Buffer.from('MIT') }, { name: 'dir/', type: 'directory' }, { name: 'scanner', mode: 0o755, content: PROGRAM }]);
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const releaseOf = (bytes: Buffer, more: Partial<Artefact> = {}): Release => ({ version: '1.2.3', released: '2026-01-31', artefacts: { 'linux-x64': { path: '/v1.2.3/scanner.tar.gz', sha256: digest(bytes), member: 'scanner', ...more } } });
const installing = (more: Partial<Installing> = {}, downloading: Partial<Installing['downloading']> = {}): Installing & { readonly log: ReturnType<typeof collectedLog> } => ({
  base, isOffline: false, hasToolCache: false, temp: process.env['RUNNER_TEMP'] ?? '', platform: 'linux-x64', ...more,
  downloading: { hosts: [host], proxy: {}, signal: new AbortController().signal, pauses: [1, 1], patience: 2_000, onRetry: (why) => void asked.push(why), ...downloading }, log: collectedLog(),
});
const sending = (bytes: Buffer): typeof answer => (_, response) => response.end(bytes);
const nothingRun = (): boolean => !readdirSync(process.env['RUNNER_TEMP'] ?? '', { recursive: true }).some((name) => String(name).endsWith('/scanner'));

test('A release is downloaded, unpacked for this job alone, and taken from the tool cache the next time', async () => {
  answer = sending(sound);
  const first = await install('scanner', releaseOf(sound), installing({ hasToolCache: true }));
  const second = await install('scanner', releaseOf(sound), installing({ hasToolCache: true, isOffline: true }));
  expect([first.from, second.from]).toEqual(['release', 'tool cache']);
  expect(asked).toEqual(['/v1.2.3/scanner.tar.gz']);
  expect(readFileSync(second.path)).toEqual(PROGRAM);
  expect(statSync(second.path).mode & 0o777).toBe(0o700);
  expect(first.path).not.toBe(second.path);
});

test('A release that is one program needs no archive', async () => {
  answer = sending(PROGRAM);
  const { path } = await install('scanner', { ...releaseOf(PROGRAM), artefacts: { 'linux-x64': { path: '/scanner', sha256: digest(PROGRAM), bytes: PROGRAM.length } } }, installing());
  expect(readFileSync(path)).toEqual(PROGRAM);
});

test('What was changed in the tool cache is not used, and is fetched again', async () => {
  answer = sending(sound);
  await install('scanner', releaseOf(sound), installing({ hasToolCache: true }));
  const [archive] = readdirSync(process.env['RUNNER_TOOL_CACHE'] ?? '', { recursive: true }).map(String).filter((name) => name.endsWith('/archive'));
  const file = join(process.env['RUNNER_TOOL_CACHE'] ?? '', archive ?? 'none');
  writeFileSync(file, await archiveOf([{ name: 'scanner', content: Buffer.from('#!/bin/sh\nevil\n') }]));
  await expect(install('scanner', releaseOf(sound), installing({ hasToolCache: true, isOffline: true }))).rejects.toThrow('scanner 1.2.3 is neither on PATH nor in the tool cache');
  const again = installing({ hasToolCache: true });
  const { path, from } = await install('scanner', releaseOf(sound), again);
  expect([from, readFileSync(path, 'utf8')]).toEqual(['release', String(PROGRAM)]);
  expect(again.log.lines).toContain('scanner 1.2.3 in the tool cache is not what is pinned, and is not used: somebody else wrote there.');
  expect(digest(readFileSync(file))).toBe(digest(sound));
});

test('Another checksum than the pinned is refused before anything is unpacked or kept', async () => {
  answer = sending(sound);
  await expect(install('scanner', releaseOf(Buffer.from('other')), installing({ hasToolCache: true }))).rejects.toThrow(/scanner 1\.2\.3 is not what is pinned: .* has sha256 [0-9a-f]{64} .*Nothing of it was run/);
  expect(nothingRun()).toBe(true);
  expect(readdirSync(process.env['RUNNER_TOOL_CACHE'] ?? '')).toEqual([]);
});

test.each<[string, () => Promise<Buffer>, RegExp]>([
  ['cut short', () => Promise.resolve(sound.subarray(0, sound.length - 20)), /The archive of scanner 1\.2\.3 is damaged: /],
  ['no archive at all', () => Promise.resolve(Buffer.from('<html>not found</html>')), /The archive of scanner 1\.2\.3 is damaged: /],
  ['climbing out', () => archiveOf([{ name: 'scanner', content: PROGRAM }, { name: '../../evil', content: PROGRAM }]), /its entry "\.\.\/\.\.\/evil" leads out of its folder/],
  ['with an absolute path', () => archiveOf([{ name: '/tmp/slipway-evil', content: PROGRAM }]), /its entry "\/tmp\/slipway-evil" leads out/],
  ['with a link that leads out', () => archiveOf([{ name: 'bin', type: 'symlink', linkname: '../../..' }, { name: 'bin/scanner', content: PROGRAM }]), /its entry "bin" leads out/],
  ['with a hard link that leads out', () => archiveOf([{ name: 'scanner', type: 'link', linkname: '/bin/sh' }]), /its entry "scanner" leads out/],
  ['whose program is a link', () => archiveOf([{ name: 'other', content: PROGRAM }, { name: 'scanner', type: 'symlink', linkname: 'other' }]), /has 0 files scanner, and not one/],
  ['with the program twice', () => archiveOf([{ name: 'scanner', content: PROGRAM }, { name: './scanner', content: Buffer.from('evil') }]), /has 2 files scanner, and not one/],
  ['without the program', () => archiveOf([{ name: 'README', content: PROGRAM }]), /has 0 files scanner, and not one/],
])('An archive %s is refused, even where its checksum is right', async (_, make, message) => {
  const bytes = await make();
  answer = sending(bytes);
  await expect(install('scanner', releaseOf(bytes), installing())).rejects.toThrow(message);
  expect(nothingRun()).toBe(true);
  expect(existsSync('/tmp/slipway-evil')).toBe(false);
});

test('A redirect to an allowed host is followed, to any other it is refused', async () => {
  const other = await loopback.web((_, response) => response.end(sound));
  answer = (_, response) => response.writeHead(302, { location: `${other}file` }).end();
  await expect(install('scanner', releaseOf(sound), installing())).rejects.toThrow(`${new URL(other).host} is not a host that scanners may come from`);
  const { from } = await install('scanner', releaseOf(sound), installing({}, { hosts: [host, new URL(other).host] }));
  expect(from).toBe('release');
});

test.each([['file:///etc/passwd', 'is redirected to what is no web address'], [`${base}loop`, 'is redirected again and again']])('A redirect to %s is refused', async (location, message) => {
  answer = (_, response) => response.writeHead(302, { location }).end();
  await expect(install('scanner', releaseOf(sound), installing())).rejects.toThrow(message);
});

test('404 is final; 500, a broken line and a silent server are tried again', async () => {
  answer = (_, response) => response.writeHead(404).end();
  await expect(install('scanner', releaseOf(sound), installing())).rejects.toThrow(`answered 404`);
  expect(asked).toHaveLength(1);
  const faults: (typeof answer)[] = [(_, response) => response.writeHead(500).end(), (_, response) => void response.writeHead(200, { 'content-length': sound.length }).write(sound.subarray(0, 50), () => response.destroy()), sending(sound)];
  answer = (...exchange) => faults.shift()?.(...exchange);
  expect((await install('scanner', releaseOf(sound), installing())).from).toBe('release');
  expect(asked).toContain(`${host} answered 500; trying again in 1ms`);
  answer = () => undefined;
  await expect(install('scanner', releaseOf(sound, { path: '/other' }), installing({}, { patience: 60 }))).rejects.toThrow('was silent for 60ms');
  expect(asked.filter((one) => one === '/other')).toHaveLength(3);
});

test('A slow server is waited for as long as it sends something', async () => {
  answer = async (_, response) => {
    for (let at = 0; at < sound.length; at += 60) {
      response.write(sound.subarray(at, at + 60));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    response.end();
  };
  expect((await install('scanner', releaseOf(sound), installing({}, { patience: 3_000 }))).from).toBe('release');
});

test('No more is taken in than the pinned size', async () => {
  answer = sending(Buffer.alloc(5_000));
  await expect(install('scanner', releaseOf(sound, { bytes: 1_000 }), installing())).rejects.toThrow('is larger than the 1 kB it may have');
});

test('A machine that nothing is pinned for is named', async () => {
  await expect(install('scanner', releaseOf(sound), installing({ platform: 'darwin-arm64' }))).rejects.toThrow('scanner 1.2.3 is pinned for linux-x64, and not for darwin-arm64. Have it on PATH.');
});

test('The newest release that is old enough is picked', () => {
  const releases = [{ version: '2.0.0', released: '2026-03-01', artefacts: {} }, { version: '1.0.0', released: '2026-01-01', artefacts: {} }];
  const day = 86_400_000;
  const pick = (now: string, days: number, version?: string) => pickRelease('scanner', releases, { version, minimumAge: days * day, now: new Date(now) }).version;
  expect(pick('2026-03-16T00:00:00Z', 14)).toBe('2.0.0');
  expect(pick('2026-03-15T00:00:00Z', 14)).toBe('1.0.0');
  expect(() => pick('2026-03-10T00:00:00Z', 14, '2.0.0')).toThrow('No release of scanner is old enough: 2.0.0 was out by 2026-03-01, 8d ago, and it is to be at least 14d old.');
  expect(() => pick('2026-03-10T00:00:00Z', 14, '3.0.0')).toThrow('scanner 3.0.0 is not pinned; pinned is 2.0.0, 1.0.0.');
});
