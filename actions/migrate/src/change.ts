import { UserError } from '#shared/core/errors';
import { change, type Decided } from '#shared/migrations/apply';
import { faultOf } from '#shared/migrations/fault';
import { matching, mismatch } from '#shared/migrations/rehearsal';
import { decideUndo } from '#shared/migrations/undo-own';
import type { Scene, Told } from './migrate.ts';
import { evidenceOf, reportChange, reportNothing } from './report.ts';

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
  const decided = decideUndo(work, seen, state.events, ({ run }) => run === job.run.id);
  if (decided === undefined) return reportNothing(scene, `This run has applied nothing to ${work.database.name} that is still applied.`);
  await carryThrough(scene, decided);
}

async function carryThrough(scene: Scene, decided: Decided): Promise<void> {
  const { server, work, follow, job } = scene;
  const changed = await change(server, work, decided, follow);
  if (changed.left !== undefined) reportChange(scene, decided, changed.left);
  if (changed.failure === undefined) return;
  const { state, message, found } = await faultOf(server, work, changed, follow);
  if (changed.left === undefined) job.output({ state, evidence: found && evidenceOf(found.status, found.schema) });
  throw new UserError(message);
}
