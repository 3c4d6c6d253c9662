import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, linkSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { packet } from '#shared/server/packet';
import { runScript, type ScriptEnd } from '#shared/testing/run-script';
import { SHELLS, pathWithShell } from '#shared/testing/shells';
import { plant, treeLines, type Planted } from '#shared/testing/trees';
import { assembleRelease, type Reuse } from './assemble.ts';
import { delta } from './delta.ts';
import { excluding } from './exclude.ts';
import { incomingEntries } from './incoming.ts';
import { manifestLines, manifestReader } from './manifest.ts';
import { scanTree } from './scan.ts';
import { RELEASE_DIFFERS } from './script.ts';
import type { Tree } from './tree.ts';
import { verifyRelease } from './verify.ts';

const ODD_NAMES = ['-rf', ' lead', 'trail ', 'two  spaces', 'a\nb', 'line\n', 'back\\slash', '\\', 'tab\t', 'cr\r', "quote'", '"', '$(touch x)', '`id`', '*', '[a]', 'ü', '日本', '~', '#x', 'é'.repeat(127)];
const codePoints = (from: number, to: number, step = 1): string[] => Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => String.fromCodePoint(from + index * step));
// Each byte that UTF-8 knows: plain ones, those that follow, and those that lead two, three and four.
const EVERY_BYTE = [...codePoints(1, 0xc0), ...codePoints(0xc0, 0x800, 0x40), ...codePoints(0x800, 0xd800, 0x1000), ...codePoints(0xe000, 0x10000, 0x1000), ...codePoints(0x10000, 0x110000, 0x40000), '\ud000', '\u{100000}'].filter((character) => character !== '/');
const odd = (prefix: string): Record<string, Planted> => Object.fromEntries(ODD_NAMES.map((name) => [`${prefix}${name}`, `in ${name}`]));

const FIRST: Record<string, Planted> = {
  'index.js': 'one', 'bin/run': { text: '#!/bin/sh\n', mode: 0o755 }, 'closed/secret': { text: 'x', mode: 0o400 }, 'group/file': { text: 'g', mode: 0o664 },
  'empty-folder': { folder: 0o750 }, 'group': { folder: 0o775 }, 'deep/er/est/file': 'deep', 'void': '',
  'latest': { link: 'deep/er' }, 'deep/up': { link: '../index.js' }, 'odd/l\nink': { link: 'a\nb' }, 'dangling': { link: 'later/made' },
  ...odd('odd/'), ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`many/file-${index}`, `content ${index}`])),
};

let folder: string;
let source: string;
let releases: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-'));
  source = join(folder, 'source');
  releases = join(folder, "ser'ver", 'releases');
  mkdirSync(releases, { recursive: true });
  plant(source, FIRST);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Deployed { readonly tree: Tree; readonly path: string; readonly incoming: string; readonly assemble: string; readonly assembled: ScriptEnd; verified(): ScriptEnd; readonly sent: readonly string[] }

/** Does what a deployment does on the server, with the shell and tools of that PATH. */
async function deploy(shell: string, name: string, base?: Deployed, reuse: Reuse = 'copy'): Promise<Deployed> {
  const tree = await scanTree(source, excluding([]));
  const known = manifestReader();
  if (base !== undefined) known.read(Buffer.from([...manifestLines(base.tree)].join('')));
  const changes = delta(tree, known.tree());
  const incoming = join(folder, 'incoming');
  const path = join(releases, name);
  const bytes = Buffer.concat(await packet(incomingEntries(source, tree, changes)).toArray());
  expect(runScript(shell, `rm -rf '${incoming}' && umask 077 && tar -xpf - -C '${folder}'`, bytes)).toMatchObject({ code: 0, stderr: '' });
  const assemble = assembleRelease({ incoming, base: base?.path, next: path, reuse });
  return { tree, path, incoming, assemble, sent: [...changes.send].map((file) => file.path), assembled: runScript(shell, assemble), verified: () => runScript(shell, verifyRelease({ next: path, sums: join(incoming, 'sums') })) };
}

function expectRight(deployed: Deployed): void {
  expect(deployed.assembled).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(deployed.verified()).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(treeLines(deployed.path)).toEqual(treeLines(source));
}

/** 10 files changed, deletions, renames, a mode, links, kinds swapped, odd names among them. */
function change(): void {
  for (let index = 0; index < 10; index += 1) writeFileSync(join(source, `many/file-${index}`), `changed ${index}`);
  for (const path of ['void', 'odd/~', 'deep/up', 'latest', 'empty-folder', 'dangling', 'odd/`id`']) rmSync(join(source, path), { recursive: true });
  renameSync(join(source, 'index.js'), join(source, 'renamed.js'));
  renameSync(join(source, 'deep/er'), join(source, 'deep/other'));
  chmodSync(join(source, 'bin/run'), 0o700);
  chmodSync(join(source, 'group'), 0o755);
  plant(source, { 'latest': { link: 'deep/other' }, 'dangling': 'now a file', 'empty-folder': { link: 'group' }, 'void/inside': 'now a folder', 'odd/a\nc': 'new odd', 'odd/-rf': 'changed odd' });
}

describe.each(SHELLS)('a release assembled by %s', (name) => {
  const shell = pathWithShell(name);
  afterAll(() => rmSync(shell.split(':')[0]!, { recursive: true }));

  it('is the source, entry by entry, when it is the first', async () => {
    expectRight(await deploy(shell, 'first'));
  });

  it.each(['copy', 'hard-link'] as const)('is the source after changes of all kinds, with unchanged files taken by %s', async (reuse) => {
    const first = await deploy(shell, 'first');
    const before = treeLines(first.path);
    writeFileSync(join(first.path, 'built.cache'), 'left by the app');
    symlinkSync('/etc', join(first.path, 'many/shared'));
    change();
    const second = await deploy(shell, 'second', first, reuse);
    expectRight(second);
    expect(second.sent.filter((path) => path.startsWith('many/'))).toHaveLength(10);
    expect(second.sent).toContain('bin/run');
    expect(second.sent).not.toContain('group/file');
    const isSameInode = statSync(join(first.path, 'group/file')).ino === statSync(join(second.path, 'group/file')).ino;
    expect(isSameInode).toBe(reuse === 'hard-link');
    rmSync(join(first.path, 'built.cache'));
    rmSync(join(first.path, 'many/shared'));
    expect(treeLines(first.path)).toEqual(before);
  });

  it.each(['copy', 'hard-link'] as const)('is the same when the script was cut short at any point and runs again, by %s', async (reuse) => {
    const first = await deploy(shell, 'first');
    change();
    const second = await deploy(shell, 'second', first, reuse);
    const list = join(second.incoming, 'keep.list');
    const whole = lstatSync(list).size;
    cpSync(list, `${list}.whole`);
    truncateSync(list, whole - (whole % 7) - 40);
    expect(runScript(shell, second.assemble).code).toBe(RELEASE_DIFFERS); // its last name is cut short
    cpSync(`${list}.whole`, list);
    if (reuse === 'copy') truncateSync(join(second.path, 'many/file-30'), 3); // as a killed copy leaves it
    rmSync(join(second.path, 'many/file-31'));
    chmodSync(join(second.path, 'many'), 0o700);
    expectRight({ ...second, assembled: runScript(shell, second.assemble) });
  });

  it('is what the last packet says when an earlier one was left half assembled', async () => {
    const first = await deploy(shell, 'first');
    await deploy(shell, 'second', first);
    change();
    expectRight(await deploy(shell, 'second', first));
  });

  it.each([
    ['content', (at: string) => writeFileSync(join(at, 'many/file-40'), 'CONTENT 40'), './many/file-40'],
    ['size', (at: string) => writeFileSync(join(at, 'odd/a\nb'), 'longer than it was'), './odd/a\x01b'],
    ['mode', (at: string) => chmodSync(join(at, 'many/file-41'), 0o600), './many/file-41'],
  ])('is found out when the app changed the %s of a file in the base', async (_what, spoil, named) => {
    const first = await deploy(shell, 'first');
    spoil(first.path);
    change();
    const second = await deploy(shell, 'second', first);
    expect(second.assembled.code).toBe(0);
    const verified = second.verified();
    expect(verified).toMatchObject({ code: RELEASE_DIFFERS, stdout: '' });
    expect(verified.stderr).toBe(`1 of the files in ${second.path} are not as they were released, among them:\n${named}\n`);
  });

  it.each([
    ['removed', (at: string) => rmSync(at)],
    ['replaced by a link', (at: string) => { rmSync(at); symlinkSync('/etc/hostname', at); }],
    ['replaced by a pipe', (at: string) => { rmSync(at); spawnSync('mkfifo', [at]); }],
  ])('is refused when a file of the base was %s', async (_what, spoil) => {
    const first = await deploy(shell, 'first');
    spoil(join(first.path, 'many/file-40'));
    const second = await deploy(shell, 'second', first);
    expect(second.assembled.code).toBe(RELEASE_DIFFERS);
    expect(second.assembled.stderr).toContain('./many/file-40\n');
  });

  it('is refused when its base is gone, and when nothing was sent', async () => {
    const first = await deploy(shell, 'first');
    rmSync(first.path, { recursive: true });
    const second = await deploy(shell, 'second', first);
    expect(second.assembled).toMatchObject({ code: RELEASE_DIFFERS, stderr: expect.stringContaining(`The release ${first.path},`) });
    rmSync(join(folder, 'incoming'), { recursive: true });
    rmSync(second.path, { recursive: true });
    expect(runScript(shell, second.assemble)).toMatchObject({ code: 1, stderr: expect.stringContaining('Nothing to assemble') });
  });

  it.each([
    ['a file too many', (at: string) => writeFileSync(join(at, 'extra\nline'), ''), './extra\x01line'],
    ['a folder too many', (at: string) => mkdirSync(join(at, 'extra')), './extra'],
    ['a missing folder', (at: string) => rmSync(join(at, 'empty-folder'), { recursive: true }), './empty-folder'],
    ['a missing file', (at: string) => rmSync(join(at, 'odd/-rf')), './odd/-rf'],
    ['a missing link', (at: string) => rmSync(join(at, 'latest')), './latest'],
    ['another target', (at: string) => { rmSync(join(at, 'odd/l\nink')); symlinkSync('a\nc', join(at, 'odd/l\nink')); }, './odd/l\x01ink'],
    ['a file for a link', (at: string) => { rmSync(join(at, 'latest')); writeFileSync(join(at, 'latest'), ''); }, './latest'],
    ['a link for a file', (at: string) => { rmSync(join(at, 'void')); linkSync(join(at, 'index.js'), join(at, 'void')); }, './void'],
  ])('is found out by verification: %s', async (_what, spoil, named) => {
    const first = await deploy(shell, 'first');
    spoil(first.path);
    const verified = first.verified();
    expect(verified).toMatchObject({ code: RELEASE_DIFFERS, stdout: '' });
    expect(verified.stderr.split('\n').slice(1)).toEqual([named, '']);
  });

  it('is the source when its lists are longer than a command line', async () => {
    const long = 'name'.repeat(50);
    for (let index = 0; index < 900; index += 1) plant(source, { [`${index % 50}-${long}/${long.slice(20)}-${index}`]: `${index}` });
    for (let index = 0; index < 700; index += 1) symlinkSync(`../bin/${index}`, join(source, `deep/${long}-${index}`));
    const first = await deploy(shell, 'first');
    expectRight(first);
    expectRight(await deploy(shell, 'second', first));
  });

  it('keeps names with every byte that a name can have, in files, folders and links', async () => {
    plant(source, Object.fromEntries(EVERY_BYTE.flatMap((name) => [[`bytes/-${name}`, `in ${name}`], [`bytes/folder${name}/${name}-`, name], [`bytes/${name}link`, { link: `-${name}` }]])));
    const first = await deploy(shell, 'first');
    expectRight(first);
    writeFileSync(join(source, 'bytes/-\x01'), 'changed');
    const second = await deploy(shell, 'second', first);
    expect(second.sent).toEqual(['bytes/-\x01']);
    expectRight(second);
  });

  it('hands the group of its parent folder down', async () => {
    chmodSync(releases, 0o2775);
    const first = await deploy(shell, 'first');
    expect(first.verified().code).toBe(0);
    expect(lstatSync(join(first.path, 'group')).mode & 0o7777).toBe(0o2775);
  });
});
