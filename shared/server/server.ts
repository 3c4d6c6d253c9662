import { randomBytes } from 'node:crypto';
import { UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import { commandLine } from '#shared/core/quote';
import { connect, ConnectionLost, type ExecOptions, type SshConnection } from '#shared/system/ssh/connection';
import type { SshTarget } from '#shared/system/ssh/target';
import type { Unpacker } from './compression.ts';
import { followAsked, followSent, type Follower } from './follow.ts';
import { inspectionReader } from './inspection-reader.ts';
import type { Outcome } from './outcome.ts';
import type { PacketEntry } from './packet.ts';
import { PLAN_FORMAT, renderPlan, type Plan } from './plan.ts';
import type { Progress } from './progress.ts';
import { inspectCommand } from './scripts.ts';
import { sendPacket } from './send-packet.ts';
import { parseInspection, type Inspection } from './state.ts';

const OVERTAKEN = 73; // by receive.sh
const SPARE_BYTES = 64 * 1_024;

/** A plan on a server, as far as later calls need it. */
export type PlanOnServer = Pick<Plan, 'id' | 'state'>;

/** Called whenever a manifest is read from its first byte (on, again, because the line dropped); returns who hears it piece by piece. */
export type BeginBase = () => (chunk: Buffer) => void;

/** The one way to a server: everything an action does there is an inspection or a plan. */
export interface Server extends AsyncDisposable {
  /** How messages name it. */
  readonly label: string;
  /** The connection now in use; another one after the line dropped. */
  connection(): SshConnection;
  /** Runs what may be run twice: again, on a new connection, whenever the line drops. */
  persist<Result>(attempt: (connection: SshConnection) => Promise<Result>): Promise<Result>;
  /** Reads what the server knows of a service and, with claim members, takes a new generation of it. The manifest of the live release goes to whom it is begun for. */
  inspect(key: string, path: string, runtimeDir: string, claim: string, beginBase?: BeginBase): Promise<Inspection>;
  /**
   * Sends a plan with its files, starts it and follows it to its end, however often the line drops.
   * @throws {Overtaken} when it was to take the service over, and something has happened since.
   */
  carryOut(plan: Plan, files: Files, tell: Tell, takeover?: Takeover): Promise<Outcome>;
  /** Starts a verb of a plan that is there already, and follows it. */
  ask(plan: PlanOnServer, verb: Verb, tell: Tell): Promise<Outcome>;
  /** Hears a file of a plan that runs, as it grows, until the plan's run has ended. */
  tail(plan: PlanOnServer, file: string, hear: (chunk: Buffer) => void): Promise<void>;
  /** Asks a plan to stop before users see anything, or to take back what is not confirmed. */
  cancel(plan: PlanOnServer): Promise<void>;
}

/** Connects to a server. @throws {UserError} with one message for each way a connection can fail. */
export async function openServer(target: SshTarget, log: Log, signal?: AbortSignal): Promise<Server> {
  let connection = await connect(target, log, signal);
  let renewing: Promise<void> | undefined;
  const renew = async (): Promise<void> => {
    connection.close();
    log.info(`Connection to ${connection.label} lost; reconnecting. The server goes on by itself.`);
    connection = await connect(target, log, signal);
  };
  const line: Line = {
    get: () => connection,
    // Several who follow at once lose the line at once.
    renew: async (lost) => {
      if (connection === lost) await (renewing ??= renew().finally(() => (renewing = undefined)));
    },
  };
  return {
    label: connection.label,
    connection: line.get,
    persist: (attempt) => persist(line, attempt, signal),
    inspect: (key, path, runtimeDir, claim, beginBase) => persist(line, (connection) => inspect(connection, { key, path, runtimeDir, claim }, beginBase), signal),
    carryOut: (plan, files, tell, takeover) => carryOut(line, plan, files, tell, takeover, signal),
    // The way back is asked for when the job is being cancelled, too.
    ask: (plan, verb, tell) => ask(line, plan, verb, tell, verb === 'revert' ? undefined : signal),
    tail: (plan, file, hear) => tail(line, plan, file, hear, signal),
    async cancel(plan) {
      await line.get().exec(commandLine(['sh', scriptOf(plan), 'cancel']));
    },
    async [Symbol.asyncDispose]() {
      connection.close();
    },
  };
}

/** How a plan takes its generation in the moment it starts: by these claim members, and only while the ledger is as long as it was read. */
export interface Takeover {
  readonly claim: string;
  readonly ledgerLength: number;
}

/** A plan was not started: since the state that it goes by was read, something has happened. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

interface Inspect {
  readonly key: string;
  readonly path: string;
  readonly runtimeDir: string;
  readonly claim: string;
}
interface Following {
  readonly plan: PlanOnServer;
  readonly verb: Verb | 'run';
  readonly follower: Follower;
  readonly begin: Attempt;
}
/** What may be asked of a plan after its run. */
export type Verb = 'confirm' | 'revert';
interface Line {
  get(): SshConnection;
  /** Connects again, once, where this connection is still the one in use. */
  renew(lost: SshConnection): Promise<void>;
}
/** The files of a packet; made anew each time it is sent. */
export type Files = readonly PacketEntry[] | Bulk;
/** What is worth compressing, and what the server can open it with. */
export interface Bulk {
  entries(): Iterable<PacketEntry>;
  readonly unpackers: readonly Unpacker[];
}
type Tell = (progress: Progress) => void;
type Attempt = (connection: SshConnection, options: ExecOptions) => Promise<{ readonly code: number; readonly stderr: string }>;

async function inspect(connection: SshConnection, request: Inspect, beginBase?: BeginBase): Promise<Inspection> {
  const mark = randomBytes(8).toString('hex');
  const reader = inspectionReader(mark, beginBase?.() ?? (() => {}));
  const { stderr } = await connection.exec(inspectCommand({ mark, ...request, base: beginBase === undefined ? '' : 'base' }), { onOutput: reader.read });
  const inspection = parseInspection(reader.text(), mark);
  return inspection.kind === 'refused' && stderr !== '' ? { kind: 'refused', reason: `${inspection.reason} (${stderr.trim()})` } : inspection;
}

// A packet is sent again only as long as nothing came back; the receiver starts a plan once, however often it arrives.
async function carryOut(line: Line, plan: Plan, files: Files, tell: Tell, takeover?: Takeover, signal?: AbortSignal): Promise<Outcome> {
  const taking = takeover === undefined ? [] : [String(takeover.ledgerLength), String(plan.generation), takeover.claim];
  const mark = randomBytes(8).toString('hex');
  const send: Attempt = (connection, options) => sendPacket(connection, { plan, takeover: taking, entries: packetEntries(renderPlan(plan, mark), files), unpackers: 'unpackers' in files ? files.unpackers : [] }, options);
  return followToEnd(line, { plan, verb: 'run', follower: followSent(plan.id, mark, tell), begin: send }, signal);
}

async function ask(line: Line, plan: PlanOnServer, verb: Verb, tell: Tell, signal?: AbortSignal): Promise<Outcome> {
  const begin: Attempt = (connection, options) => connection.exec(commandLine(['sh', scriptOf(plan), 'ask', verb]), options);
  return followToEnd(line, { plan, verb, follower: followAsked(plan.id, tell), begin }, signal);
}

async function followToEnd(line: Line, { plan, verb, follower, begin }: Following, signal?: AbortSignal): Promise<Outcome> {
  const options: ExecOptions = { onOutput: (chunk) => follower.hear(chunk), ...(signal === undefined ? {} : { signal }) };
  const attempt = async (connection: SshConnection): Promise<Outcome> => {
    const offset = follower.offset();
    const resume: Attempt = () => connection.exec(commandLine(['sh', scriptOf(plan), 'follow', verb, String(offset)]), options);
    const { code, stderr } = await (offset === undefined ? begin : resume)(connection, options);
    if (code === OVERTAKEN && follower.offset() === undefined) throw new Overtaken(`${connection.label} has changed since its state was read.`);
    if (code !== 0 && follower.offset() === undefined) throw new UserError(`${connection.label} did not take the plan: ${firstAndLast(stderr)}`);
    return follower.outcome();
  };
  return persist(line, attempt, signal);
}

async function tail(line: Line, plan: PlanOnServer, file: string, hear: (chunk: Buffer) => void, signal?: AbortSignal): Promise<void> {
  let offset = 0;
  const onOutput = (chunk: Buffer): void => {
    offset += chunk.length;
    hear(chunk);
  };
  await persist(line, (connection) => connection.exec(commandLine(['sh', scriptOf(plan), 'follow', 'run', String(offset), file]), { onOutput, ...(signal === undefined ? {} : { signal }) }), signal);
}

async function persist<Result>(line: Line, attempt: (connection: SshConnection) => Promise<Result>, signal?: AbortSignal): Promise<Result> {
  for (;;) {
    const connection = line.get();
    try {
      return await attempt(connection);
    } catch (error) {
      if (!(error instanceof ConnectionLost) || signal?.aborted === true) throw error;
      await line.renew(connection);
    }
  }
}

// tar complains of every single file, and what it amounts to comes last.
function firstAndLast(stderr: string): string {
  const lines = stderr.trim().split('\n');
  return [...lines.slice(0, 2), ...lines.slice(2).slice(-1)].join('\n');
}

function* packetEntries(script: string, files: Files): Generator<PacketEntry> {
  yield { path: 'plan.sh', mode: 0o600, kind: 'text', text: script };
  // Deleted first when a disk is full, so that what went wrong can still be written down.
  yield { path: 'spare', mode: 0o600, kind: 'text', text: randomBytes(SPARE_BYTES / 2).toString('hex') };
  // What the plan writes into first of all is there as soon as the plan is.
  yield { path: 'journal', mode: 0o600, kind: 'text', text: `slipway-journal ${PLAN_FORMAT}\n` };
  yield { path: 'output', mode: 0o600, kind: 'text', text: '' };
  yield* 'unpackers' in files ? files.entries() : files;
}

function scriptOf({ state, id }: PlanOnServer): string {
  return `${state}/plans/${id}/plan.sh`;
}
