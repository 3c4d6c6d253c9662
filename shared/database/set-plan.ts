import { quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import type { ServiceDefinition } from '#shared/server/definition';
import { members } from '#shared/server/ledger';
import type { PacketEntry } from '#shared/server/packet';
import type { Plan, Step } from '#shared/server/plan';
import { farFiles } from './far-place.ts';
import { proofScript, type ProofHost } from './proof-host.ts';
import { setFunctions } from './set-functions.ts';
import { isRestored, proofOf, proofOfSet, type Compression, type Proof, type Reference, type Source } from './source.ts';

/** What the stream of each part is encrypted to; recipients are one a line, for gpg their public keys. */
export interface Encryption {
  readonly program: 'none' | 'age' | 'gpg';
  readonly recipients: string;
}

/** A backup set to be taken. */
export interface Backup {
  /** Its name, and that of its plan. */
  readonly set: string;
  readonly definition: ServiceDefinition;
  readonly state: string;
  readonly generation: number;
  readonly run: Run;
  /** The folder of all sets on the server. */
  readonly directory: string;
  /** The folder of scratch instances; empty for one of the server's own choice. */
  readonly scratch: string;
  readonly sources: readonly Source[];
  readonly references: readonly Reference[];
  readonly verify: Proof;
  /** The server on which parts are restored and compared, instead of their own. */
  readonly proofHost: ProofHost | undefined;
  readonly compression: Compression;
  readonly encryption: Encryption;
  /** Commands of the user's that hold writers back and let them go on; empty where there are none. */
  readonly quiesce: string;
  readonly resume: string;
  /** Milliseconds that a lock on a table is waited for. */
  readonly lockTimeout: number;
  /** Milliseconds that one step may take. */
  readonly timeout: number;
  /** Sets that go once this one is proven. */
  readonly expired: readonly string[];
}

const LOCK_WAIT = 1_800_000;
// Databases first, so that what they refer to is in what is copied after them.
const ORDER: readonly Source['kind'][] = ['postgres', 'mysql', 'mongodb', 'redis', 'sqlite', 'command', 'files'];
const PRIVATE = 0o600;

type KindWithPassword = Extract<Source, { readonly password?: unknown }>['kind'];

/** The plan that takes a set, proves it, and then names it. Until that moment there is none. */
export function planBackup(given: Backup): Plan {
  const backup = { ...given, sources: inOrder(given.sources) };
  return {
    id: backup.set, state: backup.state, generation: backup.generation, steps: stepsOf(backup),
    functions: setFunctions(backup, backup.proofHost === undefined ? 'here' : 'elsewhere'),
    clear: 'clear_set', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {},
  };
}

/** What travels beside the plan: passwords, which go with its end, and the user's queries. */
export function backupFiles(given: Backup): readonly PacketEntry[] {
  const sources = inOrder(given.sources);
  const queries = given.references.map(({ query }, index) => text(`reference.${index + 1}`, query));
  const script = given.proofHost === undefined ? [] : [text('proof.sh', proofScript({ ...given, sources }, given.proofHost))];
  return [...onceFiles({ ...passwordsOf(sources), ...(given.proofHost && farFiles(given.proofHost.login)) }), ...queries, ...script];
}

/** A file for the password of each source, by the number of its part. */
export function passwordsOf(sources: readonly Source[]): Readonly<Record<string, string>> {
  return Object.fromEntries(sources.flatMap((source, index) => ('password' in source && source.password !== undefined ? [[String(index + 1), passwordFile(source.kind, source.password.reveal())]] : [])));
}

/** Files that only the plan's own run may read, and that go with its end. */
export function onceFiles(contents: Readonly<Record<string, string>>): readonly PacketEntry[] {
  const files = Object.entries(contents).map(([name, content]) => text(`once/${name}`, content));
  return files.length === 0 ? [] : [{ kind: 'folder', path: 'once', mode: 0o700 }, ...files];
}

/** As the client of the database reads it: .pgpass, an options file, a line, a configuration. */
function passwordFile(kind: KindWithPassword, password: string): string {
  switch (kind) {
    case 'postgres': return `*:*:*:*:${password.replaceAll(/[\\:]/g, '\\$&')}\n`;
    case 'mysql': return `[client]\npassword="${password.replaceAll(/[\\"]/g, '\\$&')}"\n`;
    case 'redis': return `${password}\n`;
    case 'mongodb': return `password: ${JSON.stringify(password)}\n`;
  }
}

function text(path: string, content: string): PacketEntry {
  return { kind: 'text', path, mode: PRIVATE, text: content };
}

function inOrder(sources: readonly Source[]): readonly Source[] {
  return ORDER.flatMap((kind) => sources.filter((source) => source.kind === kind));
}

function stepsOf(backup: Backup): readonly Step[] {
  const { sources, references, quiesce, resume, expired, timeout, proofHost } = backup;
  const step = (name: string, phase: Step['phase'], title: string, script: string): Step => ({ name, title, phase, script, timeout });
  return [
    step('check', 'before', 'Checking tools, versions, rights and room', 'begin_set'),
    ...(quiesce === '' ? [] : [step('quiesce', 'before', 'Holding writers back', 'quiesce')]),
    ...sources.map((source, index) => step(`take-${index + 1}`, 'before', `Taking ${source.name}`, `capture ${index + 1}`)),
    ...(resume === '' ? [] : [step('resume', 'before', 'Letting writers go on', 'resume')]),
    ...sources.flatMap((source, index) => (proofOf(source, backup.verify) === 'none' ? [] : [step(`prove-${index + 1}`, 'before', `Proving ${source.name}${proofHost !== undefined && isRestored(proofOf(source, backup.verify)) ? ` on ${proofHost.place.host}` : ''}`, `prove ${index + 1}`)])),
    ...(references.length === 0 ? [] : [step('references', 'before', 'Looking up what databases refer to', references.map(lookUp).join('\n'))]),
    step('seal', 'before', 'Writing the set through to the disk', 'seal || full_or_failed'),
    step('publish', 'after', `Naming set ${backup.set}`, 'publish'),
    step('record', 'after', 'Recording the set', `write_down ${quote(members({ proof: proofOfSet(backup), ...runMembers(backup.run) }))}`),
    ...(expired.length === 0 ? [] : [step('prune', 'after', `Removing ${expired.length} older sets`, ['prune', ...expired].map(quote).join(' '))]),
  ];
}

function lookUp({ files, prefix }: Reference, index: number): string {
  const escaped = prefix.replaceAll(/[\\/&]/g, '\\$&'); // it becomes the text of a sed command
  return ['check_reference', String(index + 1), files, escaped].map(quote).join(' ');
}
