import { inSeconds } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { planCopies, type Copies } from '#shared/database/copy-plan';
import { isOf } from '#shared/database/backup-set';
import { readSets } from '#shared/database/read-sets';
import type { Job } from '#shared/runner/action';
import { sshTarget } from '#shared/runner/connection-inputs';
import { latestClaim } from '#shared/server/ledger';
import { carryOut } from '#shared/server/carry-out';
import { describePlan, newPlanId } from '#shared/server/plan';
import { openServer } from '#shared/server/server';
import { readDeployed } from '#shared/server/service';
import type { ProofHost } from '#shared/database/proof-host';
import { backupFiles, planBackup, type Backup, type Encryption } from '#shared/database/set-plan';
import { expiredSets } from '#shared/database/retention';
import { proofOfSet } from '#shared/database/source';
import type { action, Inputs } from './inputs.ts';
import { parseCopyPlace, parseFarPlace } from './copy-place.ts';
import { copySet } from './copy.ts';
import { reportList, reportSet } from './report.ts';
import { restoreSet } from './restore.ts';

/** Takes a backup set on the server and proves it there, lists the sets, or makes one live again. */
export async function dbBackup(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  const began = performance.now();
  await operate(inputs, job);
  job.output({ duration: inSeconds(performance.now() - began) });
}

async function operate(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  await using server = await openServer(sshTarget(inputs), job.log, job.signal);
  const state = await readDeployed(server, inputs);
  const directory = inputs.directory ?? `${state.definition.path}/backups`;
  const sets = await readSets(server, directory);
  if (inputs.operation === 'list') return reportList(job, directory, sets);
  if (inputs.operation !== 'backup') return restoreSet(inputs, job, server, state, { directory, sets });
  const generation = latestClaim(state.events)?.generation ?? 0;
  const backup = backupFrom(inputs, job, { definition: state.definition, state: state.folder, generation, directory }, sets);
  const plan = planBackup(backup);
  if (inputs.dryRun) {
    const copies = copiesOf(backup, inputs);
    const plans = [plan, ...(copies === undefined ? [] : [planCopies(copies)])];
    return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(plans.map(describePlan).join('\nThen, as a plan of its own:\n')));
  }
  await carryOut(server, plan, backupFiles(backup), { log: job.log, signal: job.signal, service: inputs.service });
  const set = (await readSets(server, directory)).find((each) => each.set === backup.set);
  if (set === undefined) throw new UserError(`Set ${backup.set} was taken, but is not in ${directory} of ${server.label} any more. Look who else removes files there.`);
  await reportSet(job, `${directory}/${backup.set}`, set);
  const copies = copiesOf(backup, inputs);
  if (copies === undefined) return;
  await copySet(server, copies, job, inputs.service);
  job.output({ copies: inputs.copyTo });
}

function copiesOf(backup: Backup, { copyTo, copySshKey, copyKnownHosts = '', s3Endpoint = '', s3AccessKey, s3SecretKey, timeout }: Inputs): Copies | undefined {
  if (copyTo.length === 0) return undefined;
  const access = { s3Endpoint, ...(copySshKey !== undefined && { ssh: { sshKey: copySshKey, knownHosts: copyKnownHosts } }), ...(s3AccessKey !== undefined && { s3AccessKey }), ...(s3SecretKey !== undefined && { s3SecretKey }) };
  return { ...backup, id: newPlanId(new Date()), places: copyTo.map(parseCopyPlace), access, timeout };
}

type Place = Pick<Backup, 'definition' | 'state' | 'generation' | 'directory'>;

function backupFrom(inputs: Inputs, { run }: Job<typeof action>, place: Place, sets: Awaited<ReturnType<typeof readSets>>): Backup {
  const { sources = [], references = [], verify, compression, quiesce = '', resume = '', lockTimeout, timeout, scratchDirectory = '' } = inputs;
  const set = newPlanId(new Date());
  const expected = { set, time: new Date().toISOString(), proof: proofOfSet({ sources, verify }) };
  // What takes the same parts replaces it; a nightly set of everything is none of a set's business that is taken before each release.
  const parts = (named: readonly { readonly name: string }[]): string => JSON.stringify(named.map(({ name }) => name).sort());
  const replaced = sets.filter(isOf(place.definition)).filter((each) => parts(each.parts) === parts(sources));
  const expired = expiredSets(expected, replaced, { last: inputs.keepLast, daily: inputs.keepDaily, weekly: inputs.keepWeekly, monthly: inputs.keepMonthly, minimum: inputs.keepMinimum });
  return { ...place, set, run, scratch: scratchDirectory, sources, references, verify, proofHost: proofHostOf(inputs), compression, encryption: encryptionOf(inputs), quiesce, resume, lockTimeout, timeout, expired };
}

function proofHostOf({ proofHost = '', proofSshKey, proofKnownHosts = '' }: Inputs): ProofHost | undefined {
  const place = parseFarPlace(proofHost);
  return place && proofSshKey && { place, login: { sshKey: proofSshKey, knownHosts: proofKnownHosts } };
}

function encryptionOf({ ageRecipients, gpgKey }: Inputs): Encryption {
  if (gpgKey !== undefined) return { program: 'gpg', recipients: gpgKey };
  return ageRecipients.length > 0 ? { program: 'age', recipients: ageRecipients.join('\n') } : { program: 'none', recipients: '' };
}
