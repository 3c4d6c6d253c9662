import type { Slot } from '#shared/server/state';

/**
 * Where traffic goes, as routers take it: the percentage of requests that slot green gets (blue gets the rest), `closed` during
 * maintenance, or `none` before the first switch.
 */
export type Target = number | 'closed' | 'none';

/** The target that gives a slot so many percent. */
export function shareOf(slot: Slot, percent: number): Target {
  return slot === 'green' ? percent : 100 - percent;
}

/** The other slot. */
export function otherSlot(slot: Slot): Slot {
  return slot === 'blue' ? 'green' : 'blue';
}
