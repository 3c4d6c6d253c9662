import { UserError } from './errors.ts';

/** What reads as a percentage, as it reads after "accepted is". */
export const PERCENTAGE = 'a percentage such as 1% or 0.5%';

/** Percent as whole parts of 10,000, with which a shell can count. */
export function permyriad(percent: number): number {
  return Math.round(percent * 100);
}

/** `0.5%` as the number of percent. @throws {UserError} on anything but a percentage up to 100, with two decimals at most. */
export function parsePercentage(given: string): number {
  const percent = /^(\d{1,3}(?:\.\d{1,2})?)\s*%$/.exec(given.trim())?.[1];
  if (percent === undefined || Number(percent) > 100) throw new UserError(`accepted is ${PERCENTAGE}`);
  return Number(percent);
}
