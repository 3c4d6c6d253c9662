import { UserError } from '#shared/core/errors';
import type { Share } from '#shared/traffic/share-steps';

/** What `steps` accepts, as it reads after "accepted is". */
export const STEPS = 'rising percentages that end with 100, such as 5, 25, 100';

/** `5, 25, 100` as numbers. @throws {UserError} unless they rise to 100. */
export function parseSteps(given: string): readonly number[] {
  const percentages = given.split(/[,\s]+/).filter(Boolean).map((each) => (/^\d{1,3}%?$/.test(each) ? Number.parseInt(each, 10) : Number.NaN));
  const isRising = percentages.every((percent, index) => percent > (percentages[index - 1] ?? 0));
  if (!isRising || percentages.at(-1) !== 100) throw new UserError(`accepted is ${STEPS}`);
  return percentages;
}

interface SharesAsked {
  readonly weight: number | undefined;
  readonly steps: string | undefined;
  readonly stepDuration: number;
  readonly maxErrorRate: number;
}

/** The shares of traffic that the inputs ask for, and whether all of it follows. */
export function sharesOf({ weight, steps, stepDuration, maxErrorRate }: SharesAsked): { readonly shares: readonly Share[]; readonly isWhole: boolean } {
  const percentages = weight === undefined ? parseSteps(steps ?? '100').slice(0, -1) : [weight];
  return { shares: percentages.map((percent) => ({ percent, watch: stepDuration, maxErrorRate })), isWhole: weight === undefined };
}
