import { runMembers, type Run } from '#shared/core/run';
import type { Identity } from '#shared/database/opened-set';
import { assignments, kindSettings } from '#shared/database/set-functions';
import { onceFiles, passwordsOf } from '#shared/database/set-plan';
import { fileOf } from '#shared/database/source';
import type { ServiceDefinition } from '#shared/server/definition';
import { members } from '#shared/server/ledger';
import type { PacketEntry } from '#shared/server/packet';
import type { Plan, Step } from '#shared/server/plan';
import type { MigrationDatabase } from './database-entry.ts';
import type { Call, Engine, Setup } from './engine.ts';
import { migrationFunctions } from './scripts.ts';

/** How much others may be held up, milliseconds but for the last. */
export interface Limits {
  /** That one statement may wait for a lock, and everybody else behind it. */
  readonly lockTimeout: number;
  readonly statementTimeout: number;
  /** From which age on a transaction is in the way. */
  readonly longTransaction: number;
  /** That whoever is in the way is waited for. */
  readonly patience: number;
  /** How often a migration that did not get its lock is tried again. */
  readonly retries: number;
}

/** The migrations of one database of a service, and what they are run with. */
export interface Work {
  readonly definition: ServiceDefinition;
  /** The service's state folder on the server. */
  readonly state: string;
  readonly generation: number;
  readonly run: Run;
  readonly engine: Engine;
  readonly setup: Setup;
  readonly database: MigrationDatabase;
  /** The release whose migrations they are; empty where they came along from the workspace. */
  readonly release: string;
  /** Files of the workspace that go along, below `migrations/`. */
  readonly files: readonly PacketEntry[];
  readonly limits: Limits;
  /** Milliseconds that a step may take. */
  readonly timeout: number;
}

const LOCK_WAIT = 1_800_000;
const PRIVATE = 0o600;

/** A plan about the migrations of a database; `settings` are what its functions need besides, `part` what a set calls the database. */
export function planOf(work: Work, id: string, given: { readonly steps: readonly Step[]; readonly settings?: Readonly<Record<string, string>>; readonly calls?: readonly Call[]; readonly functions?: string; readonly clear?: string; readonly part?: string }): Plan {
  const { state, generation } = work;
  const { steps, settings = {}, calls = [], functions = '', clear = 'clear_room', part = work.database.name } = given;
  return {
    id, state, generation, steps, clear, back: clear, confirmWithin: 0, lockWait: LOCK_WAIT, environment: {},
    functions: [
      assignments({ ...settingsOf(work, id), CALLS: calls.map((_, index) => index + 1).join(' '), ...settings }), migrationFunctions, `part_1() {\n${assignments(partOf(work.database, part))}\n}`,
      textFunction('engine_status', work.engine.status(work.setup)), textFunction('engine_prepare', work.engine.prepare?.(work.setup) ?? ''), ...calls.map(({ script }, index) => textFunction(`call_${index + 1}`, script)), functions,
    ].join('\n'),
  };
}

/** One step of such a plan. */
export function stepOf(work: Work, name: string, phase: Step['phase'], title: string, script: string): Step {
  return { name, phase, title, script, timeout: work.timeout };
}

/** What travels beside every such plan: passwords and what opens a set, which go with its end, and the files of the workspace. */
export function filesOf({ database, files }: Work, calls: readonly Call[] = [], more: readonly PacketEntry[] = [], identity: Identity = {}): readonly PacketEntry[] {
  return [...passwordFiles(database, identity), ...files, ...(calls.length === 0 ? [] : [textEntry('titles', calls.map(({ title }) => `${title.replaceAll('\n', ' ')}\n`).join(''))]), ...more];
}

/** A small text beside the plan, for nobody else. */
export function textEntry(path: string, text: string): PacketEntry {
  return { kind: 'text', path, mode: PRIVATE, text };
}

/** The folder that commands run in: that of the release, of what came along with this plan, or of what came along with the last apply. */
export function folderOf(work: Work, id: string): string {
  const { files, definition, release, state } = work;
  if (files.length > 0) return `${state}/plans/${id}/migrations`;
  return release === '' ? `${bookOf(work)}/files` : `${definition.path}/releases/${release}`;
}

/** The folder in which the server keeps what is to be remembered of a database's migrations. */
export function bookOf({ state, engine, database }: Pick<Work, 'state' | 'engine' | 'database'>): string {
  return `${state}/migrations/${engine.name}.${database.name}`;
}

/** What the ledger's event says of the migrations, as JSON members. */
export function eventMembers(work: Work, migrations: readonly string[], token: string): string {
  const { engine, database, release, run } = work;
  return `"migrations":${JSON.stringify(migrations)},${members({ database: database.name, engine: engine.name, ...(release !== '' && { release }), ...(token !== '' && { token }), ...runMembers(run) })}`;
}

function settingsOf(work: Work, id: string): Readonly<Record<string, string>> {
  const { definition, engine, setup, database, release, limits } = work;
  return {
    SETS: `${definition.path}/backups`, SET: id, SCRATCH: '', SHARED: 'yes', ENCRYPTION: 'none', RECIPIENTS: '', PROVING: 'here', PARTS: '1', ABOUT: '', LOCK_TIMEOUT: String(Math.ceil(limits.lockTimeout / 1_000)),
    FOLDER: folderOf(work, id), RELEASE: release, DIRECTORY: setup.directory, BOOK: bookOf(work), PROGRAMS: engine.programs(setup).join(' '),
    SERVICE_NAME: definition.service, SERVICE_ENVIRONMENT: definition.environment,
    LOCK_TIMEOUT_MS: String(limits.lockTimeout), STATEMENT_TIMEOUT_MS: String(limits.statementTimeout), LONG: String(Math.ceil(limits.longTransaction / 1_000)),
    PATIENCE: String(Math.ceil(limits.patience / 1_000)), RETRIES: String(limits.retries), NEEDS_PASSWORD: engine.needsPassword ? 'yes' : '',
    URL_USER: encoded('user' in database ? database.user ?? '' : ''), URL_DATABASE: encoded(database.kind === 'sqlite' ? '' : database.database), NETWORK: 'none', OPENED: '',
    EXPECTED: '', BARRIER: '', MEMBERS: '', WHAT: '', TOKEN: '',
  };
}

function partOf(database: MigrationDatabase, name: string): Readonly<Record<string, string>> {
  return {
    DB_HOST: '', DB_PORT: '', DB_USER: '', TOOLS: '', CONTAINER: '', REFERENCES: '', COMPRESSION: 'none',
    PART: '1', NAME: name, KIND: database.kind, FILE: fileOf({ ...database, name }), ...kindSettings(database, 1, []),
  };
}

function passwordFiles(database: MigrationDatabase, identity: Identity): readonly PacketEntry[] {
  const password = 'password' in database ? database.password?.reveal() : undefined;
  const { age, gpg, passphrase } = identity;
  return onceFiles({
    ...passwordsOf([database]), ...(password !== undefined && { url: encoded(password) }), ...(age && { age: `${age.reveal().trimEnd()}\n` }),
    ...(gpg && { 'gpg.asc': gpg.reveal(), 'gpg.passphrase': passphrase?.reveal() ?? '' }),
  });
}

// For an address between single quotes, too.
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function textFunction(name: string, script: string): string {
  return `${name}() {\n:\n${script}\n}`;
}
