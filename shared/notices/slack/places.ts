/** A value somewhere in a tree of JSON, and the way to it. */
export interface Place {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

/** The values at a path such as `fields[].text`; none where something on the way is missing. */
export function placesAt(root: unknown, path: string): readonly Place[] {
  const steps = path.split('.').flatMap((name) => (name.endsWith('[]') ? [name.slice(0, -2), '[]'] : [name]));
  return steps.reduce<readonly Place[]>((places, step) => places.flatMap((place) => next(place, step)), [{ path: [], value: root }]);
}

/** The tree with another value at a place; everything else is as it was. */
export function withValue<Root>(root: Root, path: readonly (string | number)[], value: unknown): Root {
  const [first, ...rest] = path;
  if (first === undefined) return value as Root;
  if (Array.isArray(root)) return root.map((item: unknown, index) => (index === first ? withValue(item, rest, value) : item)) as Root;
  return { ...root, [first]: withValue((root as Readonly<Record<string, unknown>>)[first], rest, value) };
}

/** A place as people write it: `blocks[2].text.text`. */
export function placeName(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
}

/** Every object in a tree that says its type, outermost first. */
export function typedNodes(root: unknown, path: readonly (string | number)[] = []): readonly (Place & { readonly type: string })[] {
  if (typeof root !== 'object' || root === null) return [];
  const { type } = root as { readonly type?: unknown };
  const own = typeof type === 'string' && !Array.isArray(root) ? [{ path, value: root, type }] : [];
  return [...own, ...Object.entries(root).flatMap(([name, value]) => typedNodes(value, [...path, Array.isArray(root) ? Number(name) : name]))];
}

function next({ path, value }: Place, step: string): readonly Place[] {
  if (step === '[]') return Array.isArray(value) ? value.map((item: unknown, index) => ({ path: [...path, index], value: item })) : [];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return [];
  return [{ path: [...path, step], value: (value as Readonly<Record<string, unknown>>)[step] }];
}
