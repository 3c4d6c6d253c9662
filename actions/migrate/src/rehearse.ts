import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { isOf, type Manifest } from '#shared/database/backup-set';
import { readSets } from '#shared/database/read-sets';
import { isProven } from '#shared/database/retention';
import type { ServiceDefinition } from '#shared/server/definition';
import type { MigrationDatabase } from '#shared/migrations/database-entry';
import { rehearsePending, type Rehearsed } from '#shared/migrations/rehearse';
import { refuseFindings } from './change.ts';
import type { Inputs } from './inputs.ts';
import type { Scene, Told } from './migrate.ts';
import { reportNothing, reportPlan } from './report.ts';

/** Runs what is pending on a proven copy, and writes down what it does there. */
export async function rehearse(scene: Scene, told: Told): Promise<void> {
  const { inputs, server, work, seen, follow, job } = scene;
  const { pending } = seen.status;
  if (pending.length === 0) return reportNothing(scene, `Nothing is pending for ${work.database.name}, so there is nothing to rehearse.`);
  reportPlan(scene, told);
  refuseFindings(told);
  const folder = inputs.sets ?? `${work.definition.path}/backups`;
  const { set, part } = chooseSet(await readSets(server, folder), inputs, folder, work.definition);
  job.log.info(`On set ${set}, the ${inputs.set === undefined ? 'newest proven' : 'one that was asked for'}`);
  const { ageIdentity: age, gpgSecretKey: gpg, gpgPassphrase: passphrase } = inputs;
  const identity = { ...(age && { age }), ...(gpg && { gpg }), ...(passphrase && { passphrase }) };
  const stage = { set: `${folder}/${set}`, part, identity, scratch: inputs.scratchDirectory ?? '', network: inputs.rehearsalNetwork, neutralize: inputs.neutralize ?? '' };
  const rehearsed = await rehearsePending(server, work, seen, work.engine.apply(work.setup, pending), stage, follow);
  job.output({ token: rehearsed.token, rehearsal: rehearsed });
  reportRehearsal(scene, rehearsed);
}

function chooseSet(sets: readonly Manifest[], { set: wanted, database }: Inputs, folder: string, definition: ServiceDefinition): { readonly set: string; readonly part: string } {
  const found = sets.flatMap((manifest) => {
    const part = partOf(manifest, database);
    return part === undefined ? [] : [{ set: manifest.set, part: part.name, isProven: isProven(part.proof), isOwn: isOf(definition)(manifest) }];
  });
  const chosen = wanted === undefined ? found.findLast((each) => each.isProven && each.isOwn) ?? found.findLast((each) => each.isProven) : found.find(({ set }) => set === wanted);
  if (chosen !== undefined) return chosen;
  if (wanted !== undefined) throw new UserError(`There is no set ${wanted} with ${database.name} in ${folder}. There are: ${found.map(({ set }) => set).join(', ') || 'none'}.`);
  throw new UserError(`There is no proven set with ${database.name} in ${folder} to rehearse on. Take one with db-backup first.`);
}

function partOf({ parts }: Manifest, { kind, database, name }: MigrationDatabase): Manifest['parts'][number] | undefined {
  const same = parts.filter((part) => part.kind === kind && part.database === database);
  return same.find((part) => part.name === name) ?? same[0];
}

function reportRehearsal({ inputs, job, work }: Scene, { token, set, seconds, migrations, locks, tables }: Rehearsed): void {
  const line = `Rehearsed on set ${set} in ${formatDuration(seconds * 1_000)}: ${migrations.length} of ${migrations.length} ended well. Token ${token}.`;
  job.log.info(line);
  for (const { table, mode, seconds: held } of locks) job.log.info(`  ${mode} on ${table} for about ${held} s`);
  for (const { table, is, rows } of tables) job.log.info(`  ${table} is ${is}, ${rows} rows`);
  job.summarise({
    heading: `${inputs.service}: rehearsal of ${work.database.name}`, paragraphs: [line],
    table: { columns: ['Migration', 'Seconds'], rows: migrations.map((each) => [each.migration, String(each.seconds)]) },
  });
  if (tables.length > 0) job.summarise({ heading: 'Tables', table: { columns: ['Table', 'Is', 'Rows'], rows: tables.map(({ table, is, rows }) => [table, is, String(rows)]) } });
  if (locks.length > 0) job.summarise({ heading: 'Locks that hold others up', table: { columns: ['Table', 'Lock', 'For about, s'], rows: locks.map((lock) => [lock.table, lock.mode, String(lock.seconds)]) } });
}
