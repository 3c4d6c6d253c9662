import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startHost, type Host, type HostOptions } from '#shared/testing/host';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';
import { startEngine, type Engine, type EngineOptions } from './engine.ts';
import { startRegistry, type Registry } from './registry.ts';
import { buildImage, webApp, type ImageContent } from './image.ts';

type Inputs = Readonly<Record<string, string>>;

/** A server with an engine, to which a web service, a worker and a singleton are deployed with strategy `compose`. */
export interface StackHost {
  readonly host: Host;
  readonly engine: Engine;
  readonly registry: Registry;
  readonly connection: Inputs;
  /** Inputs of ssh-deploy for a release of this name; its images are tagged with it. */
  deployInputs(release: string, more?: Inputs, files?: Readonly<Record<string, string>>): Inputs;
  /** Builds the image of a release's web service, the usual app unless given, and pushes it; the server has it no more. */
  images(release: string, web?: ImageContent): Promise<void>;
  /** Another registry with the images of `v2`, for those who log in; the engine itself has no login there. */
  mirror(account: { readonly user: string; readonly password: string }): Promise<Registry>;
  deploy(release: string, more?: Inputs, files?: Readonly<Record<string, string>>): Promise<StepResult>;
  switchTraffic(more?: Inputs): Promise<StepResult>;
  rollback(more?: Inputs): Promise<StepResult>;
  /** Begins another workflow run. */
  nextRun(): void;
  liveVersion(): Promise<string>;
  /** Every beat of a role so far, as `<slot> <process> <seconds since the boot>`. */
  beats(role: 'worker' | 'singleton'): readonly string[];
  /** What runs now, as `<slot> <service>`, sorted. */
  running(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** What workers and singletons run: ten beats a second into a file that both slots have, each with a name that no other start of it has, and the time. */
export const BEAT: ImageContent = {
  run: 'me="$SLOT $(cat /proc/sys/kernel/random/uuid)"; trap "exit 0" TERM; while :; do read -r at _ </proc/uptime; echo "$me $at" >>/beats/$ROLE; sleep 0.1; done\n',
};

/** The compose file of the test service: each role once, a volume of either kind, and a password that nobody may ever see. */
export const COMPOSE_FILE = `services:
  web:
    image: \${REGISTRY}/shop:\${RELEASE}
    restart: unless-stopped
    ports: ['127.0.0.1:\${PORT}:80']
    environment: { PASSWORD: '\${PASSWORD:-}', SLOT: '\${SLOT}', RELEASE: '\${RELEASE}' }
    volumes: ['data:/data', /scratch]
    stop_grace_period: 2s
  jobs: &beat
    image: \${REGISTRY}/beat:1
    restart: always
    labels: { slipway.role: worker }
    environment: { ROLE: worker, SLOT: '\${SLOT}', PASSWORD: '\${PASSWORD:-}' }
    volumes: ['\${SERVICE_PATH}/shared:/beats']
    stop_grace_period: 2s
  adapter:
    <<: *beat
    labels: { slipway.role: singleton }
    environment: { ROLE: singleton, SLOT: '\${SLOT}' }
volumes: { data: {} }
`;

/** Starts it, without a release. */
export async function startStackHost(env: Inputs = {}, options: Omit<HostOptions, 'mode' | 'env'> & EngineOptions = {}): Promise<StackHost> {
  const engine = await startEngine(options);
  const registry = await startRegistry();
  await buildImage(engine, `${registry.name}/beat:1`, BEAT);
  await engine.docker('push', '--quiet', `${registry.name}/beat:1`);
  const host = await startHost({ mode: 'bridge', env: { ...engine.env, ...env }, ...options });
  const names = ['host', 'port', 'user', 'ssh-key', 'known-hosts', 'service'];
  const connection = Object.fromEntries(names.map((name) => [name, host.inputs[name] as string]));
  const mirrors: Registry[] = [];
  let run = 1;
  const usual = { ...host.inputs, start: '', stop: '', strategy: 'compose', 'blue-port': String(host.ports?.blue), 'green-port': String(host.ports?.green), 'health-timeout': '20s' };
  mkdirSync(join(host.path, 'shared'), { recursive: true });
  const deployInputs: StackHost['deployInputs'] = (release, more = {}, files = {}) => ({
    ...usual, source: releaseFolder(join(host.root, 'builds', release), { 'compose.yaml': COMPOSE_FILE, '.env': `REGISTRY=${registry.name}\n`, ...files }), release, ...more,
  });
  const proof = { 'version-json-path': '$.version', 'proof-path': '/version' };
  return {
    host, engine, registry, connection, deployInputs,
    images: async (release, web = webApp(release)) => {
      await buildImage(engine, `${registry.name}/shop:${release}`, web);
      await engine.docker('push', '--quiet', `${registry.name}/shop:${release}`);
      await engine.docker('rmi', `${registry.name}/shop:${release}`);
    },
    mirror: async (account) => {
      const mirror = await startRegistry(account);
      mirrors.push(mirror);
      await copyImages(engine, registry, mirror, account);
      return mirror;
    },
    deploy: (release, more, files) => runBundle('ssh-deploy', { with: deployInputs(release, more, files), runId: String(run) }),
    switchTraffic: (more = {}) => runBundle('blue-green-switch', { with: { ...connection, ...proof, 'drain-timeout': '2s', ...more }, runId: String(run) }),
    rollback: (more = {}) => runBundle('rollback', { with: { ...connection, ...proof, ...more }, runId: String(run) }),
    nextRun: () => { run += 1; },
    liveVersion: async () => ((await (await fetch(`${host.url}/version`)).json()) as { version: string }).version,
    beats: (role) => beatsIn(join(host.path, 'shared', role)),
    running: async () => {
      const told = await engine.docker('ps', '--format', '{{.Label "com.docker.compose.project"}} {{.Label "com.docker.compose.service"}}');
      return told.split('\n').filter(Boolean).map((line) => line.replace(/^shop-production-?/, '').trim()).sort();
    },
    stop: async () => {
      await engine.stop();
      await Promise.all([registry, ...mirrors].map((each) => each.close()));
      await host.stop(/plan\.sh timer|sleep /);
    },
  };
}

async function copyImages(engine: Engine, from: Registry, to: Registry, { user, password }: { readonly user: string; readonly password: string }): Promise<void> {
  const own = ['--config', join(engine.folder, 'mirror')];
  await engine.docker(...own, 'login', to.name, '--username', user, '--password', password);
  for (const image of ['shop:v2', 'beat:1']) {
    await engine.docker('tag', `${from.name}/${image}`, `${to.name}/${image}`);
    await engine.docker(...own, 'push', '--quiet', `${to.name}/${image}`);
    await engine.docker('rmi', `${to.name}/${image}`);
  }
}

/** Whether one of them began before another had ended: beats of one name must not come back once those of another have begun. */
export function overlaps(beats: readonly string[]): boolean {
  const names = beats.map((beat) => beat.replace(/ [^ ]*$/, ''));
  const starts = names.filter((name, index) => name !== names[index - 1]);
  return new Set(starts).size !== starts.length;
}

/** Seconds between the last beat of the one before and the first of the newest. */
export function gapOf(beats: readonly string[]): number {
  const all = beats.map((beat) => beat.split(' '));
  const first = all.findIndex(([, name]) => name === all.at(-1)?.[1]);
  return Number(all[first]?.[2]) - Number(all[first - 1]?.[2]);
}

/** The lines of a file of beats. */
export function beatsIn(file: string): readonly string[] {
  try { return readFileSync(file, 'utf8').split('\n').filter(Boolean); } catch { return []; }
}

function releaseFolder(folder: string, files: Readonly<Record<string, string>>): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
