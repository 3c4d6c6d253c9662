import { withConfiguration } from '#shared/configuration/configuration';
import { isRolling, rollingTexts } from '#shared/containers/rolling/rolling';
import type { Run } from '#shared/core/run';
import { hasSlots } from '#shared/server/definition';
import { newPlanId, type Plan } from '#shared/server/plan';
import type { DeployedState } from '#shared/server/service';
import { idleSlot, liveRelease, placeOf, slotHolding, type Slot } from '#shared/server/state';
import { moveBack, moveSteps, retireStandby, type Move } from '#shared/traffic/move';
import { planFunctions } from '#shared/traffic/plan-functions';
import { publishBack, publishSteps } from '#shared/traffic/publish';
import { emptySlot, startInSlot } from '#shared/traffic/slot';

const LOCK_WAIT = 300_000;

/** What a rollback goes by. */
export interface Retreat {
  readonly state: DeployedState;
  readonly generation: number;
  readonly to: string;
  readonly run: Run;
  readonly standby: number;
}

/** The plan that takes users back: the same road as a deployment's, without building; what is warm is only switched to. */
export function planRollback(retreat: Retreat): Plan {
  const { state, generation } = retreat;
  const common = { id: newPlanId(new Date()), state: state.folder, generation, lockWait: LOCK_WAIT, confirmWithin: 0, environment: {} };
  const texts = hasSlots(state.definition) ? slotRollback(retreat) : placeRollback(retreat);
  return withConfiguration(state.definition, { ...common, ...texts }, { to: retreat.to, from: liveRelease(state) });
}

/** The slot in which users will reach a release again: where it is warm, else the idle one. Undefined in a service without slots. */
export function slotFor(state: DeployedState, release: string): Slot | undefined {
  return hasSlots(state.definition) ? slotHolding(state, release) ?? idleSlot(state) : undefined;
}

function slotRollback({ state, to, run, standby }: Retreat): Pick<Plan, 'steps' | 'clear' | 'back' | 'retire' | 'functions'> {
  const { definition } = state;
  const warm = slotHolding(state, to);
  const slot = warm ?? idleSlot(state);
  const from = state.live === undefined || state.live === slot ? undefined : placeOf(state, state.live);
  const move: Move = { definition, to: { slot, release: to }, from, closed: state.closed, run, purpose: 'rollback', standby, shares: [], isWhole: true };
  return {
    functions: planFunctions(definition),
    steps: [...(warm === undefined ? startInSlot(definition, move.to) : []), ...moveSteps(move)],
    clear: warm === undefined ? emptySlot(definition, move.to) : ':',
    back: moveBack(move),
    retire: retireStandby(move),
  };
}

function placeRollback({ state: { definition, current }, to, run }: Retreat): Pick<Plan, 'steps' | 'clear' | 'back' | 'functions'> {
  const publication = { definition, release: to, previous: current, run, purpose: 'rollback' } as const;
  if (isRolling(definition)) return rollingTexts({ ...publication, definition });
  return { steps: publishSteps(publication), clear: ':', back: publishBack(publication) };
}
