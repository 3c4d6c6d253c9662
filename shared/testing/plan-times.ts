import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One stretch of time, in seconds since 1970, in which a plan held the service's lock. */
export interface LockTime {
  readonly plan: string;
  readonly from: number;
  readonly to: number;
}

/**
 * What the journals of a service say of each plan that ran: the stretches in which it held the lock, in order. Left out is a going back
 * after the plan had let go of the lock: another plan may have done it, holding the lock itself.
 */
export function lockTimes(path: string): readonly LockTime[] {
  return plansOf(path).flatMap((plan) => stretches(plan, journalOf(path, plan))).toSorted((one, other) => one.from - other.from || one.to - other.to);
}

/** Plans that have not come to an end. */
export function unfinishedPlans(path: string): readonly string[] {
  return plansOf(path).filter((plan) => !existsSync(join(path, '.slipway', 'plans', plan, 'final')));
}

/** The journal of a plan: each line's time and words. */
export function journalOf(path: string, plan: string): readonly { readonly time: number; readonly words: string }[] {
  const [, ...lines] = readFileSync(join(path, '.slipway', 'plans', plan, 'journal'), 'utf8').trim().split('\n');
  return lines.map((line) => ({ time: Number(line.split(' ', 1)[0]), words: line.slice(line.indexOf(' ') + 1) }));
}

function plansOf(path: string): readonly string[] {
  return readdirSync(join(path, '.slipway', 'plans'));
}

// A plan that was refused never had the lock. One that waits to be confirmed lets go of it, and takes it again to finish.
function stretches(plan: string, journal: ReturnType<typeof journalOf>): LockTime[] {
  const time = (pattern: RegExp): number | undefined => journal.find(({ words }) => pattern.test(words))?.time;
  const [ran, verified, confirmed, final] = [time(/^run /), time(/^verified$/), time(/^confirmed$/), time(/^final /)];
  const stretch = (from?: number, to?: number): LockTime[] => (from === undefined || to === undefined ? [] : [{ plan, from, to }]);
  const isInOneGo = time(/^begin back$/) === undefined && confirmed === undefined;
  return [...stretch(ran, isInOneGo ? final : verified ?? final), ...stretch(confirmed, final)];
}
