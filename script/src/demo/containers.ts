import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine, type Engine } from '#shared/testing/docker/engine';
import { buildImage } from '#shared/testing/docker/image';
import { startRegistry, type Registry } from '#shared/testing/docker/registry';
import { startHost, type Host } from '#shared/testing/host';
import { servedFaults, servedIn, type Seen, type Served, type Stage } from './measured.ts';
import { readLive, STANDBY_TIMER, type Live } from './server-machine.ts';
import { ROOT, type Showing } from './showing.ts';

const EXAMPLE = join(ROOT, 'examples/demo/compose');
const ACCOUNT = { user: 'ada', password: 'tea-by-the-pound' };
const BASE = 'base:1';

/** A Docker engine and a registry of the demo's own, and the machine on which the engine runs what is deployed. */
export interface ContainerMachine {
  readonly host: Host;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  /** What the runner needs to reach the engine. */
  readonly runner: Readonly<Record<string, string>>;
  live(): Promise<Live>;
  /** What runs, as `<slot> <image>`. */
  running(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Starts them, with an image from scratch that the shop's begins with. */
export async function startContainerMachine({ endings }: Pick<Showing, 'endings'>): Promise<ContainerMachine> {
  const [engine, registry] = await Promise.all([startEngine({ detached: true }), startRegistry(ACCOUNT)]);
  endings.push(engine.stop);
  await buildImage(engine, BASE, { run: 'exit 1\n' });
  const host = await startHost({ mode: 'bridge', service: 'shop', env: engine.env });
  const input = (name: string): string => host.inputs[name] ?? '';
  return {
    host, live: () => readLive(host),
    secrets: { DEPLOY_SSH_KEY: input('ssh-key'), DOCKER_USERNAME: ACCOUNT.user, DOCKER_PASSWORD: ACCOUNT.password },
    variables: {
      DEPLOY_HOST: input('host'), DEPLOY_PORT: input('port'), DEPLOY_USER: input('user'), DEPLOY_KNOWN_HOSTS: input('known-hosts'), DEPLOY_URL: host.url, DEPLOY_PATH: host.path,
      DEPLOY_RUNTIME_DIR: host.runtimeDir, DEPLOY_BLUE_PORT: String(host.ports?.blue), DEPLOY_GREEN_PORT: String(host.ports?.green), REGISTRY: registry.name, BASE,
    },
    runner: { DOCKER_HOST: engine.env['DOCKER_HOST'] ?? '', DOCKER_BUILDKIT: '0' },
    running: () => runningIn(engine),
    stop: () => stopAll(host, engine, registry),
  };
}

async function runningIn(engine: Engine): Promise<readonly string[]> {
  const told = await engine.docker('ps', '--format', '{{.Label "com.docker.compose.project"}} {{.Label "slipway.release"}}');
  return told.split('\n').map((line) => line.replace(/^shop-production-/, '')).sort();
}

async function stopAll(host: Host, engine: Engine, registry: Registry): Promise<void> {
  await host.stop(STANDBY_TIMER);
  await engine.stop();
  await registry.close();
}

/** The workflow that a user could copy. */
export function containerWorkflow(): string {
  return readFileSync(join(EXAMPLE, 'deploy.yml'), 'utf8');
}

/** The shop's repository: text by path. With the fault it is the one whose image fails under real use. */
export function containerRepository(isFaulty: boolean): Record<string, string> {
  const text = (name: string): string => readFileSync(join(EXAMPLE, name), 'utf8');
  return { Dockerfile: text('Dockerfile'), 'app/run': text('app/run'), 'app/page': text(isFaulty ? 'faulty/page' : 'app/page'), 'deploy/compose.yaml': text('compose.yaml') };
}

/** The demo with containers as JSON. */
export interface ContainerReport extends Served {
  readonly ok: boolean;
  readonly faults: readonly string[];
  readonly runner: 'act' | 'bundles';
  readonly live: Live;
  readonly containers: readonly string[];
  readonly stages: readonly Stage[];
  readonly took_ms: number;
}

/** What was seen, in figures, and whether it is what was promised. */
export function containerReportOf(seen: Pick<Seen, 'runner' | 'stages' | 'load' | 'switchedAt' | 'third' | 'live' | 'tookMs'> & { readonly containers: readonly string[] }): ContainerReport {
  const { runner, stages, live, containers, tookMs } = seen;
  const faults = servedFaults(seen);
  return { ok: faults.length === 0, faults, runner, ...servedIn(seen), live, containers, stages, took_ms: Math.round(tookMs) };
}
