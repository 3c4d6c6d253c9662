import { newPlanId, type Plan } from '#shared/server/plan';
import { moveBack, moveSteps, retireStandby, type Move } from '#shared/traffic/move';
import type { Inputs } from './inputs.ts';

const LOCK_WAIT = 300_000;
/** How much longer than its own proof this step may need until it confirms. */
const MARGIN = 60_000;

/** The plan that moves traffic and goes back by itself unless it is confirmed. */
export function planSwitch(move: Move, generation: number, folder: string, { confirmWithin, proofTimeout }: Inputs): Plan {
  return {
    id: newPlanId(new Date()), state: folder, generation, lockWait: LOCK_WAIT, environment: {},
    confirmWithin: confirmWithin ?? proofTimeout + MARGIN,
    steps: moveSteps(move),
    clear: ':',
    back: moveBack(move),
    retire: retireStandby(move),
  };
}
