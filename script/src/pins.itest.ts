import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from '@jest/globals';
import { pack } from 'tar-stream';
import type { Lock } from '#shared/scanners/lock';
import { createLoopback } from '#shared/testing/loopback';
import { checkPins } from './pins.ts';

const loopback = createLoopback();
afterAll(() => loopback.close());

async function archive(member: string): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: member }, 'program');
  tar.finalize();
  return gzipSync(await buffer(tar));
}

const FILE = await archive('scanner');
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const PATH = '/acme/scanner/releases/download/v1.2.3/scanner.tar.gz';
const lock = (more: object = {}, released = '2026-01-31'): Lock => ({ scanner: [{ version: '1.2.3', released, artefacts: { 'linux-x64': { path: PATH, sha256: digest(FILE), member: 'scanner', ...more } } }] });
const record = (sha256: string | null, name = 'scanner.tar.gz') => ({ published_at: '2026-01-31T10:00:00Z', assets: [{ name: 'other', size: 1, digest: null }, { name, size: FILE.length, digest: sha256 }] });

/** What is made of one pin by a GitHub that has these. */
async function check(pins: Lock, file: Buffer | number, recorded: object | number): Promise<string> {
  const base = await loopback.web((request, response) => {
    const answer = request.url === `/github${PATH}` ? file : request.url === '/api/repos/acme/scanner/releases/tags/v1.2.3' ? recorded : 404;
    if (typeof answer === 'number') response.writeHead(answer).end();
    else response.end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
  });
  const downloading = { hosts: [new URL(base).host], proxy: {}, signal: new AbortController().signal, pauses: [], patience: 2_000, onRetry: () => undefined };
  const lines: string[] = [];
  for await (const { pin, state, reasons } of checkPins(pins, { base: `${base}github/`, api: `${base}api`, downloading })) lines.push([`${pin}: ${state}`, ...reasons].join(' | '));
  return lines.join('\n');
}

test('A pin is as its publisher has it', async () => {
  expect(await check(lock({ bytes: FILE.length }), FILE, record(`sha256:${digest(FILE)}`))).toBe('scanner 1.2.3 linux-x64: as pinned');
});

const other = await archive('other');
test.each([
  ['another file', lock(), other, record(`sha256:${digest(FILE)}`), `differs | The file has sha256 ${digest(other)}, and pinned is ${digest(FILE)}.`],
  ['another size', lock({ bytes: 3 }), FILE, record(`sha256:${digest(FILE)}`), `differs | The file has ${FILE.length} bytes, and pinned are 3.`],
  ['another program', lock({ member: 'else' }), FILE, record(`sha256:${digest(FILE)}`), 'differs | The archive of /acme/scanner/releases/download/v1.2.3/scanner.tar.gz has 0 files else, and not one.'],
  ['another record', lock(), FILE, record('sha256:00'), `differs | GitHub has sha256:00 on record for the file, and pinned is sha256:${digest(FILE)}.`],
  ['no record', lock(), FILE, record(null), `differs | GitHub has no sha256 on record for the file, and pinned is sha256:${digest(FILE)}.`],
  ['a later day', lock({}, '2026-01-30'), FILE, record(`sha256:${digest(FILE)}`), 'differs | GitHub says that it was published at 2026-01-31T10:00:00Z, and the pin that it was out by 2026-01-30.'],
  ['a server that is down', lock(), 503, record(`sha256:${digest(FILE)}`), 'not checked | '],
  ['no answer of the API', lock(), FILE, 403, 'not checked | '],
])('%s is told', async (_, pins, file, recorded, told) => {
  expect(await check(pins, file, recorded)).toContain(`scanner 1.2.3 linux-x64: ${told}`);
});
