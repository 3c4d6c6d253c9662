import type { Case } from './kill-case.ts';
import type { Kind } from './kill-kinds.ts';
import type { Step } from './kill-steps.ts';

/**
 * As few of these cases as show each feature that any of them has, the same ones each time; all of them with SLIPWAY_FULL=1, and where
 * SLIPWAY_KILL chooses among them.
 */
export function sampled(cases: readonly Case[], featuresOf: (each: Case) => readonly string[]): readonly Case[] {
  if (process.env['SLIPWAY_FULL'] === '1' || process.env['SLIPWAY_KILL'] !== undefined) return cases;
  const missing = new Set(cases.flatMap(featuresOf));
  const chosen: Case[] = [];
  while (missing.size > 0) {
    const gain = (each: Case): number => featuresOf(each).filter((feature) => missing.has(feature)).length;
    const best = cases.reduce((one, other) => (gain(other) > gain(one) ? other : one));
    chosen.push(best);
    featuresOf(best).forEach((feature) => missing.delete(feature));
  }
  return chosen;
}

/** Where a case strikes, whatever its kind: the name of the step or other point, and the phase that this is in. */
export function placeOf({ kind, moment }: Case, steps: ReadonlyMap<Kind, readonly Step[]>): { readonly point: string; readonly phase: string } {
  if (!('point' in moment)) return { point: '', phase: '' };
  const step = steps.get(kind)?.find(({ name }) => `step-${name}` === moment.point);
  return { point: moment.point, phase: step?.phase ?? moment.point };
}
