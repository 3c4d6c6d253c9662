import { UserError } from '#shared/core/errors';

/** Milliseconds of a day. */
export const DAY = 86_400_000;

/** The beginning, in UTC, of a day such as 2026-12-01. @throws {UserError} on any other text and on days that no calendar has. */
export function parseDay(text: string): Date {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  // 2026-02-30 would be read as 2 March.
  if (Number.isNaN(day.getTime()) || dayText(day) !== text) throw new UserError('accepted is a day such as 2026-12-01');
  return day;
}

/** A moment as its day in UTC, 2026-12-01. */
export function dayText(day: Date): string {
  return day.toISOString().slice(0, 10);
}
