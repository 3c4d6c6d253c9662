import { UserError } from '#shared/core/errors';
import type { Secret } from '#shared/core/secret';
import type { PacketEntry } from '#shared/server/packet';
import type { Manifest } from './backup-set.ts';
import { databaseFunctions } from './scripts.ts';
import { assignments, kindSettings } from './set-functions.ts';
import { onceFiles, passwordsOf } from './set-plan.ts';
import { fileOf, type Source } from './source.ts';

/** What opens an encrypted set: an age identity, or a secret key of gpg in ASCII armour and its passphrase. */
export interface Identity {
  readonly age?: Secret;
  readonly gpg?: Secret;
  readonly passphrase?: Secret;
}

/** A set that is there already, for a plan that reads it. */
export interface OpenedSet {
  /** Undefined where no set is read, and only what belongs to its parts is looked at. */
  readonly manifest: Manifest | undefined;
  /** The folder of all sets on the server. */
  readonly directory: string;
  /** The folder of scratch instances; empty for one of the server's own choice. */
  readonly scratch: string;
  /** The parts that are wanted, and how what each belongs to is reached now; part N is the Nth. */
  readonly sources: readonly Source[];
  readonly identity: Identity;
  /** Milliseconds that a lock is waited for. */
  readonly lockTimeout: number;
}

/**
 * Sh text for a plan's functions: the settings and functions that read the set, as opened-set.sh tells. The plan's first step is `open_set`,
 * its `clear` and its last step `clear_set`; `plan` is its id, which names what it makes. `more` are further settings of a part.
 */
export function openedFunctions({ manifest, directory, scratch, sources, lockTimeout }: OpenedSet, plan: string, more: (source: Source) => Readonly<Record<string, string>> = () => ({})): string {
  const settings = {
    SETS: directory, SET: plan, OPENED: manifest === undefined ? '' : `${directory}/${manifest.set}`, SCRATCH: scratch, SHARED: '', ENCRYPTION: 'none', RECIPIENTS: '', PROVING: 'here',
    LOCK_TIMEOUT: String(Math.ceil(lockTimeout / 1_000)), PARTS: sources.map((_, index) => index + 1).join(' '),
  };
  const part = (source: Source, number: number): string => assignments({ PART: String(number), NAME: source.name, KIND: source.kind, FILE: fileOf(source), REFERENCES: '', ...kindSettings(source, number, []), ...more(source) });
  return [assignments(settings), databaseFunctions, ...sources.map((source, index) => `part_${index + 1}() {\n${part(source, index + 1)}\n}`)].join('\n');
}

/** What travels beside such a plan and goes with its end: passwords, and what opens the set. */
export function openedFiles({ sources, identity: { age, gpg, passphrase } }: OpenedSet): readonly PacketEntry[] {
  return onceFiles({
    ...passwordsOf(sources),
    ...(age && { age: `${age.reveal().trimEnd()}\n` }),
    ...(gpg && { 'gpg.asc': gpg.reveal(), 'gpg.passphrase': passphrase?.reveal() ?? '' }),
  });
}

/** Whether a part of this kind can be made live again by a plan. */
export function isRestorable(kind: string): boolean {
  return kind === 'postgres' || kind === 'mysql' || kind === 'sqlite' || kind === 'files';
}

/** Whether a database that was migrated is among parts or sources: by their name, or its own. An event that tells none may be about any. */
export function isAmong(parts: readonly { readonly name: string; readonly database?: string }[], database: string | undefined): boolean {
  return database === undefined || parts.some((part) => part.name === database || part.database === database);
}

/**
 * The sources that belong to the parts of a set, in its order; all of them, or those with these names.
 * @throws {UserError} when a part is not in the set, has no source or one of another kind.
 */
export function sourcesOfParts({ set, parts }: Manifest, sources: readonly Source[], wanted: readonly string[] = []): readonly Source[] {
  const named = wanted.map((name) => ({ name, part: parts.find((part) => part.name === name) }));
  const absent = named.filter(({ part }) => part === undefined).map(({ name }) => name);
  if (absent.length > 0) throw new UserError(`Set ${set} has no part ${absent.join(', ')}. It has ${parts.map(({ name }) => name).join(', ')}.`);
  const asked = wanted.length === 0 ? parts : parts.filter(({ name }) => wanted.includes(name));
  const faults = asked.flatMap(({ name, kind }) => {
    const source = sources.find((each) => each.name === name);
    if (source === undefined) return [`part ${name} (${kind}) has no source`];
    return source.kind === kind ? [] : [`part ${name} is of ${kind}, but its source says ${source.kind}`];
  });
  if (faults.length > 0) throw new UserError(`Set ${set} does not fit the sources given: ${faults.join('; ')}. Give the sources that the set was taken with.`);
  return asked.flatMap(({ name }) => sources.find((source) => source.name === name) ?? []);
}
