import { handOverStep, settleStep } from '#shared/containers/stack/stack';
import { commandLine } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import type { ServiceDefinition } from '#shared/server/definition';
import { members, type LedgerEvent } from '#shared/server/ledger';
import type { Plan, Step } from '#shared/server/plan';
import type { DeployedState } from '#shared/server/service';
import { definitionOf, heldDefinitions, placeOf, type Place } from '#shared/server/state';
import { awaitHealthy } from '#shared/server/user-command';
import { planFunctions } from './plan-functions.ts';
import { entryListener, route } from './router.ts';
import { shareOf, type Target } from './share.ts';
import { emptySlot, revive, slotOccasion, startInSlot } from './slot.ts';

const MOMENT = 15_000;
const STOPPING = 120_000;
const HEALTHY_WITHIN = 10_000;

type Change = Pick<Plan, 'steps' | 'clear' | 'back' | 'functions'>;

/** What closes a service: users get the maintenance page now and after a boot; with `stops`, both slots are emptied as well. */
export function closing({ state, run, stops }: { readonly state: DeployedState; readonly run: Run; readonly stops: boolean }): Change {
  const { definition, live, closed } = state;
  const held = heldDefinitions(state, definition);
  const slot = live ?? closed?.slot;
  const who = members({ ...runMembers(run), slot, release: (live && state.slots[live]) ?? closed?.release });
  const before = closed !== undefined ? 'closed' : targetOf(live);
  const record = commandLine(['record', 'close', who]);
  return {
    functions: planFunctions(definition, held),
    steps: [
      { name: 'check-router', title: 'Checking the router', phase: 'before', timeout: MOMENT, script: [route('prepare_traffic', 'closed'), route('prepare_traffic', before), 'tell_traffic before'].join('\n') },
      { name: 'close', title: 'Closing the service for maintenance', phase: 'act', timeout: MOMENT, script: route('send_traffic', 'closed') },
      { name: 'keep-closed', title: 'Making it stay so over a boot', phase: 'after', timeout: MOMENT, script: `${route('keep_traffic', 'closed')}\n${record}` },
      ...(stops ? [stopSlots(state)] : []),
    ],
    clear: ':',
    back: route('send_traffic', before),
  };
}

/** What opens a service again for the release that was live when it was closed. */
export function opening({ state, run, closed }: { readonly state: DeployedState; readonly run: Run; readonly closed: LedgerEvent }): Change {
  const { live } = state;
  if (live === undefined) throw new Error('A service that is closed had a live slot');
  const place: Place = { slot: live, release: state.slots[live] ?? closed.release };
  const definition = definitionOf(state, state.definition, place);
  const target = shareOf(live, 100);
  const record = commandLine(['record', 'open', members({ ...runMembers(run), slot: live, release: place.release })]);
  return {
    functions: planFunctions(definition, { ...heldDefinitions(state, state.definition), [live]: definition }),
    steps: [
      { name: 'check-router', title: 'Checking the router', phase: 'before', timeout: MOMENT, script: [route('prepare_traffic', target), route('prepare_traffic', 'closed')].join('\n') },
      ...bringUp(definition, state, place),
      ...handOverStep(definition, 'singleton', live, 'act'),
      { name: 'open', title: `Sending users to slot ${live} again`, phase: 'act', timeout: MOMENT, script: route('send_traffic', target) },
      ...handOverStep(definition, 'worker', live, 'verify'),
      {
        name: 'check-live', title: 'Checking that it answers where users are', phase: 'verify', timeout: 2 * MOMENT,
        script: awaitHealthy(definition, slotOccasion(definition, place), HEALTHY_WITHIN, entryListener(definition)),
      },
      ...settleStep(definition, live),
      { name: 'keep-open', title: 'Making it stay so over a boot', phase: 'after', timeout: MOMENT, script: `${route('keep_traffic', target)}\n${record}` },
    ],
    clear: ':',
    back: route('send_traffic', 'closed'),
  };
}

function targetOf(live: DeployedState['live']): Target {
  return live === undefined ? 'none' : shareOf(live, 100);
}

function stopSlots(state: DeployedState): Step {
  const scripts = (['blue', 'green'] as const).map((slot) => emptySlot(definitionOf(state, state.definition, placeOf(state, slot)), placeOf(state, slot)));
  return { name: 'stop-slots', title: 'Stopping what runs in the slots', phase: 'after', timeout: 2 * STOPPING, script: ['rm -f "$STATE/standby"', ...scripts].join('\n') };
}

// An emergency stop has emptied the slot.
function bringUp(definition: ServiceDefinition, state: DeployedState, place: Place): Step[] {
  const { slot, release } = place;
  if (state.slots[slot] === undefined && release !== undefined) return startInSlot(definition, { slot, release });
  return [{ name: 'check-slot', title: `Checking that slot ${slot} is healthy`, phase: 'before', timeout: definition.health.timeout + MOMENT, script: revive(definition, place, definition.health.timeout) }];
}
