import { commandLine } from '#shared/core/quote';
import type { Identity } from '#shared/database/opened-set';
import { carryOut, type Follow } from '#shared/server/carry-out';
import { newPlanId, type Plan } from '#shared/server/plan';
import type { Server } from '#shared/server/server';
import type { Call } from './engine.ts';
import { effectsOf, locksOf, type Effect, type Lock } from './effects.ts';
import { linesOf, readTexts, type Seen } from './seen.ts';
import type { Rehearsal } from './rehearsal.ts';
import { filesOf, planOf, stepOf, type Work } from './work.ts';

/** Where a rehearsal takes place, and on what. */
export interface Stage {
  /** The set's folder on the server, and the name of its part that holds the database. */
  readonly set: string;
  readonly part: string;
  /** The folder of scratch instances; empty for one of the server's own choice. */
  readonly scratch: string;
  /** What opens the set, if it is encrypted. */
  readonly identity: Identity;
  readonly network: 'none' | 'allowed';
  /** Command of the user's that turns off what reaches out of the copy; empty where there is none. */
  readonly neutralize: string;
}

/** What a rehearsal saw. */
export interface Rehearsed {
  readonly token: string;
  readonly set: string;
  readonly seconds: number;
  readonly migrations: readonly { readonly migration: string; readonly seconds: number }[];
  readonly locks: readonly Lock[];
  readonly tables: readonly Effect[];
}

/** The plan that runs what is pending on a copy, and writes down what it does there. */
export function planRehearsal(work: Work, seen: Pick<Seen, 'facts'>, calls: readonly Call[], stage: Stage, id = newPlanId(new Date())): Plan {
  const { set, part, scratch, network, neutralize } = stage;
  const step = (name: string, title: string, script: string) => stepOf(work, name, 'before', title, script);
  return planOf(work, id, {
    calls, part, clear: 'clear_rehearsal',
    settings: { OPENED: set, NETWORK: network, SCHEMA: seen.facts.schema, SCRATCH: scratch },
    functions: `call_neutralize() {\n${commandLine(['sh', '-e', '-c', neutralize])}\n}`,
    steps: [
      step('open', 'Opening the set', 'can_isolate && open_set'),
      step('hold', 'Restoring the database into a scratch instance', 'hold_copy'),
      ...(neutralize === '' ? [] : [step('neutralize', 'Turning off what reaches out of the copy', 'neutralize')]),
      step('rehearse', `Rehearsing ${calls.length} ${calls.length === 1 ? 'step' : 'steps'}`, 'rehearse_all'),
      stepOf(work, 'tidy', 'after', 'Ending the scratch instance', 'clear_rehearsal'),
    ],
  });
}

/** Runs what is pending on a copy. @throws {PlanFailed} when it fails there, or there is no copy. */
export async function rehearsePending(server: Server, work: Work, seen: Seen, calls: readonly Call[], stage: Stage, follow: Follow): Promise<Rehearsed> {
  const plan = planRehearsal(work, seen, calls, stage);
  await carryOut(server, plan, filesOf(work, calls, [], stage.identity), follow);
  const texts = await readTexts(server, `${work.state}/plans/${plan.id}`, ['record', 'figures.before', 'figures.after', 'locks', 'times']);
  const text = (path: string): string => texts.get(path) ?? '';
  const { token, set, seconds } = JSON.parse(text('record')) as Rehearsal;
  return {
    token, set, seconds,
    migrations: linesOf(text('times')).map((line, index) => ({ migration: calls[index]?.title ?? '', seconds: Number(line.split(' ')[1]) })),
    locks: locksOf(text('locks')), tables: effectsOf(text('figures.before'), text('figures.after'), work.database.kind),
  };
}
