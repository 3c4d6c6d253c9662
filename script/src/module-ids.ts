/** A file of a bundle: its path, `<bundle>/<file>`, and its text. */
export interface BundleFile { readonly path: string; readonly text: string }

// Where webpack writes a module's number: at its head, and wherever it is asked for.
const NUMBER = String.raw`(?<=/\*\*\*/ |_require__\(|_require__\.(?!e\()\w+\(|\.bind\(__\w+_require__, )\d+(?=:|[,)])`;

/**
 * The same files, with modules that several bundles hold numbered alike in all of them. Webpack gives a module another number where its own is
 * taken, and parts that differ in nothing else could not be shared. A number is changed only where all its mentions are understood.
 */
export function alignIds(files: readonly BundleFile[]): readonly BundleFile[] {
  const all = new Map(files.map((file) => [file.path, file.text]));
  const alike = Map.groupBy(files.filter(({ text }) => text.startsWith('export const id')), ({ text }) => text.replace(numbers(), '#'));
  for (const copies of alike.values()) {
    const paths = copies.map(({ path }) => path);
    const [first = [], ...others] = copies.map(({ text }) => idsIn(text));
    const rows = first.map((id, place) => [id, ...others.map((list) => list[place] ?? '')]);
    const differing = new Map(rows.filter((ids) => new Set(ids).size > 1).map((ids) => [ids.join(), ids]));
    for (const ids of differing.values()) alignOne(all, paths, ids);
  }
  return files.map(({ path }) => ({ path, text: all.get(path) ?? '' }));
}

function alignOne(all: Map<string, string>, paths: readonly string[], ids: readonly string[]): void {
  const isFit = (id: string): boolean => paths.every((path, copy) => ids[copy] === id || (!isTaken(all, path, id) && isUnderstood(all, path, ids[copy] ?? '')));
  const chosen = ids.find(isFit);
  if (chosen === undefined) return;
  paths.forEach((path, copy) => {
    const old = ids[copy] ?? '';
    if (old !== chosen) for (const each of filesBeside(all, path)) all.set(each, (all.get(each) ?? '').replace(numbers(), (id) => (id === old ? chosen : id)));
  });
}

function idsIn(text: string): readonly string[] {
  return text.match(numbers()) ?? [];
}

function isTaken(all: ReadonlyMap<string, string>, path: string, id: string): boolean {
  return filesBeside(all, path).some((each) => mentions(all.get(each) ?? '', id) > 0);
}

function isUnderstood(all: ReadonlyMap<string, string>, path: string, id: string): boolean {
  return filesBeside(all, path).every((each) => {
    const text = all.get(each) ?? '';
    return mentions(text, id) === idsIn(text).filter((other) => other === id).length;
  });
}

function mentions(text: string, id: string): number {
  return text.match(new RegExp(String.raw`\b${id}\b`, 'g'))?.length ?? 0;
}

function filesBeside(all: ReadonlyMap<string, string>, path: string): readonly string[] {
  const folder = path.slice(0, path.indexOf('/') + 1);
  return [...all.keys()].filter((each) => each.startsWith(folder));
}

function numbers(): RegExp {
  return new RegExp(NUMBER, 'g');
}
