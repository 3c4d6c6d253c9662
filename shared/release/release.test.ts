import { describe, expect, it, test } from '@jest/globals';
import { delta } from './delta.ts';
import { excluding } from './exclude.ts';
import { permissions } from './fingerprint.ts';
import { sumLines } from './incoming.ts';
import { withoutShared } from './link-shared.ts';
import { escapingLinks } from './links.ts';
import { manifestLines, manifestReader } from './manifest.ts';
import { checkReleaseId, defaultReleaseId } from './release-id.ts';
import { absolute } from './script.ts';
import { parseSharedPaths } from './shared-paths.ts';
import { needAfterArrival, projectedNeed, spaceFault } from './space.ts';
import { byPath, type Files, type ReleaseFile, type Tree } from './tree.ts';

const SHA = 'a'.repeat(64);
const file = (path: string, more: Partial<ReleaseFile> = {}): ReleaseFile => ({ path, mode: 0o644, size: 3, sha256: SHA, ...more });
const tree = (more: Partial<Tree>): Tree => ({ files: [], folders: [], links: [], ...more });
const listed = ({ files, ...rest }: Tree): object => ({ ...rest, files: [...files] });
const pathsOf = (files: Files): string[] => [...files].map(({ path }) => path);
const parseManifest = (text: string, piece = 1_000): Tree | undefined => {
  const [reader, bytes] = [manifestReader(), Buffer.from(text)];
  for (let at = 0; at < bytes.length; at += piece) reader.read(bytes.subarray(at, at + piece));
  return reader.tree();
};
const manifestOf = (made: Tree): string => [...manifestLines(made)].join('');

/** The same numbers at every run: a failure can be looked at again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function pathsIn(manifest: string): string[] {
  return manifest.split('\n').slice(1, -1).map((line) => line.split('\t')[4]!.replace(/\\([\\nt])/g, (_, letter: string) => ({ n: '\n', t: '\t' })[letter] ?? '\\'));
}

function randomName(next: (below: number) => number): string {
  const alphabet = ['a', 'n', 't', '\\', '\n', '\t', '\r', ' ', '-', '.', '/', '\x01', 'é', '\uffee', '\u{1f600}', "'", '"', '$'];
  return Array.from({ length: 1 + next(12) }, () => alphabet[next(alphabet.length)]!).join('');
}

describe('byPath', () => {
  it('sorts as the bytes do', () => {
    const next = seeded(7);
    const names = Array.from({ length: 500 }, () => ({ path: randomName(next) }));
    const byBytes = names.map(({ path }) => Buffer.from(path)).sort((a, b) => Buffer.compare(a, b)).map(String);
    expect(names.toSorted(byPath).map(({ path }) => path)).toEqual(byBytes);
  });
});

describe('a manifest', () => {
  it('is one sorted line an entry', () => {
    const text = manifestOf(tree({
      files: [file('a b', { mode: 0o755, size: 12 }), file('b\n\\n')], folders: [{ path: 'b', mode: 0o700 }], links: [{ path: 'l', target: 'a\tb' }],
    }));
    expect(text).toBe(`slipway-manifest 1\nfile\t755\t12\t${SHA}\ta b\t-\nfolder\t700\t-\t-\tb\t-\nfile\t644\t3\t${SHA}\tb\\n\\\\n\t-\nlink\t-\t-\t-\tl\ta\\tb\n`);
  });

  it('gives back the tree it was made of, whatever the names', () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const next = seeded(seed);
      const paths = [...new Set(Array.from({ length: 30 }, () => randomName(next)))];
      const made = {
        files: paths.slice(0, 10).map((path) => file(path, { mode: next(0o1000), size: next(2 ** 31) * 1_000 })).sort(byPath),
        folders: paths.slice(10, 20).map((path) => ({ path, mode: next(0o1000) })).sort(byPath),
        links: paths.slice(20).map((path) => ({ path, target: randomName(next) })).sort(byPath),
      };
      const text = manifestOf(made);
      expect(listed(parseManifest(text, 1 + next(200))!)).toEqual(made);
      expect(pathsIn(text)).toEqual([...made.files, ...made.folders, ...made.links].sort(byPath).map(({ path }) => path));
    }
  });

  it.each([
    ['slipway-manifest 2\nwhatever\n', /has format 2, and this version of Slipway reads up to 1/],
    ['slipway-manifest', /damaged: its first line/],
    [`slipway-manifest 1\nfile\t644\t3\t${SHA}\ta\t-`, /damaged: its end is missing/],
    [`slipway-manifest 1\nfile\t644\t3\tabc\ta\t-\n`, /damaged: line 2/],
    [`slipway-manifest 1\nfile\t9\t3\t${SHA}\ta\t-\n`, /damaged: line 2/],
    [`slipway-manifest 1\npipe\t644\t3\t${SHA}\ta\t-\n`, /damaged: line 2/],
    [`slipway-manifest 1\n\n`, /damaged: line 2/],
  ])('is refused when it is newer or damaged: %j', (text, message) => {
    expect(() => parseManifest(text)).toThrow(expect.objectContaining({ name: 'UserError', message: expect.stringMatching(message) }));
  });
});

test('where there is no manifest, there is no base', () => expect(parseManifest('')).toBeUndefined());

describe('delta', () => {
  const next = tree({ files: [file('content', { sha256: 'b'.repeat(64) }), file('mode', { mode: 0o755 }), file('new', { size: 100 }), file('same'), file('was-link')], folders: [{ path: 'f', mode: 0o755 }], links: [{ path: 'l', target: 'same' }] });

  it('sends everything without a base', () => {
    const { send, keep, ...rest } = delta(next, undefined);
    expect([[...send], [...keep], send.length, keep.length]).toEqual([next.files, [], 5, 0]);
    expect(rest).toEqual({ folders: next.folders, links: next.links, bytesToSend: 112 });
  });

  it('sends what is new or changed in content or mode, and keeps the rest', () => {
    const base = tree({ files: [file('content'), file('gone'), file('mode'), file('same')], links: [{ path: 'was-link', target: 'x' }] });
    const changes = delta(next, base);
    expect(pathsOf(changes.send)).toEqual(['content', 'mode', 'new', 'was-link']);
    expect(pathsOf(changes.keep)).toEqual(['same']);
    expect([changes.send.length, changes.keep.length, changes.bytesToSend]).toEqual([4, 1, 109]);
  });

  it('finds in a manifest what is the same, whatever the names', () => {
    const names = seeded(11);
    const files = [...new Set(Array.from({ length: 300 }, () => randomName(names)))].map((path) => file(path)).sort(byPath);
    const base = parseManifest(manifestOf(tree({ files: files.filter((_, index) => index % 3 !== 0) })));
    expect(pathsOf(delta(tree({ files }), base).send)).toEqual(pathsOf(files.filter((_, index) => index % 3 === 0)));
  });

  it('says what is needed and what is free, where that is known and too little', () => {
    expect(spaceFault('/srv/shop', { bytes: 5e6, inodes: 7 }, { bytes: 1e6 })).toContain('5 MB needed, 1 MB free');
    expect(spaceFault('/srv/shop', { bytes: 5e6, inodes: 7 }, { bytes: 5e6, inodes: 6 })).toContain('7 needed, 6 free');
    expect(spaceFault('/srv/shop', { bytes: 5e6, inodes: 7 }, {})).toBeUndefined();
  });

  it('needs blocks and inodes for all that is made, and none for hard links', () => {
    const changes = delta(next, tree({ files: [file('same')] }));
    expect(projectedNeed(changes, 'copy')).toEqual({ bytes: 7 * 4096 + 7 * 300, inodes: 7 });
    expect(needAfterArrival(changes, 'copy')).toEqual({ bytes: 4096 + 7 * 300, inodes: 1 });
    expect(projectedNeed(changes, 'hard-link')).toEqual({ bytes: 6 * 4096 + 7 * 300, inodes: 6 });
  });
});

describe('escapingLinks', () => {
  it.each([
    ['a', 'b'], ['a', './b/../c'], ['d/a', '..'], ['d/e/a', '../../x'], ['a', 'd/./e/'], ['a', 'a'], ['a', '..name'], ['d/a', '../d/../x'],
  ])('lets %s -> %s stay', (path, target) => expect(escapingLinks([{ path, target }])).toEqual([]));

  it.each([
    ['a', '..'], ['a', '/etc'], ['d/a', '../../x'], ['d/e/a', '../../../dist/x'], ['a', 'd/../../x'], ['a', '/'],
  ])('finds %s -> %s', (path, target) => expect(escapingLinks([{ path, target }])).toEqual([{ path, target }]));

  it('follows the links of the tree on the way, as the server would', () => {
    const out = { path: 'd/d/out', target: 'top/../secret' };
    expect(escapingLinks([{ path: 'd/d/top', target: '../..' }, out])).toEqual([out]);
    const inside = { path: 'in', target: 'deep/../../x' };
    expect(escapingLinks([{ path: 'deep', target: 'a/b/c' }, inside])).toEqual([]);
  });
});

describe('excluding', () => {
  it.each<[readonly string[], string, 'folder' | 'other', boolean]>([
    [[], 'a', 'other', false], [[], '.git', 'folder', true], [[], 'sub/.git', 'other', true], [['!.git'], '.git', 'folder', true], [[], '.github', 'folder', false],
    [['*.log', '!keep.log'], 'x/keep.log', 'other', false], [['*.log', '!keep.log'], 'x/y.log', 'other', true], [['build/'], 'build', 'other', false], [['build/'], 'build', 'folder', true],
    [['/a'], 'b/a', 'other', false], [['*.LOG'], 'x.log', 'other', false], [['# all', '', ' '], 'a', 'other', false], [['secret'], 'back\\slash', 'other', false],
    [['a\nb'.replace('\n', '?')], 'a\nb', 'other', true], [['x'], ' -rf', 'other', false], [['x'], '...', 'other', false],
  ])('by %j: %j as %s -> %s', (patterns, path, kind, expected) => expect(excluding(patterns)(path, kind)).toBe(expected));

  it('refuses a pattern too long to be run', () => expect(() => excluding(['*.log', 'x'.repeat(65_536)])).toThrow('65536 characters'));
});

describe('permissions', () => {
  it('keeps the nine bits, and knows scripts on Windows by their first bytes', () => {
    expect(permissions(0o104755, Buffer.from('x'), 'linux')).toBe(0o755);
    expect(permissions(0o100640, Buffer.from('#!'), 'linux')).toBe(0o640);
    expect(permissions(0o100666, Buffer.from('#!'), 'win32')).toBe(0o755);
    expect(permissions(0o100666, Buffer.from('MZ'), 'win32')).toBe(0o644);
  });
});

describe('a release id', () => {
  it('is made of the UTC time and the commit', () => {
    expect(defaultReleaseId(new Date('2026-11-21T14:05:09.999Z'), '1a2b3c4d5e6f')).toBe('20261121-140509-1a2b3c4');
    expect(defaultReleaseId(new Date('2026-11-21T14:05:09Z'), '')).toBe('20261121-140509');
  });

  it.each(['v1.4.0', '1', '_x', 'a+b', '2026-11-21', 'a'.repeat(100), 'a.', '20261121-140509-1a2b3c4'])('may be %s', (id) => expect(checkReleaseId(id)).toBe(id));
  it.each(['', '.', '..', '.a', '-rf', 'a..b', 'a/b', 'a b', 'a\n', 'a'.repeat(101), 'é', '$(id)', 'a\\b'])('may not be %j', (id) => {
    expect(() => checkReleaseId(id)).toThrow(expect.objectContaining({ name: 'UserError', message: expect.stringContaining('cannot be a release id') }));
  });
});

describe('parseSharedPaths', () => {
  it('tells folders from files and tidies paths', () => {
    expect(parseSharedPaths(['storage/', './.env', 'a//b/', 'var/./log', 'x/.'])).toEqual([
      { path: 'storage', kind: 'folder' }, { path: '.env', kind: 'file' }, { path: 'a/b', kind: 'folder' }, { path: 'var/log', kind: 'file' }, { path: 'x', kind: 'folder' },
    ]);
  });

  it.each([
    ['', 'is empty'], ['  ', 'is empty'], ['.', 'is the release itself'], ['./', 'is the release itself'], ['/etc', 'is absolute'], ['a/../b', 'climbs out'], ['..', 'climbs out'], ['a\nb', 'control character'],
  ])('refuses %j', (line, reason) => expect(() => parseSharedPaths(['ok', line])).toThrow(reason));

  it('refuses a path listed twice or inside of another', () => {
    expect(() => parseSharedPaths(['a', 'a/'])).toThrow('shared lists a twice');
    expect(() => parseSharedPaths(['x'.repeat(65_536)])).toThrow(/^shared lists "x{40}"… \(65536 characters\), which is too long/);
    expect(() => parseSharedPaths(['a/b/c', 'a/b/'])).toThrow('shared lists a/b/c, which is inside of a/b already');
    expect(parseSharedPaths(['a/b', 'a/bc'])).toHaveLength(2);
  });

  it('takes shared paths out of what a release has of its own', () => {
    const whole = tree({ files: [file('.env'), file('storage/x'), file('storage-x')], folders: [{ path: 'storage', mode: 0o755 }], links: [{ path: 'storage/l', target: 'x' }] });
    expect(listed(withoutShared(whole, parseSharedPaths(['storage/', '.env'])))).toEqual(tree({ files: [file('storage-x')] }));
  });
});

describe('the lists for a server', () => {
  it('are one line an entry', () => {
    expect([...sumLines(tree({ files: [file('a\nb', { mode: 0o755 })], folders: [{ path: 'f', mode: 0o700 }], links: [{ path: 'l', target: 't\n' }] }))].join(''))
      .toBe(`file\t755\t3\t./a\x01b\n${SHA} *./a\x01b\nfolder\t-\t-\t./f\nlink\tt\x01\t-\t./l\n`);
  });

  it.each(['', '/', '//', '/.', 'relative', '/a/../b', './a'])('are never put at %j', (path) => expect(() => absolute(path)).toThrow(TypeError));
});
