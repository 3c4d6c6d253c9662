/**
 * Thrown where a report is not what its format promises. The message is one sentence for people.
 * It never quotes the report's values: they may hold a secret that nothing has masked yet.
 */
export class Damage extends Error {
  override readonly name = 'Damage';
}

/** A member's name as a fault may show it: names that look like anything but a name are left out. */
export function shownKey(key: string | number): string {
  return typeof key === 'number' || /^[\w@$./-]{1,60}$/.test(key) ? String(key) : '…';
}

/** `runs.0.results`: where in a report something is. */
export function shownPath(keys: readonly (string | number)[]): string {
  return keys.length === 0 ? 'the document' : keys.map(shownKey).join('.');
}

/** What a JSON value is, for people. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return { string: 'a text', number: 'a number', boolean: 'true or false', object: 'an object' }[typeof value as string] ?? 'nothing';
}
