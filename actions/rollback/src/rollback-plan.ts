import { withConfiguration } from '#shared/configuration/configuration';
import { isRolling, rollingTexts } from '#shared/containers/rolling/rolling';
import type { Run } from '#shared/core/run';
import { hasSlots, type ServiceDefinition } from '#shared/server/definition';
import { newPlanId, type Plan, type Step } from '#shared/server/plan';
import { restoreSteps, type Restore } from '#shared/database/restore-plan';
import type { DeployedState } from '#shared/server/service';
import { definitionOf, heldDefinitions, idleSlot, liveRelease, placeOf, slotHolding, type Slot } from '#shared/server/state';
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
  /** The data that goes back with it. */
  readonly data?: Restore | undefined;
  /** A plan that stopped at a schema barrier, whose traffic this one takes on. */
  readonly continues?: string | undefined;
}

/** The plan that takes users back: the same road as a deployment's, without building; what is warm is only switched to. */
export function planRollback(retreat: Retreat): Plan {
  const { state, generation, data, continues } = retreat;
  const common = { id: data?.id ?? newPlanId(new Date()), state: state.folder, generation, lockWait: LOCK_WAIT, confirmWithin: 0, environment: {}, ...(continues !== undefined && { continues }) };
  const texts = hasSlots(state.definition) ? slotRollback(retreat) : placeRollback(retreat);
  const moved = data === undefined ? texts : withData(texts, data);
  return withConfiguration(state.definition, { ...common, ...moved }, { to: retreat.to, from: liveRelease(state) });
}

// The release that is gone back to needs the data it knows, so it is started and asked only once that is live.
function withData(texts: Texts, data: Restore): Texts {
  const { before, closing, swapping, opening, after, functions, clear, back } = restoreSteps(data);
  const isOfRouter = ({ name }: Step): boolean => name === 'check-router' || name === 'check-current';
  const of = (phase: Step['phase']): readonly Step[] => texts.steps.filter((step) => step.phase === phase);
  const later = of('before').filter((step) => !isOfRouter(step)).map((step) => ({ ...step, phase: 'act' as const }));
  return {
    ...texts,
    steps: [...before, ...of('before').filter(isOfRouter), closing, swapping, opening, ...later, ...of('act'), ...of('verify'), after, ...of('after')],
    functions: `${texts.functions ?? ''}\n${functions}`,
    clear,
    back: `unrestored=\n${back} || unrestored=yes\n${texts.back}\n${texts.clear}\n[ -z "$unrestored" ]`,
  };
}

/** The slot in which users will reach a release again: where it is warm, else the idle one. Undefined in a service without slots. */
export function slotFor(state: DeployedState, release: string): Slot | undefined {
  return hasSlots(state.definition) ? slotHolding(state, release) ?? idleSlot(state) : undefined;
}

type Texts = Pick<Plan, 'steps' | 'clear' | 'back' | 'retire' | 'functions'>;

function slotRollback({ state, to, run, standby }: Retreat): Texts {
  const { definition } = state;
  const warm = slotHolding(state, to);
  const slot = warm ?? idleSlot(state);
  const own = definitionOf(state, definition, { slot, release: to });
  const held = heldDefinitions(state, definition);
  const from = state.live === undefined || state.live === slot ? undefined : placeOf(state, state.live);
  const move: Move = { definition, held: { ...held, [slot]: own }, to: { slot, release: to }, from, closed: state.closed, run, purpose: 'rollback', standby, shares: [], isWhole: true };
  return {
    functions: planFunctions(own, move.held),
    steps: [...(warm === undefined ? startInSlot(own, move.to, held[slot]) : []), ...moveSteps(move)],
    clear: warm === undefined ? emptySlot(own, move.to) : ':',
    back: moveBack(move),
    retire: retireStandby(move),
  };
}

function placeRollback({ state, to, run }: Retreat): Texts {
  const { current } = state;
  const [definition, before] = [to, current].map((release) => definitionOf(state, state.definition, { release })) as [ServiceDefinition, ServiceDefinition];
  const publication = { definition, before, release: to, previous: current, run, purpose: 'rollback' } as const;
  if (isRolling(definition)) return rollingTexts({ ...publication, definition });
  return { steps: publishSteps(publication), clear: ':', back: publishBack(publication) };
}
