import type { Reader } from '#shared/checks/shape';
import { UserError } from '#shared/core/errors';

/**
 * What a reader makes of a file's YAML.
 * @throws {UserError} that names every mistake by its place. A key without a value is one: a condition that is not there would widen what it stands in.
 */
export function readShape<Value>(yaml: unknown, reader: Reader<Value>, check: (value: Value, faults: string[]) => void = () => undefined): Value {
  const faults = emptyPlaces(yaml, '').map((place) => `${place === '' ? 'the file' : place} has no value`);
  const value = faults.length > 0 ? undefined : reader(yaml, '', faults);
  if (value !== undefined && faults.length === 0) check(value, faults);
  if (faults.length === 0 && value !== undefined) return value;
  const shown = faults.map((fault) => fault.replace(/^: /, 'the file: '));
  throw new UserError(shown.length === 1 ? shown[0]! : `${shown.length} mistakes:\n${shown.map((fault) => `- ${fault}`).join('\n')}`);
}

function emptyPlaces(value: unknown, place: string): readonly string[] {
  if (value === null || value === undefined) return [place];
  if (Array.isArray(value)) return value.flatMap((item, index) => emptyPlaces(item, `${place}[${index}]`));
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => emptyPlaces(item, place === '' ? key : `${place}.${key}`));
}
