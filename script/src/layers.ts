import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path/posix';

// What a part may import beside itself. Any other folder of shared/ is a domain; script, test and bench may import everything.
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  system: ['core'],
  server: ['core', 'system'],
  domain: ['core', 'system', 'server', 'domain'],
  runner: ['core', 'system', 'server', 'domain'],
  action: ['core', 'system', 'server', 'domain', 'runner'],
};
const importing = /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** Every import under the working directory that breaks the direction of the layers or names one of our files wrongly, one line each. */
export async function brokenLayers(): Promise<string[]> {
  const broken: string[] = [];
  for await (const path of glob(['actions/**/*.ts', 'shared/**/*.ts', 'script/**/*.ts', 'test/**/*.ts', 'bench/**/*.ts'])) {
    const specifiers = specifiersIn(await readFile(path, 'utf8'));
    broken.push(...specifiers.flatMap((specifier) => fault(path, specifier) ?? []).map((text) => `${path}: ${text}`));
  }
  return broken.sort();
}

function specifiersIn(source: string): string[] {
  return [...source.matchAll(importing)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

function fault(path: string, specifier: string): string | undefined {
  const imported = target(path, specifier);
  if (imported === undefined) return undefined;
  if (specifier.startsWith('.') && specifier.endsWith('.js')) return `${specifier} must be written with .ts, the name the file has`;
  if (specifier.startsWith('#') && /\.[jt]s$/.test(specifier)) return `${specifier} must be written without its extension`;
  return direction(path, imported, specifier);
}

function direction(path: string, imported: string, specifier: string): string | undefined {
  if (isTest(path)) return undefined;
  const [from, to] = [layer(path), layer(imported)];
  if (from === 'testing' || from === 'tooling') return undefined;
  if (to === 'testing' || isTest(imported)) return `${specifier} is for tests only`;
  if (from === 'action' && to === 'action') return home(path) === home(imported) ? undefined : `${specifier} is another action; actions meet in shared/`;
  return from === to || allowed[from]?.includes(to) ? undefined : `${specifier} is in ${home(imported)}, which ${home(path)} must not know`;
}

/** The file an import names, from the root; undefined for packages and built-in modules. `test/strip-types.js` and its like are JavaScript. */
function target(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#shared/')) return specifier.slice(1);
  return specifier.startsWith('.') ? join(path, '..', specifier) : undefined;
}

function layer(path: string): string {
  const [top = '', second = ''] = path.split('/');
  if (top === 'actions') return 'action';
  if (top !== 'shared') return 'tooling';
  return Object.hasOwn(allowed, second) || second === 'testing' ? second : 'domain';
}

function home(path: string): string {
  return path.split('/').slice(0, 2).join('/');
}

function isTest(path: string): boolean {
  return /\.i?test(\.ts)?$/.test(path);
}
