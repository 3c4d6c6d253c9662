import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { loadAction } from '../script/src/docs.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const documents = ['*.md', 'docs/**/*.md', 'actions/*/README.md'].flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort();
const workflows = ['examples/**/*.yml', '.github/workflows/*.yml'].flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort();

interface Use { readonly action: string; readonly inputs: Readonly<Record<string, unknown>> }

/** Every `uses: org/actions/NAME@v1` in parsed YAML, at whatever depth, with its inputs. */
function usesIn(node: unknown): readonly Use[] {
  if (typeof node !== 'object' || node === null) return [];
  const { uses, with: inputs } = node as { readonly uses?: unknown; readonly with?: Use['inputs'] };
  const action = /^org\/actions\/([\w-]+)@v1$/.exec(String(uses))?.[1];
  return [...(action === undefined ? [] : [{ action, inputs: inputs ?? {} }]), ...Object.values(node).flatMap(usesIn)];
}

function yamlBlocks(markdown: string): readonly unknown[] {
  return [...markdown.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => parse(text ?? '') as unknown);
}

async function mistakes(uses: readonly Use[]): Promise<readonly string[]> {
  const found = await Promise.all(uses.map(async ({ action, inputs }) => {
    const spec = (await loadAction(action)).inputs;
    return Object.entries(inputs).map(async ([name, value]) => {
      const field = spec[name];
      if (field === undefined) return `${action} has no input ${name}`;
      const isKnown = !String(value).includes('${{');
      return isKnown && (await isRefused(() => field.parse(String(value)))) ? `${action} does not accept ${name}: ${String(value)}` : [];
    });
  }));
  return (await Promise.all(found.flat())).flat();
}

async function isRefused(parseValue: () => unknown): Promise<boolean> {
  try {
    await parseValue();
    return false;
  } catch {
    return true;
  }
}

test.each([...documents, ...workflows])('%s: inputs are inputs of the action, with values it accepts', async (path) => {
  const uses = path.endsWith('.md') ? yamlBlocks(read(path)).flatMap(usesIn) : usesIn(parse(read(path)));
  expect(await mistakes(uses)).toEqual([]);
});

test('an unknown input and a bad value would be noticed', async () => {
  const uses = usesIn({ steps: [{ uses: 'org/actions/rollback@v1', with: { realease: 'v1', timeout: 'soon', release: '${{ github.ref_name }}' } }] });
  expect(await mistakes(uses)).toEqual(['rollback has no input realease', 'rollback does not accept timeout: soon']);
});

/** GitHub's name for a heading, as links end in it. */
function anchors(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-'));
}

test.each(documents)('%s: every relative link leads somewhere', (path) => {
  const links = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^[a-z]+:/.test(link));
  const broken = links.filter((link) => {
    const [file = '', anchor] = link.split('#');
    const target = file === '' ? path : join(dirname(path), file);
    return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchors(read(target)).includes(anchor));
  });
  expect(broken).toEqual([]);
});

describe('messages quoted in tables', () => {
  const sources = ['actions/*/src/**/*.{ts,sh}', 'shared/{checks,containers,core,database,findings,fleet,github,migrations,notices,policy,release,runner,scanners,server,system,traffic}/**/*.{ts,sh}']
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT })).filter((path) => !path.endsWith('test.ts'));
  const source = sources.map((path) => read(path)).join('\n');

  /** What may stand for a value: names and numbers of the examples, and what a message chooses between. Of what is left, our own words, the longest run is looked for. */
  const VALUES = /…|\.\.\.|[",:()]|\b(?:v?\d[\w.:]*|shop(?:\.\w+)*|deploy|blue|green|web1|production|failed|was inconclusive)\b|\/[\w./-]+/g;
  const ownWords = (quoted: string): string => {
    const runs = quoted.split(VALUES).map((part) => part.trim()).sort((one, other) => other.length - one.length);
    return runs[0] ?? '';
  };
  const OTHERS = /^connect\(\) to unix|^bind\(\) to unix/; // nginx's

  const tables = documents.flatMap((path) => [...read(path).matchAll(/^\| (.*`.*) \|/gm)].map(([, row = '']) => ({ path, row })))
    .filter(({ path }) => path === 'README.md' || path.startsWith('actions/'))
    .flatMap(({ path, row }) => [...(row.split(' | ')[0] ?? '').matchAll(/`([^`]{20,})`/g)].map(([, quoted = '']) => ({ path, quoted })))
    .filter(({ quoted }) => quoted.includes(' ') && !OTHERS.test(quoted));

  test.each(tables)('$path: $quoted', ({ quoted }) => {
    const words = ownWords(quoted);
    expect(words.length).toBeGreaterThan(5);
    expect({ words, isOurs: source.includes(words) }).toEqual({ words, isOurs: true });
  });
});
