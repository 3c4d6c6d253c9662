import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { plant } from '#shared/testing/trees';
import { excluding, readExcludeFile } from './exclude.ts';
import { scanTree } from './scan.ts';
import { parseSharedPaths } from './shared-paths.ts';

const ALL = excluding([]);
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

let folder: string;
let source: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scan-'));
  source = join(folder, 'dist');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('scanTree', () => {
  it('lists files with modes and hashes, folders, empty ones too, and links, sorted by bytes', async () => {
    plant(source, {
      'b.js': 'one', 'a/run': { text: 'two', mode: 0o755 }, 'a': { folder: 0o750 }, 'B.js': 'case', 'a-b': 'dash', 'empty': { folder: 0o555 }, '\u{1f600}': 'far', '\uffee': 'near',
      'link': { link: 'a/run' }, 'a/up': { link: '../b.js' }, 'later': { link: './not/made/yet' },
    });
    const { files, folders, links } = await scanTree(source, ALL);
    expect({ files: [...files], folders, links }).toEqual({
      files: [
        { path: 'B.js', mode: 0o644, size: 4, sha256: sha256('case') },
        { path: 'a-b', mode: 0o644, size: 4, sha256: sha256('dash') },
        { path: 'a/run', mode: 0o755, size: 3, sha256: sha256('two') },
        { path: 'b.js', mode: 0o644, size: 3, sha256: sha256('one') },
        { path: '\uffee', mode: 0o644, size: 4, sha256: sha256('near') },
        { path: '\u{1f600}', mode: 0o644, size: 3, sha256: sha256('far') },
      ],
      folders: [{ path: 'a', mode: 0o750 }, { path: 'empty', mode: 0o755 }],
      links: [{ path: 'a/up', target: '../b.js' }, { path: 'later', target: './not/made/yet' }, { path: 'link', target: 'a/run' }],
    });
  });

  it.each([0, 1, 262_143, 262_144, 262_145, 3_000_000])('hashes a file of %d bytes', async (size) => {
    const bytes = Buffer.alloc(size, 'slipway');
    plant(source, { first: 'x' });
    writeFileSync(join(source, 'file'), bytes);
    expect([...(await scanTree(source, ALL)).files][0]).toMatchObject({ path: 'file', size, sha256: sha256(bytes) });
  });

  it('leaves out what is excluded, without looking into excluded folders', async () => {
    plant(source, { '.git/config': 'x', 'sub/.git': 'gitdir: elsewhere', 'kept.js': 'x', 'x.log': 'x', 'logs/x.log': 'x', 'cache/escape': { link: '/etc' }, '.gitignore': 'x' });
    const tree = await scanTree(source, excluding(['*.log', '/cache/']));
    expect([...tree.files].map((file) => file.path)).toEqual(['.gitignore', 'kept.js']);
    expect(tree.folders.map((found) => found.path)).toEqual(['logs', 'sub']);
    expect(tree.links).toEqual([]);
  });

  it('refuses links that lead out, naming link, target and both mends', async () => {
    plant(source, { 'in.js': 'x', 'bin/out': { link: '../../etc' }, 'abs': { link: '/etc/passwd' } });
    await expect(scanTree(source, ALL)).rejects.toMatchObject({
      name: 'UserError',
      message: `${source} cannot be released as it is. Exclude or mend:\n`
        + '  abs is a link that leads out of the release (to /etc/passwd): exclude it, or list abs under shared\n'
        + '  bin/out is a link that leads out of the release (to ../../etc): exclude it, or list bin/out under shared',
    });
    expect((await scanTree(source, excluding(['abs', '/bin']))).links).toEqual([]);
    expect((await scanTree(source, ALL, parseSharedPaths(['abs', 'bin/out']))).links).toEqual([]);
  });

  it('refuses names that are not UTF-8, sockets and pipes, each by name', async () => {
    plant(source, { 'in.js': 'x', 'deep/in.js': 'x' });
    writeFileSync(Buffer.concat([Buffer.from(`${source}/deep/caf`), Buffer.from([0xe9])]), 'latin1');
    spawnSync('mkfifo', [join(source, 'pipe')]);
    const server = createServer().listen(join(source, 'app.sock'));
    await new Promise((resolve) => void server.once('listening', resolve));
    const refusal: unknown = await scanTree(source, ALL).catch((error: unknown) => error);
    server.close();
    expect(refusal).toMatchObject({ name: 'UserError', message: expect.stringContaining('deep/caf\\xe9 has a name that is not valid UTF-8') });
    expect(String(refusal)).toContain('\n  app.sock is a socket\n');
    expect(String(refusal)).toContain('\n  pipe is a named pipe');
  });

  it('says which source is missing, a file, or without files', async () => {
    plant(folder, { 'file.zip': 'x', 'dist/only/folders': { folder: 0o755 }, 'dist/x.log': 'x' });
    await expect(scanTree(join(folder, 'nowhere'), ALL)).rejects.toThrow(`The source ${join(folder, 'nowhere')} cannot be released: it does not exist.`);
    await expect(scanTree(join(folder, 'file.zip'), ALL)).rejects.toThrow('file.zip is not a directory.');
    await expect(scanTree(source, excluding(['*.log']))).rejects.toThrow(`There is nothing to release in ${source}: no file is in it, or all are excluded.`);
  });

  test('names more than ten faults by number', async () => {
    plant(source, Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`link-${index}`, { link: '/etc' }])));
    await expect(scanTree(source, ALL)).rejects.toThrow(/and 3 more$/);
  });

  it('lets timers in while it works through many files', async () => {
    mkdirSync(source);
    for (let index = 0; index < 2_000; index += 1) writeFileSync(join(source, `file-${index}`), 'x');
    truncateSync(join(source, 'file-0'), 100_000);
    let ticks = 0;
    const timer = setInterval(() => { ticks += 1; }, 1);
    expect((await scanTree(source, ALL)).files).toHaveLength(2_000);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  it('stops once nobody needs it any more, in the middle of a large file, too', async () => {
    mkdirSync(source);
    writeFileSync(join(source, 'large'), '');
    truncateSync(join(source, 'large'), 8 * 1024 ** 3); // hashing it all would take longer than a test may
    const needed = new AbortController();
    const reading = scanTree(source, ALL, [], needed.signal);
    setTimeout(() => needed.abort(), 50);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('readExcludeFile', () => {
  it('gives the lines, or says what is missing', async () => {
    plant(folder, { ignored: '*.log\r\n# comment\n/build\n' });
    expect(await readExcludeFile(join(folder, 'ignored'))).toEqual(['*.log', '# comment', '/build', '']);
    await expect(readExcludeFile(join(folder, 'none'))).rejects.toThrow(`The exclude file ${join(folder, 'none')} cannot be read`);
  });
});
