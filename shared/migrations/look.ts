import { carryOut, type Follow } from '#shared/server/carry-out';
import { newPlanId, type Plan } from '#shared/server/plan';
import type { Server } from '#shared/server/server';
import { quote } from '#shared/core/quote';
import { members } from '#shared/server/ledger';
import type { Migration } from './engine.ts';
import { readSeen, readTexts, type Seen, type UnderWay } from './seen.ts';
import { stateFound, type StateFound } from './state-found.ts';
import { filesOf, folderOf, planOf, stepOf, type Work } from './work.ts';

/** The plan that looks at a database, its migrations and their files, and changes nothing. */
export function planLook(work: Work, id = newPlanId(new Date())): Plan {
  return planOf(work, id, { steps: [stepOf(work, 'look', 'before', `Looking at ${work.database.name} and its migrations`, 'look_around'), stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room')] });
}

/** What is applied and what is pending, and all that a decision needs. @throws {PlanFailed} when the database or the engine does not tell. */
export async function look(server: Server, work: Work, follow: Follow): Promise<Seen> {
  const plan = planLook(work);
  await carryOut(server, plan, filesOf(work), follow);
  return readSeen(server, work.state, plan.id, work.engine, work.setup);
}

/** What is found after an apply that did not live to tell; it is written into the ledger, and then forgotten. */
export async function settle(server: Server, work: Work, { underWay, status }: Seen & { readonly underWay: UnderWay }, follow: Follow): Promise<StateFound> {
  const { what, before, difference, plan, migrations } = underWay;
  const state = stateFound(what, before, status, difference.length > 0);
  const event = `${members({ what, state, ...(state === 'untouched' && { lifts: plan }), of: plan, run: underWay.run, database: work.database.name, engine: work.engine.name })},"migrations":${JSON.stringify(migrations)}`;
  const settling = planOf(work, newPlanId(new Date()), { steps: [stepOf(work, 'settle', 'after', `Recording what plan ${plan} has left`, `settle ${quote(event)}`)] });
  await carryOut(server, settling, [], follow);
  return state;
}

/** The texts of some of the migrations, by name: of their files, as the look found them, or what the engine prints; of those for which there is one. */
export async function textsOf(server: Server, work: Work, { plan }: Pick<Seen, 'plan'>, migrations: readonly Migration[], follow: Follow): Promise<ReadonlyMap<string, string>> {
  const { sql } = work.engine;
  if (sql !== undefined) return printedTexts(server, work, migrations, sql, follow);
  const files = migrations.flatMap(({ file }) => file ?? []);
  if (files.length === 0) return new Map();
  const texts = await readTexts(server, folderOf(work, plan), files);
  return new Map(migrations.flatMap(({ name, file }) => (file !== undefined && texts.has(file) ? [[name, texts.get(file) ?? ''] as const] : [])));
}

async function printedTexts(server: Server, work: Work, migrations: readonly Migration[], sql: NonNullable<Work['engine']['sql']>, follow: Follow): Promise<ReadonlyMap<string, string>> {
  if (migrations.length === 0) return new Map();
  const id = newPlanId(new Date());
  const calls = migrations.map((migration) => ({ title: migration.name, script: sql(work.setup, migration) }));
  const plan = planOf(work, id, { calls, steps: [stepOf(work, 'print', 'before', 'Reading what migrations run', 'print_all'), stepOf(work, 'tidy', 'after', 'Tidying up', 'clear_room')] });
  await carryOut(server, plan, filesOf(work, calls), follow);
  const texts = await readTexts(server, `${work.state}/plans/${id}/printed`, migrations.map((_, index) => String(index + 1)));
  return new Map(migrations.flatMap(({ name }, index) => (texts.has(String(index + 1)) ? [[name, texts.get(String(index + 1)) ?? ''] as const] : [])));
}
