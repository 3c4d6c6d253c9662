import { UserError } from '#shared/core/errors';
import type { StatusRange } from './check.ts';
import { quoted } from './shown.ts';

/** Any successful answer: what is expected when nothing is said. */
export const SUCCESS: readonly StatusRange[] = [{ first: 200, last: 299 }];

/**
 * The ranges in a list such as `200, 204, 3xx` or `200-299`.
 * @throws {UserError} naming the entry that is no status.
 */
export function parseStatus(text: string): readonly StatusRange[] {
  return text.split(',').map((entry) => parseRange(entry.trim()));
}

function parseRange(entry: string): StatusRange {
  const [, family] = /^([1-5])xx$/i.exec(entry) ?? [];
  if (family !== undefined) return { first: Number(family) * 100, last: Number(family) * 100 + 99 };
  const [, first, last = first] = /^([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?$/.exec(entry) ?? [];
  if (first === undefined || Number(last) < Number(first)) {
    throw new UserError(`${quoted(entry)} is no HTTP status: write 200, 200-299 or 2xx, several with commas`);
  }
  return { first: Number(first), last: Number(last) };
}

/** Whether one of the ranges holds the status. */
export function covers(ranges: readonly StatusRange[], status: number): boolean {
  return ranges.some(({ first, last }) => first <= status && status <= last);
}

/** The ranges as people write them: `200, 3xx`. */
export function formatStatus(ranges: readonly StatusRange[]): string {
  return ranges.map(formatRange).join(', ');
}

function formatRange({ first, last }: StatusRange): string {
  if (first === last) return String(first);
  return first % 100 === 0 && last === first + 99 ? `${first / 100}xx` : `${first}-${last}`;
}
