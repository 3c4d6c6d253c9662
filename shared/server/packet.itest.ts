import { spawn } from 'node:child_process';
import { appendFileSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { packet, type PacketEntry } from './packet.ts';

const UNPACKERS = { 'GNU tar': ['tar', '-xpf', '-', '-C'], 'busybox tar': ['busybox', 'tar', '-xpf', '-', '-C'] } as const;
const ODD_NAMES = [
  '-rf', '--checkpoint-action=exec=sh', ' leading', 'trailing ', 'a\nb', '\n', 'back\\slash', 'tab\there', 'quote\'s "both"', '$(id)`id`', '*?[a]',
  'ünïcødé', '日本語.txt', '😀', 'name with \r', '...', '.hidden', '~', '#', 'x'.repeat(100), 'x'.repeat(101), 'y'.repeat(255), 'é'.repeat(127),
];

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'packet-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe.each(Object.entries(UNPACKERS))('a packet unpacked with %s', (_name, [program, ...args]) => {
  const it = needs(program);

  async function unpack(entries: Iterable<PacketEntry>): Promise<string> {
    const into = mkdtempSync(join(folder, 'into-'));
    const child = spawn('sh', ['-c', 'umask 0; exec "$@"', 'sh', program, ...args, into], { stdio: ['pipe', 'inherit', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => void child.on('close', resolve));
    await pipeline(packet(entries), child.stdin);
    expect(await ended).toBe(0);
    return into;
  }

  it('gives back every kind of entry with its mode, at the root and in folders', async () => {
    writeFileSync(join(folder, 'source'), 'from a file');
    const into = await unpack([
      { kind: 'folder', path: 'deep', mode: 0o750 },
      { kind: 'folder', path: 'empty', mode: 0o700 },
      { kind: 'text', path: 'deep/text', mode: 0o600, text: 'some text é' },
      { kind: 'text', path: 'void', mode: 0o644, text: '' },
      { kind: 'text', path: 'closed', mode: 0, text: 'nobody may read' },
      { kind: 'file', path: 'deep/run', mode: 0o755, source: join(folder, 'source'), size: 11 },
      { kind: 'link', path: 'deep/link', mode: 0o777, target: '../void' },
      { kind: 'link', path: 'long', mode: 0o777, target: `${'t'.repeat(150)}/\n ü` },
    ]);
    const modes = ['deep', 'empty', 'deep/text', 'void', 'closed', 'deep/run'].map((path) => lstatSync(join(into, path)).mode & 0o777);
    expect(modes).toEqual([0o750, 0o700, 0o600, 0o644, 0, 0o755]);
    expect(readFileSync(join(into, 'deep/text'), 'utf8')).toBe('some text é');
    expect(readFileSync(join(into, 'void'), 'utf8')).toBe('');
    expect(readFileSync(join(into, 'deep/run'), 'utf8')).toBe('from a file');
    expect(readlinkSync(join(into, 'deep/link'))).toBe('../void');
    expect(readlinkSync(join(into, 'long'))).toBe(`${'t'.repeat(150)}/\n ü`);
    expect(readdirSync(into).sort()).toEqual(['closed', 'deep', 'empty', 'long', 'void']);
  });

  it('keeps every legal name and long paths', async () => {
    const long = [...Array.from({ length: 12 }, (_, depth) => `folder-${depth}-${'z'.repeat(40)}`), 'file'].join('/');
    const split = `${'p'.repeat(155)}/${'n'.repeat(100)}`;
    const names = [...ODD_NAMES, ...ODD_NAMES.map((name) => `in ${name.slice(0, 80)}/${name}`), long, split];
    const into = await unpack(names.map((path) => ({ kind: 'text', path: `./${path}`, mode: 0o644, text: path })));
    for (const name of names) expect(readFileSync(join(into, name), 'utf8')).toBe(name);
    expect(new Set(readdirSync(into))).toEqual(new Set(names.map((path) => path.split('/')[0])));
  });

  it('carries files larger than its buffers', async () => {
    const bytes = Buffer.from(Array.from({ length: 3_000_001 }, (_, index) => index * index % 251));
    writeFileSync(join(folder, 'large'), bytes);
    const into = await unpack([
      { kind: 'file', path: 'large', mode: 0o644, source: join(folder, 'large'), size: bytes.length },
      { kind: 'text', path: 'after', mode: 0o644, text: 'after' },
    ]);
    expect(readFileSync(join(into, 'large')).equals(bytes)).toBe(true);
    expect(readFileSync(join(into, 'after'), 'utf8')).toBe('after');
  });
});

describe('a file of more than 8 GiB', () => {
  const it = needs('tar', 'busybox');

  it.each([['tar', ['-tvf', '-']], ['busybox', ['tar', '-tvf', '-']]] as const)('announces its size so that %s reads it', async (program, args) => {
    const size = 9 * 2 ** 30;
    writeFileSync(join(folder, 'huge'), '');
    truncateSync(join(folder, 'huge'), size);
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] }); // it will complain of the early end
    const stream = packet([{ kind: 'file', path: 'huge', mode: 0o644, source: join(folder, 'huge'), size }]);
    let listing = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => { listing += text; });
    for await (const chunk of stream) { // the header is enough: the listing program is given an end right after it
      child.stdin.end(chunk);
      break;
    }
    await new Promise((resolve) => void child.on('close', resolve));
    expect(listing).toContain(String(size));
    expect(stream.destroyed).toBe(true);
  });
});

describe('a packet whose files change meanwhile', () => {
  const it = needs();

  it.each([10, 1_000_000])('fails naming a file that grew or shrank, of %d bytes', async (size) => {
    const source = join(folder, 'moving');
    const entry: PacketEntry = { kind: 'file', path: 'moving', mode: 0o644, source, size };
    writeFileSync(source, Buffer.alloc(size));
    appendFileSync(source, 'more');
    await expect(packet([entry]).toArray()).rejects.toThrow(`${source} changed while it was being sent: it had ${size} bytes`);
    truncateSync(source, size - 1);
    await expect(packet([entry]).toArray()).rejects.toThrow(`now ${size - 1}.`);
    rmSync(source);
    await expect(packet([entry]).toArray()).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining(`${source} could not be read`) });
    mkdirSync(source);
    await expect(packet([entry]).toArray()).rejects.toMatchObject({ name: 'UserError' });
  });

  it('passes on a fault of the one who lists the entries', async () => {
    async function* entries(): AsyncGenerator<PacketEntry> {
      yield { kind: 'text', path: 'a', mode: 0o644, text: 'a' };
      await Promise.reject(new Error('the list broke'));
    }
    await expect(packet(entries()).toArray()).rejects.toThrow('the list broke');
  });
});

describe('a packet read slowly', () => {
  const it = needs();

  it('reads no further ahead than its buffers', async () => {
    let listed = 0;
    function* entries(): Generator<PacketEntry> {
      for (; listed < 10_000; listed += 1) yield { kind: 'text', path: `file-${listed}`, mode: 0o644, text: 'x'.repeat(10_000) };
    }
    const stream = packet(entries());
    await new Promise((resolve) => void stream.once('readable', resolve));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(listed).toBeGreaterThan(0);
    expect(listed).toBeLessThan(300);
    stream.destroy();
  });
});
