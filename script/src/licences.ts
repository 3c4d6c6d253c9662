import { readFile, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

interface Module { readonly nameForCondition?: string; readonly chunks?: readonly unknown[]; readonly modules?: readonly Module[] }
interface Description { readonly name: string; readonly license?: string; readonly licenses?: readonly { readonly type: string }[]; readonly author?: string | { readonly name: string } }

/**
 * The licence texts of every package in a bundle, from the bundler's statistics file. The bundler's own list is not used: it misses packages whose modules are merged into others.
 */
export async function licences(statistics: string): Promise<string> {
  const { modules } = JSON.parse(await readFile(statistics, 'utf8')) as { modules: readonly Module[] };
  const inBundle = modules.filter(({ chunks = [] }) => chunks.length > 0);
  const folders = new Set(['node_modules/@vercel/ncc', ...inBundle.flatMap(paths).flatMap(packageFolder)]); // the bundler adds code of its own
  const texts = await Promise.all([...folders].sort().map(licence));
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

function paths({ nameForCondition, modules = [] }: Module): string[] {
  return [...(nameForCondition === undefined ? [] : [nameForCondition]), ...modules.flatMap(paths)];
}

/** The package's folder, from the working directory; nothing for a module of ours. */
function packageFolder(path: string): string[] {
  const [folder] = /^.*\/node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
  return folder === undefined ? [] : [relative(process.cwd(), folder)];
}

async function licence(folder: string): Promise<string> {
  const { name, licenses, license = licenses?.[0]?.type, author } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Description;
  const files = (await readdir(folder)).filter((file) => /^(licen[cs]e|copying|notice)([-.].*)?$/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const by = typeof author === 'string' ? author : author?.name ?? 'its authors';
  const all = texts.length > 0 ? texts : [`The package, by ${by}, names this licence but holds no text of it.`];
  return `${name} (${license ?? 'no licence named'})\n\n${all.map((text) => text.trim().replaceAll('\r\n', '\n')).join('\n\n')}\n`;
}
