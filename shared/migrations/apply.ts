import { carryOut, PlanFailed, type Follow } from '#shared/server/carry-out';
import { newPlanId, type Plan } from '#shared/server/plan';
import type { Server } from '#shared/server/server';
import { nextChain, parseChain, renderChain } from './chain.ts';
import type { Call, Migration, Status } from './engine.ts';
import { recipeOf } from './recipe.ts';
import { linesOf, readTexts, type Seen } from './seen.ts';
import type { StateFound } from './state-found.ts';
import { bookOf, eventMembers, filesOf, planOf, stepOf, textEntry, type Work } from './work.ts';

/** A change to a database that was decided on: which migrations, what it was decided by, and what of it cannot be taken back. */
export interface Decided {
  readonly what: 'apply' | 'undo';
  readonly migrations: readonly Migration[];
  readonly calls: readonly Call[];
  readonly seen: Seen;
  /** Names of the migrations that cannot be taken back. */
  readonly irreversible: readonly string[];
  /** Of the rehearsal whose schema the result must have; empty where it is compared with none. */
  readonly token: string;
  readonly isHistoryAccepted: boolean;
  /** The texts of the migrations, in which tables are looked for that a failure may have changed. */
  readonly texts: string;
}

/** What a change has left, found by looking. */
export interface Left {
  readonly state: StateFound;
  readonly status: Status;
  /** Lines of the schema that changed. */
  readonly difference: readonly string[];
  /** Those that the failed migration has left behind. */
  readonly half: readonly string[];
  /** Tables whose rows changed in the failed migration. */
  readonly rows: readonly string[];
  /** Seconds of each call that ended well. */
  readonly seconds: readonly number[];
}

const AFTER = ['after/state', 'after/status', 'after/difference', 'after/half', 'after/rows', 'times'];

/** The plan that applies or undoes migrations, one after the other, and looks after each. */
export function planChange(work: Work, decided: Decided, id = newPlanId(new Date())): Plan {
  const { what, migrations, calls, seen, irreversible, token } = decided;
  const names = migrations.map(({ name }) => name);
  const barrier = irreversible.length === 0 ? '' : `"irreversible":${JSON.stringify(irreversible)},${eventMembers(work, names, token)}`;
  const title = what === 'apply' ? 'Applying' : 'Undoing';
  return planOf(work, id, {
    calls,
    settings: { EXPECTED: seen.identity, BARRIER: barrier, MEMBERS: eventMembers(work, names, token), WHAT: what, TOKEN: token },
    steps: [
      stepOf(work, 'still-so', 'before', `Looking whether ${work.database.name} is still as it was`, 'still_so'),
      stepOf(work, 'free', 'before', 'Looking whether anybody is in the way', 'free_to_go'),
      stepOf(work, 'apply', 'act', `${title} ${names.length} ${names.length === 1 ? 'migration' : 'migrations'}`, 'apply_all'),
      ...(token === '' ? [] : [stepOf(work, 'compare', 'verify', 'Comparing the schema with that of the rehearsal', 'as_rehearsed')]),
      stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room'),
    ],
  });
}

/** How a change went: what it left, and why it failed, if it did. */
export interface Changed {
  readonly plan: string;
  /** Undefined where it did not come so far, or was killed. */
  readonly left: Left | undefined;
  readonly failure: PlanFailed | undefined;
}

/** Has the server carry out a change, and tells what it left, failed or not. */
export async function change(server: Server, work: Work, decided: Decided, follow: Follow): Promise<Changed> {
  const plan = planChange(work, decided);
  let failure: PlanFailed | undefined;
  try {
    await carryOut(server, plan, filesOf(work, decided.calls, [...entriesOf(decided), textEntry('recipe', recipeOf(work))]), follow);
  } catch (error) {
    if (!(error instanceof PlanFailed)) throw error;
    failure = error;
  }
  return { plan: plan.id, left: await readLeft(server, work, plan.id), failure };
}

/** Where the server keeps all that the engine printed last. */
export function outputFile(work: Work): string {
  return `${bookOf(work)}/output`;
}

function entriesOf({ what, seen, isHistoryAccepted, texts }: Decided): ReturnType<typeof filesOf> {
  if (what === 'undo') return [textEntry('named', texts)];
  const chain = isHistoryAccepted ? [] : parseChain(seen.chain);
  return [textEntry('named', texts), textEntry('chain', renderChain(nextChain(seen.status, chain, seen.hashes, isHistoryAccepted)))];
}

async function readLeft(server: Server, { state, engine, setup }: Work, plan: string): Promise<Left | undefined> {
  const texts = await readTexts(server, `${state}/plans/${plan}`, AFTER);
  const found = texts.get('after/state')?.trim();
  if (found === undefined) return undefined;
  const lines = (path: string): readonly string[] => linesOf(texts.get(path) ?? '');
  return {
    state: found as StateFound, status: engine.parseStatus(texts.get('after/status') ?? '', setup), difference: lines('after/difference'), half: lines('after/half'), rows: lines('after/rows'),
    seconds: lines('times').map((line) => Number(line.split(' ')[1])),
  };
}
