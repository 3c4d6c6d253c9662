import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { quote } from '#shared/core/quote';
import { needs } from '#shared/testing/equipment';
import { runScript } from '#shared/testing/run-script';
import { SHELLS, pathWithShell } from '#shared/testing/shells';
import { plant, treeLines } from '#shared/testing/trees';
import { assembleRelease } from './assemble.ts';
import { linkShared } from './link-shared.ts';
import { parseSharedPaths } from './shared-paths.ts';
import { checkSpace } from './space.ts';
import { verifyRelease } from './verify.ts';
import { writeThrough } from './write-through.ts';

let folder: string;
let release: string;
let shared: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sh'ared $(x) "));
  [release, shared] = [join(folder, 'releases/next'), join(folder, 'shared')];
  plant(release, { 'index.js': 'x' });
  mkdirSync(shared);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const link = (lines: readonly string[]): string => linkShared({ release, shared, paths: parseSharedPaths(lines) });

describe.each(SHELLS)('shared paths linked by %s', (name) => {
  const shell = pathWithShell(name);
  afterAll(() => rmSync(shell.split(':')[0]!, { recursive: true }));

  it('replace what the release ships, make missing folders, and do nothing more a second time', () => {
    plant(shared, { '.env': 'SECRET', 'storage/kept': 'old', '-x y': 'odd', 'conf': { folder: 0o755 } });
    plant(release, { '.env': 'example', 'storage/shipped': 'new', 'conf/a': 'x', 'deep': { folder: 0o755 } });
    const script = link(['.env', 'storage/', 'deep/er/log/', '-x y', 'conf']);
    expect(runScript(shell, script)).toEqual({ code: 0, stdout: '', stderr: '' });
    const made = treeLines(folder);
    expect(made).toEqual(expect.arrayContaining([
      `"releases/next/.env" -> ${shared}/.env`, `"releases/next/storage" -> ${shared}/storage`, `"releases/next/deep/er/log" -> ${shared}/deep/er/log`,
      `"releases/next/-x y" -> ${shared}/-x y`, `"releases/next/conf" -> ${shared}/conf`, '"shared/.env" file 644 SECRET', '"shared/storage/kept" file 644 old',
    ]));
    expect(made.join('\n')).not.toContain('shipped');
    const before = statSync(release).mtimeMs;
    expect(runScript(shell, script)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(treeLines(folder)).toEqual(made);
    expect(statSync(release).mtimeMs).toBe(before);
  });

  it('seed a new folder once with what the release ships', () => {
    plant(release, { 'uploads/.keep': '', 'uploads/run': { text: 'x', mode: 0o750 }, 'uploads/l': { link: '.keep' } });
    const shipped = treeLines(join(release, 'uploads'));
    mkdirSync(join(shared, 'uploads.slipway-new')); // as a kill leaves it
    writeFileSync(join(shared, 'uploads.slipway-new/half'), '');
    expect(runScript(shell, link(['uploads/']))).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(treeLines(join(shared, 'uploads'))).toEqual(shipped);
    rmSync(join(release, 'uploads'));
    plant(release, { 'uploads/second': 'never copied' });
    rmSync(join(shared, 'uploads/run'));
    expect(runScript(shell, link(['uploads/'])).code).toBe(0);
    expect(treeLines(shared).map((line) => line.split(' ')[0])).toEqual(['"uploads"', '"uploads/.keep"', '"uploads/l"']);
  });

  it('replace a link that the release ships, and a link of another place', () => {
    plant(release, { 'a': { link: 'index.js' }, 'b': { link: '/somewhere/else' } });
    expect(runScript(shell, link(['a/', 'b/']))).toEqual({ code: 0, stdout: '', stderr: '' });
    expect([readlinkSync(join(release, 'a')), readlinkSync(join(release, 'b'))]).toEqual([`${shared}/a`, `${shared}/b`]);
    expect(readFileSync(join(release, 'index.js'), 'utf8')).toBe('x');
  });

  it.each([
    [['new/', '.env'], 'The shared file .env is missing. Put it at SHARED/.env on the server; or list it as .env/ if it is a folder that may start empty.'],
    [['new/', 'file/'], 'shared lists the folder file/, but SHARED/file on the server is a file.'],
    [['new/', 'dangling'], 'The shared file dangling is missing.'],
  ])('change nothing when one of them cannot be had: %j', (lines, message) => {
    writeFileSync(join(shared, 'file'), '');
    symlinkSync('nowhere', join(shared, 'dangling'));
    const before = treeLines(folder);
    const ended = runScript(shell, link(lines));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(message.replace('SHARED', shared));
    expect(treeLines(folder)).toEqual(before);
  });

  it('say what is in the way', () => {
    const ended = runScript(shell, link(['index.js/below/']));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`${release}/index.js/below could not be made a link to ${shared}/index.js/below.\n`);
  });
});

describe.each(SHELLS)('a release written through by %s', (name) => {
  const shell = pathWithShell(name);
  afterAll(() => rmSync(shell.split(':')[0]!, { recursive: true }));

  it('is on the disk, or said not to be there', () => {
    for (const bytes of [0, 2 ** 50, -(2 ** 40)]) expect(runScript(shell, writeThrough({ next: release, bytes, reuse: 'copy' }))).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(runScript(shell, writeThrough({ next: join(folder, 'none'), bytes: 1, reuse: 'copy' }))).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no release') });
  });

  // A sync that writes down what it is asked for. busybox's ash takes its own before one on PATH.
  if (name !== 'busybox') it.each([
    ['at once where little else waits', 2 ** 50, 'copy', ['-f .']],
    ['file by file where much else does', -(2 ** 40), 'copy', ['-d ./a b', '-d ./index.js', '-d ./linked']],
    ['file by file but for names of older files', -(2 ** 40), 'hard-link', ['-d ./a b', '-d ./index.js']],
  ] as const)('is written %s', (_how, bytes, reuse, asked) => {
    const log = join(folder, 'log');
    const text = '#!/bin/sh\nhow=$1; shift\nfor path do printf \'%s\\n\' "$how $path" >> "$LOG"; done\n';
    plant(folder, { 'older': 'x', 'releases/next/a b': 'x', 'tools/sync': { text, mode: 0o755 } });
    linkSync(join(folder, 'older'), join(release, 'linked'));
    const script = `export LOG=${quote(log)}\n${writeThrough({ next: release, bytes, reuse })}`;
    expect(runScript(`${join(folder, 'tools')}:${shell}`, script)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(log, 'utf8').trim().split('\n').sort()).toEqual(asked);
  });
});

describe.each(SHELLS)('space checked by %s', (name) => {
  const shell = pathWithShell(name);
  afterAll(() => rmSync(shell.split(':')[0]!, { recursive: true }));

  it('passes where there is enough, also below folders not made yet', () => {
    expect(runScript(shell, checkSpace(join(folder, 'not/made/yet'), 4096, 1))).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('says what is needed and what is free', () => {
    const ended = runScript(shell, checkSpace(folder, 9e15, 9e15));
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/^The disk of .* is too full: 9000 TB needed, \d+ MB free\. .*\nThe disk of .* has too few inodes: 9000000000000000 needed, \d+ free\. .*\n$/);
  });

  it('lets pass, and says so, where there is no count of inodes', () => {
    expect(runScript(shell, checkSpace('/proc/self', 0, 1))).toMatchObject({ code: 0, stderr: expect.stringContaining('Free inodes on the disk of /proc/self cannot be told') });
  });

  // busybox's ash takes its own df before one on PATH, so what a df cannot tell is not to be had there.
  const itWithAnyDf = name === 'busybox' ? () => undefined : it;
  itWithAnyDf('lets pass, and says so, what df cannot tell', () => {
    const tools = join(folder, 'tools');
    mkdirSync(tools);
    writeFileSync(join(tools, 'df'), '#!/bin/sh\ncase $2 in -i) exit 1;; esac\nprintf \'%s\\n\' "Filesystem 1024-blocks Used Available Capacity Mounted on" "//nas/my share 100 40 60 40% /mnt/5% full *"\n', { mode: 0o755 });
    expect(runScript(`${tools}:${shell}`, checkSpace(folder, 60 * 1024, 1))).toEqual({ code: 0, stdout: '', stderr: `Free inodes on the disk of ${folder} cannot be told; not checked.\n` });
    expect(runScript(`${tools}:${shell}`, checkSpace(folder, 60 * 1024 + 1, 1)).code).toBe(1);
  });
});

describe('the text for servers', () => {
  needs('shellcheck').each([
    ['assembleRelease', () => assembleRelease({ incoming: '/a', base: '/b', next: '/c', reuse: 'copy' })],
    ['verifyRelease', () => verifyRelease({ next: '/a', sums: "/it's here" })],
    ['writeThrough', () => writeThrough({ next: '/a', bytes: 1, reuse: 'hard-link' })],
    ['checkSpace', () => checkSpace('/a', 1, 1)],
    ['linkShared', () => linkShared({ release: '/a', shared: '/b', paths: parseSharedPaths(['a', 'b/']) })],
  ])('%s passes shellcheck', (_name, text) => {
    const checked = spawnSync('shellcheck', ['--shell=sh', '-'], { input: text(), encoding: 'utf8' });
    expect(checked.stdout).toBe('');
    expect(checked.status).toBe(0);
  });
});
