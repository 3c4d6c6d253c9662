import { UserError } from '#shared/core/errors';
import { change, outputFile, type Changed, type Decided } from '#shared/migrations/apply';
import type { Migration } from '#shared/migrations/engine';
import { look, settle } from '#shared/migrations/look';
import { matching, mismatch } from '#shared/migrations/rehearsal';
import { appliedBy } from '#shared/migrations/own-migrations';
import type { Scene, Told } from './migrate.ts';
import { reportChange, reportNothing } from './report.ts';

/** Applies what is pending, if it was rehearsed as it is. */
export async function applyPending(scene: Scene, told: Told): Promise<void> {
  const { inputs, work, seen } = scene;
  const { pending } = seen.status;
  if (pending.length === 0) return reportNothing(scene, `Nothing is pending for ${work.database.name}.`);
  refuseFindings(told);
  const rehearsal = matching(seen.rehearsals, seen.facts);
  if (rehearsal === undefined && inputs.requireRehearsal) {
    throw new UserError(`What is pending for ${work.database.name} was not rehearsed as it is: ${mismatch(seen.rehearsals, seen.facts)}. Run operation: rehearse first, or set require-rehearsal: false.`);
  }
  scene.job.output({ token: rehearsal?.token ?? '' });
  await carryThrough(scene, {
    what: 'apply', migrations: pending, calls: work.engine.apply(work.setup, pending), seen, irreversible: [...new Set(told.irreversible.map(({ migration }) => migration))], token: rehearsal?.token ?? '',
    isHistoryAccepted: inputs.editedHistory === 'accept', texts: [...told.texts.values()].join('\n'),
  });
}

/** Stops for findings of the lint that weigh as errors. @throws {UserError} when there are any without a waiver. */
export function refuseFindings({ findings }: Told): void {
  const errors = findings.filter(({ level, waived }) => level === 'error' && waived === undefined);
  if (errors.length === 0) return;
  throw new UserError(`The lint stops this, because it would hold users up or break what runs now:\n  ${errors.map(({ rule, path, line, message }) => `${path}${line === undefined ? '' : `:${line}`} ${rule}: ${message}`).join('\n  ')}\nChange the migration, waive a finding with a reason, or give its rule another level with lint.`);
}

/** Undoes what this run has applied, the newest first. */
export async function undoOwn(scene: Scene): Promise<void> {
  const { work, seen, state, job } = scene;
  const own = new Set(appliedBy(state.events, job.run.id, work));
  const migrations = seen.status.applied.filter(({ name }) => own.has(name)).toReversed();
  if (migrations.length === 0) return reportNothing(scene, `This run has applied nothing to ${work.database.name} that is still applied.`);
  if (work.engine.undo === undefined) throw new UserError(`Engine ${work.engine.name} has no way back. Restore a backup set instead: operation: restore of db-backup.`);
  const calls = work.engine.undo(work.setup, migrations);
  await carryThrough(scene, { what: 'undo', migrations, calls, seen, irreversible: [], token: '', isHistoryAccepted: false, texts: '' });
}

async function carryThrough(scene: Scene, decided: Decided): Promise<void> {
  const { server, work, follow } = scene;
  const changed = await change(server, work, decided, follow);
  if (changed.left !== undefined) reportChange(scene, decided, changed.left);
  if (changed.failure === undefined) return;
  throw new UserError(await faultOf(scene, decided.migrations, changed));
}

// Who was killed says nothing of what it left, so it is looked for.
async function faultOf({ server, work, follow, job }: Scene, migrations: readonly Migration[], { failure, left }: Changed): Promise<string> {
  const outcome = failure?.outcome;
  if (left !== undefined) {
    const lines = (outcome?.lastLines ?? []).map((line) => `  | ${line}`).join('\n');
    return `The migrations of ${work.database.name} failed. State found: ${left.state}.\n${lines}\nAll that was printed is in ${outputFile(work)} on ${server.label}.`;
  }
  if (outcome?.state === 'cleared' || outcome?.state === 'refused' || outcome?.state === 'cancelled' || outcome?.state === 'locked') {
    job.output({ state: 'untouched' });
    return failure?.message ?? '';
  }
  const seen = await look(server, work, follow);
  const state = seen.underWay === undefined ? 'untouched' : await settle(server, work, { ...seen, underWay: seen.underWay }, follow);
  job.output({ state, evidence: { applied: seen.status.applied.map(({ name }) => name), pending: seen.status.pending.map(({ name }) => name), schema: seen.underWay?.difference ?? [] } });
  return `The plan that was to change ${work.database.name} (${migrations.length} migrations) did not come to its end. State found: ${state}.\n${failure?.message ?? ''}`;
}
