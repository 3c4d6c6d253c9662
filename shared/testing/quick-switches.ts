import type { Run } from '#shared/core/run';
import { carryOut, confirm } from '#shared/server/carry-out';
import { claimMembers } from '#shared/server/ledger';
import { newPlanId, type Plan } from '#shared/server/plan';
import { openServer, type Server } from '#shared/server/server';
import { readDeployed, type DeployedState } from '#shared/server/service';
import { placeOf, type Slot } from '#shared/server/state';
import { moveBack, moveSteps, retireStandby, type Move } from '#shared/traffic/move';
import { planFunctions } from '#shared/traffic/plan-functions';
import { collectedLog } from './collected-log.ts';
import type { Host } from './host.ts';

const STANDBY = 600_000;

/** Moves traffic between two warm slots with the product's own plans, over one connection, so that many moves take little time. */
export interface QuickSwitches extends AsyncDisposable {
  /** Moves users to the other slot, confirmed; gives the release they reach then. `meanwhile` runs between the decision and the plan. */
  move(meanwhile?: () => void): Promise<string>;
}

/** Opens the connection and takes a generation. Both slots must hold a release. */
export async function quickSwitches(host: Host, id: string): Promise<QuickSwitches> {
  const log = collectedLog();
  const server: Server = await openServer(host.sshd.target(), log);
  const run: Run = { id, attempt: 1, url: `https://example.test/runs/${id}`, actor: 'mona', commit: '0'.repeat(40), ref: 'refs/heads/main', repository: 'octo-org/shop', workflow: 'Release' };
  const name = { service: host.service, environment: 'production' };
  const claimed = (await readDeployed(server, name, claimMembers(run, 'switch'))).claimed ?? 0;
  return {
    async move(meanwhile) {
      const state = await readDeployed(server, name);
      const move = moveFrom(state, run);
      meanwhile?.();
      const plan: Plan = {
        id: newPlanId(new Date()), state: state.folder, generation: claimed, lockWait: 60_000, environment: {}, confirmWithin: 60_000,
        functions: planFunctions(move.definition), steps: moveSteps(move), clear: ':', back: moveBack(move), retire: retireStandby(move),
      };
      const follow = { log, signal: new AbortController().signal, service: host.service };
      await carryOut(server, plan, [], follow);
      await confirm(server, plan, follow);
      return move.to.release;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function moveFrom(state: DeployedState, run: Run): Move {
  const to: Slot = state.live === 'blue' ? 'green' : 'blue';
  const release = state.slots[to];
  if (release === undefined || state.live === undefined) throw new Error(`Slot ${to} holds no release to move to.`);
  return { definition: state.definition, to: { slot: to, release }, from: placeOf(state, state.live), run, purpose: 'switch', shares: [], isWhole: true, standby: STANDBY };
}
