import type { Follow } from '#shared/server/carry-out';
import type { Server } from '#shared/server/server';
import { outputFile, type Changed } from './apply.ts';
import type { Status } from './engine.ts';
import { look, settle } from './look.ts';
import type { StateFound } from './state-found.ts';
import type { Work } from './work.ts';

/** What a change that failed has left, and what people should read. */
export interface Fault {
  readonly state: StateFound;
  readonly message: string;
  /** What was found where the change itself did not live to tell, and the lines of the schema that differ. */
  readonly found?: { readonly status: Status; readonly schema: readonly string[] };
}

const BEFORE_ANYTHING = new Set(['cleared', 'refused', 'cancelled', 'locked', 'blocked']);

/** Why a change failed and what it left. One that was killed says nothing of that, so it is looked for. */
export async function faultOf(server: Server, work: Work, { failure, left }: Pick<Changed, 'failure' | 'left'>, follow: Follow): Promise<Fault> {
  const { name } = work.database;
  const outcome = failure?.outcome;
  if (left !== undefined) {
    const lines = (outcome?.lastLines ?? []).map((line) => `  | ${line}`).join('\n');
    return { state: left.state, message: `The migrations of ${name} failed. State found: ${left.state}.\n${lines}\nAll that was printed is in ${outputFile(work)} on ${server.label}.` };
  }
  if (outcome?.state !== undefined && BEFORE_ANYTHING.has(outcome.state)) return { state: 'untouched', message: failure?.message ?? '' };
  const seen = await look(server, work, follow);
  const state = seen.underWay === undefined ? 'untouched' : await settle(server, work, { ...seen, underWay: seen.underWay }, follow);
  return { state, message: `The plan that was to change ${name} did not come to its end. State found: ${state}.\n${failure?.message ?? ''}`, found: { status: seen.status, schema: seen.underWay?.difference ?? [] } };
}
