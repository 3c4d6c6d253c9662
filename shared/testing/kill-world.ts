import { mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { startHost, type Host } from './host.ts';
import { startContainers, type Containers } from './kill-compose.ts';
import { makeGate, type Gate } from './kill-gate.ts';
import { MODES, type Mode } from './kill-modes.ts';
import { startLoad, type Load } from './load.ts';
import { freePort } from './ports.ts';
import { startRelay, type Relay } from './relay.ts';
import { startBundle, type RunningStep, type StepResult } from './run-bundle.ts';

/** One step of a workflow: an action, and what it is given beyond connection and service. */
export interface Request {
  readonly action: 'ssh-deploy' | 'blue-green-switch' | 'rollback';
  readonly with: Readonly<Record<string, string>>;
}

/** A server under load to which releases go while things are killed; it lives across many cases. */
export interface World {
  readonly host: Host;
  readonly mode: Mode;
  /** With compose, what runs the slots. */
  readonly containers: Containers | undefined;
  readonly gate: Gate;
  /** What actions connect through. */
  readonly relay: Relay;
  /** A release nobody has seen yet, built. */
  newRelease(): string;
  /** The release of the last workflow that reached its end. */
  live: string;
  newRun(): string;
  /** The version that users reach now, or `status 503`. */
  liveVersion(): Promise<string>;
  start(request: Request, run: string): RunningStep;
  /** Runs requests as the steps of one workflow run. Throws, with the log, unless each ends with 0. */
  runAll(requests: readonly Request[], run?: string): Promise<void>;
  /** How long an action last took undisturbed, in ms. */
  timeOf(request: Request): number;
  deploy(release: string): Request;
  /** Starts to ask as users do, and says at the end what was lost. */
  load(): Promise<Load>;
  stop(): Promise<void>;
}

const LANES = 3;
const FIRST_GUESS = 2_000;
// The timers of a standby outlast a test.
const STANDBY_TIMER = /plan\.sh timer|^\d+ sleep /;

/** Starts a world in which a first release is live. */
export async function startWorld(mode: Mode): Promise<World> {
  const gate = makeGate();
  const { proxy, onPorts = false, inContainers = false } = MODES[mode];
  const containers = inContainers ? await startContainers() : undefined;
  const env = { PATH: `${gate.bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`, ...containers?.engine.env };
  const alone = await startHost({ mode: onPorts ? 'bridge' : 'socket', proxy, env });
  const host = containers === undefined ? alone : together(alone, containers);
  const relay = await startRelay(host.sshd.port);
  const service = mode === 'in-place' ? await serveInPlace(host) : undefined;
  const url = service?.url ?? host.url;
  const connection = connectionOf(host, relay);
  const definition = mode === 'in-place' ? inPlace(host, url) : containers === undefined ? slots(host) : composed(host);
  const times = new Map<string, number>();
  let [version, run] = [0, 1000];
  const world: World = {
    host, mode, containers, gate, relay, live: '',
    newRelease: () => `v${(version += 1)}`,
    newRun: () => String((run += 1)),
    liveVersion: async () => {
      const answer = await fetch(`${url}/version`);
      return answer.ok ? ((await answer.json()) as { version: string }).version : `status ${answer.status}`;
    },
    start: (request, id) => startBundle(request.action, { with: { ...connection, ...request.with }, runId: id }),
    runAll: async (requests, id = world.newRun()) => {
      for (const request of requests) times.set(request.action, succeeded(request, await world.start(request, id).result));
    },
    timeOf: ({ action }) => times.get(action) ?? FIRST_GUESS,
    deploy: (release) => ({ action: 'ssh-deploy', with: { ...definition, source: containers?.release(join(host.root, 'builds', release)) ?? host.makeRelease(release), release } }),
    load: () => startLoad({ url, connections: { get: 3, post: mode === 'in-place' || inContainers ? 0 : 2 }, pause: 40 }),
    stop: async () => {
      gate.open();
      await relay.stop();
      service?.server.close();
      await containers?.stop();
      await host.stop(STANDBY_TIMER).finally(() => gate.remove());
    },
  };
  world.live = world.newRelease();
  try {
    await world.runAll([world.deploy(world.live), ...(mode === 'in-place' ? [] : [mode === 'shares' ? SWITCH_IN_STEPS : SWITCH])]);
  } catch (error) {
    await world.stop();
    throw error;
  }
  return world;
}

/** Moves traffic, and proves that the version of this very release answers. */
export const SWITCH: Request = { action: 'blue-green-switch', with: { 'version-json-path': '$.version', 'proof-path': '/version', 'drain-timeout': '2s', standby: '5m' } };
/** The same, to be confirmed by a later step. */
export const SWITCH_UNCONFIRMED: Request = { action: 'blue-green-switch', with: { ...SWITCH.with, 'confirm-within': '10m' } };
/** Keeps what was left unconfirmed. */
export const CONFIRM: Request = { action: 'blue-green-switch', with: { operation: 'confirm' } };
/** Moves traffic and leaves nothing warm. */
export const SWITCH_COLD: Request = { action: 'blue-green-switch', with: { ...SWITCH.with, 'drain-timeout': '0s', standby: '0s' } };

/** Gives the release a share of the traffic, which a further step makes larger. */
export function share(percent: number, confirmWithin = '10m'): Request {
  return { action: 'blue-green-switch', with: { ...SWITCH.with, weight: String(percent), 'step-duration': '1s', 'confirm-within': confirmWithin } };
}
/** Moves traffic share by share. */
export const SWITCH_IN_STEPS: Request = { action: 'blue-green-switch', with: { ...SWITCH.with, steps: '5, 25, 100', 'step-duration': '1s' } };
/** Closes the service, or stops it, and opens it again. */
export const CLOSE: Request = { action: 'blue-green-switch', with: { operation: 'maintenance-on' } };
export const STOP: Request = { action: 'blue-green-switch', with: { operation: 'emergency-stop' } };
export const OPEN: Request = { action: 'blue-green-switch', with: { operation: 'maintenance-off' } };
/** Takes back what this run did. */
export const ROLLBACK: Request = { action: 'rollback', with: { 'version-json-path': '$.version', 'proof-path': '/version', standby: '5m' } };

/** Goes back to a release by name. */
export function rollbackTo(release: string): Request {
  return { action: 'rollback', with: { release, 'version-json-path': '$.version', 'proof-path': '/version', standby: '5m' } };
}

const idle: World[] = [];

/**
 * Does the work with several worlds at a time, which are kept for the next call; what fails does not keep the rest from being done.
 * Returns what failed, each told.
 */
export async function inLanes<Item>(items: readonly Item[], mode: Mode, work: (item: Item, world: World) => Promise<void>, lanes = LANES): Promise<string[]> {
  const queue = [...items];
  const failures: string[] = [];
  // Told at once, too: a whole matrix takes an hour, and jest tells what failed when all is over.
  const say = (error: unknown): void => {
    const failure = error instanceof Error ? error.message : String(error);
    process.stdout.write(`${failure}\n`);
    failures.push(failure);
  };
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const world = idle.find((each) => each.mode === mode);
      if (world !== undefined) idle.splice(idle.indexOf(world), 1);
      await workIn(world, mode, (each) => work(item as Item, each)).catch(say);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  return failures;
}

// What a failed case leaves of its world might let the next one fail too.
async function workIn(known: World | undefined, mode: Mode, work: (world: World) => Promise<void>): Promise<void> {
  const world = known ?? (await startWorld(mode));
  try {
    await work(world);
  } catch (error) {
    await world.stop().catch(() => {});
    throw error;
  }
  idle.push(world);
}

/** Stops the worlds that were kept. */
export async function stopWorlds(): Promise<void> {
  await Promise.all(idle.splice(0).map((world) => world.stop()));
}

function succeeded({ action }: Request, result: StepResult): number {
  if (result.code === 0) return result.took;
   throw new Error(`${action} ended with ${result.code ?? result.signal}, where it was to succeed:\n${result.log}`);
}

function connectionOf(host: Host, relay: Relay): Record<string, string> {
  const names = ['host', 'user', 'ssh-key', 'service'];
  const given = Object.fromEntries(names.map((name) => [name, host.inputs[name] as string]));
  return { ...given, port: String(relay.port), 'host-fingerprint': host.sshd.fingerprints.join('\n') };
}

// Each of the user's commands can be held at the gate.
const PREPARE = ': prepare; echo ready >prepared';

function slots({ inputs, url, proxy, ports }: Host): Record<string, string> {
  const given = (name: string): string => inputs[name] as string;
  return {
    ...proxy.inputs, ...(ports && { 'blue-port': String(ports.blue), 'green-port': String(ports.green) }),
    path: given('path'), 'runtime-dir': given('runtime-dir'), url, health: given('health'), 'health-timeout': '20s',
    prepare: PREPARE, start: `: start; ${given('start')}`, stop: `: stop; ${given('stop')}`,
  };
}

function composed(host: Host): Record<string, string> {
  return { ...slots(host), start: '', stop: '', strategy: 'compose', 'blue-port': String(host.ports?.blue), 'green-port': String(host.ports?.green) };
}

/** A host and the engine on it: one machine. */
function together(host: Host, { engine }: Containers): Host {
  mkdirSync(join(host.path, 'shared'), { recursive: true });
  return {
    ...host,
    powerCut: async (more) => {
      await host.powerCut(more);
      await engine.powerCut();
    },
    boot: async () => {
      await engine.boot();
      await host.boot();
    },
  };
}

function inPlace({ path }: Host, url: string): Record<string, string> {
  return { strategy: 'in-place', path, url, health: `${url}/health`, 'health-timeout': '20s', prepare: PREPARE, restart: ': restart; cat VERSION >"$SERVICE_PATH/shared/restarted"' };
}

/**
 * A service that is deployed in place and survives restarts, as one with socket activation does: it answers from `current`, and fails whenever
 * that is not a whole release. It is healthy when it was last restarted with the release that is there.
 */
async function serveInPlace({ path }: Host): Promise<{ server: Server; url: string }> {
  const file = (name: string): string => readFileSync(join(path, name), 'utf8');
  const server = createServer((request, response) => {
    try {
      const [version, prepared] = [file('current/VERSION').trim(), file('current/prepared')];
      const isHealthy = prepared !== '' && (request.url !== '/health' || file('shared/restarted').trim() === version);
      response.writeHead(isHealthy ? 200 : 503, { 'x-release': version, 'content-type': 'application/json' });
      response.end(JSON.stringify({ version }));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${port}` };
}
