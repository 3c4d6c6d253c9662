import { formatDuration } from '#shared/core/duration';
import { permyriad } from '#shared/core/percentage';
import { commandLine } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import type { ServiceDefinition } from '#shared/server/definition';
import { members } from '#shared/server/ledger';
import type { Step } from '#shared/server/plan';
import type { Place } from '#shared/server/state';
import { awaitHealthy } from '#shared/server/user-command';
import { route } from './router.ts';
import { shareOf } from './share.ts';
import { slotOccasion } from './slot.ts';

const MOMENT = 15_000;

/** A part of the traffic, in percent, for so many milliseconds at least, and how many of the slot's answers may be errors, in percent. */
export interface Share {
  readonly percent: number;
  readonly watch: number;
  readonly maxErrorRate: number;
}

/** The steps that give a slot one share after the other; each is watched by the server itself, runner or no runner. */
export function shareSteps(definition: ServiceDefinition, to: Place & { readonly release: string }, shares: readonly Share[], run: Run): Step[] {
  const { slot, release } = to;
  const checkShare = `check_share() {\n${awaitHealthy(definition, slotOccasion(definition, to), 0)}\n}`;
  return shares.flatMap(({ percent, watch, maxErrorRate }): Step[] => {
    const record = commandLine(['record', 'share', members({ ...runMembers(run), release, slot, percent })]);
    const watching = commandLine(['watch_share', slot, String(Math.ceil(watch / 1_000)), String(permyriad(maxErrorRate))]);
    return [
      { name: `share-${percent}`, title: `Sending ${percent} % of traffic to slot ${slot}`, phase: 'act', timeout: MOMENT, script: `${route('send_traffic', shareOf(slot, percent))}\n${record}` },
      {
        name: `watch-${percent}`, title: `Watching ${release} at ${percent} % for ${formatDuration(watch)}`, phase: 'watch', timeout: watch + 2 * MOMENT,
        script: `${checkShare}\n${watching}\ntell_traffic at-${percent}`,
      },
    ];
  });
}
