import { withConfiguration } from '#shared/configuration/configuration';
import { newPlanId, type Plan } from '#shared/server/plan';
import { failureHook, moveBack, moveSteps, retireStandby } from '#shared/traffic/move';
import { planFunctions } from '#shared/traffic/plan-functions';
import type { Decision } from './decide.ts';
import type { Inputs } from './inputs.ts';

const LOCK_WAIT = 300_000;
/** How much longer than its own proof this step may need until it confirms. */
const MARGIN = 60_000;

/** The plan that moves traffic and goes back by itself unless it is confirmed. */
export function planSwitch({ move, generation, folder, continues }: Decision, { confirmWithin, proofTimeout }: Inputs): Plan {
  const watched = move.shares.reduce((sum, { watch }) => sum + watch, 0);
  const plan: Plan = {
    id: newPlanId(new Date()), state: folder, generation, lockWait: LOCK_WAIT, environment: {},
    confirmWithin: watched + (confirmWithin ?? proofTimeout + MARGIN),
    ...(continues !== undefined && { continues }),
    functions: planFunctions(move.definition, move.held),
    steps: moveSteps(move),
    clear: [':', ...failureHook(move)].join('\n'),
    back: moveBack(move),
    retire: retireStandby(move),
  };
  // Where users are already there is nothing before it: a job that is run again.
  return withConfiguration(move.definition, plan, { to: move.to.release, from: move.from?.release });
}
