import { UserError } from '#shared/core/errors';
import { isAtLeast, SEVERITIES, type Severity } from './event.ts';

/** When a route is silent: from a time of day to another (over midnight if it is earlier), in a time zone, on some days. */
export interface QuietHours {
  /** Minutes since midnight. */
  readonly from: number;
  readonly to: number;
  readonly zone: string;
  /** The days on which a quiet time begins; every day when empty. */
  readonly days: readonly Day[];
  /** What is told all the same. */
  readonly except: Severity;
}

export const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type Day = (typeof DAYS)[number];
export const TIME_OF_DAY = '^([01][0-9]|2[0-3]):[0-5][0-9]$';

const MINUTES_A_DAY = 24 * 60;

/** Whether something of this severity is to be kept quiet at a moment. */
export function isQuiet(hours: QuietHours, severity: Severity, at: Date): boolean {
  if (isAtLeast(severity, hours.except)) return false;
  const { minute, day } = localTime(at, hours.zone);
  const { from, to, days } = hours;
  const begins = (candidate: Day): boolean => days.length === 0 || days.includes(candidate);
  if (from < to) return minute >= from && minute < to && begins(day);
  const yesterday = DAYS[(DAYS.indexOf(day) + DAYS.length - 1) % DAYS.length]!;
  return (minute >= from && begins(day)) || (minute < to && begins(yesterday));
}

/** Minutes since midnight of a time such as `22:30`. @throws {UserError} on any other form. */
export function parseTimeOfDay(text: unknown): number {
  if (typeof text !== 'string' || !new RegExp(TIME_OF_DAY).test(text)) throw new UserError('accepted is a time of day in quotes, such as "22:30"');
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) % MINUTES_A_DAY;
}

/** The name of a time zone, as it is. @throws {UserError} when there is no such zone. */
export function parseZone(text: unknown): string {
  try {
    if (typeof text === 'string') return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    // Told below, as for what is no text at all.
  }
  throw new UserError('accepted is a time zone such as Europe/Berlin or UTC');
}

/** A severity by its name. @throws {UserError} on any other word. */
export function parseSeverity(text: unknown): Severity {
  const severity = SEVERITIES.find((candidate) => candidate === text);
  if (severity === undefined) throw new UserError(`accepted is one of ${SEVERITIES.join(', ')}`);
  return severity;
}

function localTime(at: Date, zone: string): { readonly minute: number; readonly day: Day } {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hour: 'numeric', minute: 'numeric', weekday: 'short', hourCycle: 'h23' });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return { minute: Number(parts['hour']) * 60 + Number(parts['minute']), day: String(parts['weekday']).toLowerCase() as Day };
}
