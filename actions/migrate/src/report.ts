import { join } from 'node:path/posix';
import { formatDuration } from '#shared/core/duration';
import type { Decided, Left } from '#shared/migrations/apply';
import type { Migration, Status } from '#shared/migrations/engine';
import type { UnderWay } from '#shared/migrations/seen';
import type { StateFound } from '#shared/migrations/state-found';
import { matching, mismatch } from '#shared/migrations/rehearsal';
import type { Judged } from '#shared/migrations/judge';
import type { Scene, Told } from './migrate.ts';

const heading = ({ inputs, work }: Scene, what: string): string => `${inputs.service}: ${what} of ${work.database.name}`;
const namesOf = (migrations: readonly Migration[]): readonly string[] => migrations.map(({ name }) => name);

/** Tells what is applied and what is pending. */
export function reportStatus(scene: Scene, faults: readonly string[]): void {
  const { job, seen: { status, facts } } = scene;
  outputStatus(scene, status);
  job.log.output([...status.applied.map(({ name }) => `applied  ${name}`), ...status.pending.map(({ name }) => `pending  ${name}`)].join('\n'));
  for (const fault of faults) job.log.warning(fault);
  const line = `${facts.server}: ${status.applied.length} applied, ${status.pending.length} pending.`;
  job.log.info(line);
  job.summarise({ heading: heading(scene, 'status'), paragraphs: [line, ...faults] });
}

/** Tells what the lint found, at file and line, and what cannot be taken back: before anybody approves. */
export function reportJudged({ inputs, job, work, seen }: Scene, { findings, irreversible, unread }: Judged): void {
  const inRepository = (path: string): string => (inputs.source === undefined ? path : join(inputs.source, path));
  job.output({ 'lint-findings': findings.filter(({ waived }) => waived === undefined), irreversible: [...new Set(irreversible.map(({ migration }) => migration))] });
  for (const { rule, level, path, line, message, waived, migration } of findings) {
    if (waived === undefined) job.annotate({ level, title: `${rule}: ${migration}`, message, path: inRepository(path), line });
    job.log.info(`${level} ${rule} ${path}${line === undefined ? '' : `:${line}`}: ${message}${waived === undefined ? '' : ` Waived: ${waived}`}`);
  }
  for (const { migration, path, line, reason } of irreversible) job.annotate({ level: 'warning', title: `${migration} cannot be taken back`, message: reason, path: inRepository(path), line });
  for (const { migration, line, reason } of irreversible) job.log.info(`${migration} cannot be taken back${line === undefined ? '' : ` (line ${line})`}: ${reason}`);
  if (unread.length > 0 && seen.status.pending.length > 0) job.log.info(`Engine ${work.engine.name} does not tell the SQL of ${unread.join(', ')}: what it does, and whether it can be taken back, only the rehearsal shows.`);
}

/** Tells what an apply would do, and whether it may. */
export function reportPlan(scene: Scene, { irreversible, findings }: Told): void {
  const { job, seen: { status, rehearsals, facts }, work } = scene;
  outputStatus(scene, status);
  const rehearsal = matching(rehearsals, facts);
  job.output({ token: rehearsal?.token ?? '' });
  const lost = new Set(irreversible.map(({ migration }) => migration));
  const readiness = status.pending.length === 0 ? '' : rehearsal === undefined ? `Not rehearsed: ${mismatch(rehearsals, facts)}.` : `Rehearsed on set ${rehearsal.set} at ${rehearsal.time}, in ${formatDuration(rehearsal.seconds * 1_000)}.`;
  const line = status.pending.length === 0 ? `Nothing is pending for ${work.database.name}.` : `${status.pending.length} pending for ${work.database.name}: ${namesOf(status.pending).join(', ')}.`;
  job.log.info([line, readiness].filter(Boolean).join(' '));
  job.summarise({
    heading: heading(scene, 'plan'), paragraphs: [line, ...(readiness === '' ? [] : [readiness])],
    ...(status.pending.length > 0 && { table: { columns: ['Pending', 'Can be taken back', 'Findings'], rows: namesOf(status.pending).map((name) => [name, lost.has(name) ? 'no' : work.engine.undo === undefined ? 'not by the engine' : 'yes', String(findings.filter(({ migration, waived }) => migration === name && waived === undefined).length)]) } }),
    ...(findings.length + irreversible.length > 0 && { details: [{ title: 'Findings', text: [...findings.map(({ level, rule, path, line: at, message }) => `${level} ${rule} ${path}:${at ?? ''} ${message}`), ...irreversible.map(({ migration, reason }) => `${migration} cannot be taken back: ${reason}`)].join('\n') }] }),
  });
}

/** Tells that there was nothing to be done. */
export function reportNothing(scene: Scene, line: string): void {
  outputStatus(scene, scene.seen.status);
  scene.job.output({ state: 'untouched', evidence: evidenceOf(scene.seen.status, []) });
  scene.job.log.info(line);
  scene.job.summarise({ heading: heading(scene, 'migrations'), paragraphs: [line] });
}

/** Tells what an apply or undo has left, and how that was found. */
export function reportChange(scene: Scene, { what, migrations, calls }: Decided, left: Left): void {
  const { job, work } = scene;
  outputStatus(scene, left.status);
  job.output({ state: left.state, evidence: { ...evidenceOf(left.status, left.difference), ...(left.half.length > 0 && { half: left.half }), ...(left.rows.length > 0 && { rows: left.rows }) } });
  const line = wording(work.database.name, what, left, migrations.length);
  if (left.state === 'applied') job.log.info(line);
  else job.log.warning(line);
  if (left.state === 'partially-applied') for (const each of left.half) job.log.info(`  ${each}`);
  job.summarise({
    heading: heading(scene, what === 'apply' ? 'migrations' : 'undo'), paragraphs: [line],
    table: { columns: ['Migration', 'Seconds'], rows: calls.map(({ title }, index) => [title, left.seconds[index] === undefined ? '' : String(left.seconds[index])]) },
    ...(left.difference.length > 0 && { details: [{ title: 'What changed in the schema', text: left.difference.join('\n') }] }),
  });
}

/** Tells what was found of an apply that was killed. */
export function reportSettled({ job, work, seen }: Scene, { plan, time, run, difference }: UnderWay, state: StateFound): void {
  job.output({ state, evidence: evidenceOf(seen.status, difference) });
  job.log.warning(`Plan ${plan} of run ${run} was to change ${work.database.name} at ${time} and did not come to its end. State found: ${state}. Applied now: ${seen.status.applied.length}, pending: ${seen.status.pending.length}${difference.length > 0 ? `, and ${difference.length} lines of the schema differ from then` : ''}.`);
}

function outputStatus({ job }: Scene, { applied, pending }: Status): void {
  job.output({ applied: namesOf(applied), pending: namesOf(pending) });
}

/** What a state was found by. */
export function evidenceOf({ applied, pending }: Status, schema: readonly string[]): object {
  return { applied: namesOf(applied), pending: namesOf(pending), schema };
}

function wording(database: string, what: 'apply' | 'undo', { state, status, half, rows }: Left, count: number): string {
  const done = what === 'apply' ? 'applied' : 'undone';
  switch (state) {
    case 'applied': return `${count} ${count === 1 ? 'migration is' : 'migrations are'} ${done} in ${database}.`;
    case 'untouched': return `Nothing of it is left in ${database}: status and schema are what they were before.`;
    case 'partially-applied': return `A part of it is ${done} in ${database}: ${status.applied.length} applied, ${status.pending.length} pending${half.length === 0 ? '' : `, and the one that failed has left ${half.length} changed lines in the schema`}${rows.length === 0 ? '' : ` and changed rows in ${rows.join(', ')}`}.`;
  }
}
