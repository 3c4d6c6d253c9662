import { UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import type { Run } from '#shared/core/run';
import { formatDuration } from '#shared/core/duration';
import { isOf, type Manifest } from '#shared/database/backup-set';
import { isAmong, isRestorable, sourcesOfParts } from '#shared/database/opened-set';
import type { Restore } from '#shared/database/restore-plan';
import { isProven } from '#shared/database/retention';
import type { Source } from '#shared/database/source';
import type { ServiceDefinition } from '#shared/server/definition';
import { standingBarriers, type LedgerEvent } from '#shared/server/ledger';
import { newPlanId } from '#shared/server/plan';
import type { Values } from './action.ts';
import { integer, secret, text } from './fields.ts';

const NAME = 'the name of a set, such as 20261121T140210-3f9a1c';
/** What is wrong with the name of a set; undefined where nothing is. */
export const checkSetName = (name: string): string | undefined => (/^\d{8}T\d{6}-[0-9a-f]{6}$/.test(name) ? undefined : `accepted is ${NAME}`);

/** The inputs by which a set becomes live again. */
export const restoreFields = {
  set: text({ description: 'The set to restore, by its name, or `latest` for the newest one that is proven.', example: 'latest', check: (name) => (name === 'latest' ? undefined : checkSetName(name)) }),
  'age-identity': secret({ description: 'Secret key that opens a set encrypted with age: `AGE-SECRET-KEY-…`, or an SSH key. It goes with the end of the plan.', multiline: true }),
  'gpg-secret-key': secret({ description: 'The same for gpg, in ASCII armour.', multiline: true }),
  'gpg-passphrase': secret({ description: 'Passphrase of `gpg-secret-key`, if it has one.' }),
  'max-data-loss': integer({ description: 'How many rows and files may be lost: those that are live and not in what takes their place. With more of them nothing is changed.', default: '0', max: 1_000_000_000 }),
  'accept-data-loss': text({ description: 'The name of the set (or of the restore that is swapped back) for which any loss is accepted.', example: '20261121T140210-3f9a1c', check: checkSetName }),
};

/** Where and for whom a set is restored. */
export interface Occasion {
  readonly definition: ServiceDefinition;
  readonly events: readonly LedgerEvent[];
  readonly run: Run;
  /** The folder of the sets on the server. */
  readonly directory: string;
}

/** What of the inputs a restore goes by. */
export type RestoreInputs = Omit<Values<typeof restoreFields>, 'set'> & {
  readonly sources?: readonly Source[] | undefined;
  readonly parts: readonly string[];
  readonly quiesce?: string | undefined;
  readonly resume?: string | undefined;
  readonly lockTimeout: number;
  readonly timeout: number;
  readonly scratchDirectory?: string | undefined;
};

/** A set as it is to become live again, by the inputs. @throws {UserError} when it does not fit the sources. */
export function restoreOf(inputs: RestoreInputs, manifest: Manifest, occasion: Occasion, log: Log): Restore {
  const { sources = [], parts } = inputs;
  const wanted = sourcesOfParts(manifest, sources, parts.length > 0 ? parts : restorableParts(manifest, log));
  const past = occasion.events.filter(({ time }) => time <= manifest.time);
  return { ...commonOf(inputs, manifest, wanted, occasion), ...barriersMoved(occasion.events, past, wanted), undoes: undefined, isLossAccepted: inputs.acceptDataLoss === manifest.set };
}

/** What an earlier restore put aside, as it is to become live again. */
export function swapBackOf(inputs: RestoreInputs, undoes: string, occasion: Occasion): Restore {
  const { sources = [] } = inputs;
  const { events } = occasion;
  const done = events.findIndex(({ event, plan }) => plan === undoes && (event === 'lift' || event === 'raise' || event === 'restore'));
  return { ...commonOf(inputs, undefined, sources, occasion), ...barriersMoved(events, done < 0 ? events : events.slice(0, done), sources), undoes, isLossAccepted: inputs.acceptDataLoss === undoes };
}

// What of the barriers is otherwise once these sources have the data of after past events. Others are as they were: their databases do not go back.
function barriersMoved(events: readonly LedgerEvent[], past: readonly LedgerEvent[], sources: readonly Source[]): Pick<Restore, 'lifts' | 'raises'> {
  const [then, is] = [standingBarriers(past), standingBarriers(events)];
  const plans = [...new Set(events.flatMap(({ barrier, plan, database }) => (barrier === true && plan !== undefined && isAmong(sources, database) ? [plan] : [])))];
  return { lifts: plans.filter((plan) => is.has(plan) && !then.has(plan)), raises: plans.filter((plan) => then.has(plan) && !is.has(plan)) };
}

function commonOf(inputs: RestoreInputs, manifest: Manifest | undefined, sources: readonly Source[], { definition, run, directory }: Occasion): Omit<Restore, 'undoes' | 'lifts' | 'raises' | 'isLossAccepted'> {
  const { quiesce = '', resume = '', lockTimeout, timeout, scratchDirectory: scratch = '', maxDataLoss, ageIdentity: age, gpgSecretKey: gpg, gpgPassphrase: passphrase } = inputs;
  const identity = { ...(age && { age }), ...(gpg && { gpg }), ...(passphrase && { passphrase }) };
  return { id: newPlanId(new Date()), definition, run, maxLoss: maxDataLoss, quiesce, resume, timeout, opened: { manifest, directory, scratch, sources, identity, lockTimeout } };
}

function restorableParts({ set, parts }: Manifest, log: Log): readonly string[] {
  const byHand = parts.filter(({ kind }) => !isRestorable(kind)).map(({ name, kind }) => `${name} (${kind})`);
  if (byHand.length > 0) log.warning(`Not restored: ${byHand.join(', ')} of set ${set}. The manifest says how to do it by hand.`);
  return parts.filter(({ kind }) => isRestorable(kind)).map(({ name }) => name);
}

/** What a restore amounted to, in a sentence or three. */
export function restoreTold({ id, opened: { manifest, sources }, undoes }: Restore, lost: number | undefined): string {
  const names = sources.map(({ name }) => name).join(', ');
  const what = undoes === undefined ? `Set ${manifest?.set} (${names}) is live again` : `What restore ${undoes} put aside (${names}) is live again`;
  const age = manifest === undefined ? '' : `, as it was ${formatDuration(Date.now() - Date.parse(manifest.time))} ago`;
  return `${what}${age}. Rows and files that were live and are not in it: ${lost ?? 'unknown'}. What was live is kept as <name>__before_${id}; operation: swap-back of db-backup with swap-back: ${id} brings it back.`;
}

/** The set that is meant; the latest is one of this service and environment. @throws {UserError} when there is none of that name, or none that is proven. */
export function wantedSet(sets: readonly Manifest[], wanted: string, { definition, directory }: Pick<Occasion, 'definition' | 'directory'>): Manifest {
  const proven = sets.filter(isOf(definition)).filter(({ proof }) => isProven(proof));
  const found = wanted === 'latest' ? proven.at(-1) : sets.find(({ set }) => set === wanted);
  if (found !== undefined) return found;
  const others = sets.length === 0 ? 'There is none' : `There are ${sets.slice(-5).map((each) => `${each.set} (${each.proof}${isOf(definition)(each) ? '' : `, of ${each.service} in ${each.environment}`})`).join(', ')}`;
  throw new UserError(`There is no ${wanted === 'latest' ? `proven set of ${definition.service} in ${definition.environment}` : `set ${wanted}`} in ${directory}. ${others}.`);
}
