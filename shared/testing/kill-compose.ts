import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEngine, type Engine } from './docker/engine.ts';
import { buildImage, webOfAnyRelease } from './docker/image.ts';
import { startRegistry } from './docker/registry.ts';
import { BEAT, beatsIn, COMPOSE_FILE, overlaps } from './docker/stack.ts';
import { waitUntil } from './ports.ts';

const PROJECT = 'shop-production';
const ROLES = ['worker', 'singleton'] as const;

/** What a world of strategy `compose` has besides a host: an engine with the images of every release. */
export interface Containers {
  readonly engine: Engine;
  /** Writes the compose file of a release into a folder, and returns the folder. */
  release(folder: string): string;
  stop(): Promise<void>;
}

/** Starts an engine and a registry for it. */
export async function startContainers(): Promise<Containers> {
  const engine = await startEngine();
  const registry = await startRegistry();
  for (const [name, content] of [['shop:1', webOfAnyRelease()], ['beat:1', BEAT]] as const) {
    await buildImage(engine, `${registry.name}/${name}`, content);
    await engine.docker('push', '--quiet', `${registry.name}/${name}`);
  }
  const files = { 'compose.yaml': COMPOSE_FILE.replace('shop:${RELEASE}', 'shop:1'), '.env': `REGISTRY=${registry.name}\n` };
  return {
    engine,
    release: (folder) => {
      mkdirSync(folder, { recursive: true });
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
      return folder;
    },
    stop: async () => {
      await engine.stop();
      await registry.close();
    },
  };
}

/** Which release a slot holds, or nothing. */
export type Held = Readonly<Record<'blue' | 'green', string>>;

/**
 * What is not as it has to be among containers, networks and volumes: in the slot that users reach each service runs once, and comes up after
 * a boot; in the other one web stays warm, and what has one place only neither runs nor comes up. Nothing else is there, and never were there two.
 */
export async function containerFaults({ engine }: Containers, path: string, live: string, held: Held): Promise<string[]> {
  const idle = live === 'blue' ? 'green' : 'blue';
  const wanted = [
    ...[`adapter ${held[live as keyof Held]} running always`, `jobs ${held[live as keyof Held]} running always`, `web ${held[live as keyof Held]} running unless-stopped`].map((each) => `${live} ${each}`),
    ...(held[idle] === '' ? [] : [`adapter ${held[idle]} ended no`, `jobs ${held[idle]} ended no`, `web ${held[idle]} running unless-stopped`].map((each) => `${idle} ${each}`)),
  ];
  const [found, networks, volumes] = [await containersOf(engine), await listed(engine, 'network', '--filter', 'type=custom', '--format', '{{.Name}}'), await volumesOf(engine)];
  return [
    ...lacking(wanted, found).map((each) => `there is no container ${each}`),
    ...lacking(found, wanted).map((each) => `there is a container ${each}`),
    ...lacking(networks, ['blue', 'green'].map((slot) => `${PROJECT}-${slot}_default`)).map((name) => `there is a network ${name}`),
    ...lacking(volumes, [`${PROJECT}_data`]).map((name) => `there is a volume ${name}`),
    ...(await beatFaults(path, live)),
  ];
}

/** What has one place only and runs in another slot than the one that a boot leads users to. */
export async function strayRoles({ engine }: Containers, confirmed: string): Promise<string[]> {
  const found = await containersOf(engine);
  return found.filter((each) => / (adapter|jobs) .* running /.test(` ${each}`) && !each.startsWith(`${confirmed} `));
}

async function containersOf(engine: Engine): Promise<string[]> {
  const ids = await listed(engine, 'container', '--all', '--quiet');
  if (ids.length === 0) return [];
  const label = (name: string): string => `{{index .Config.Labels "${name}"}}`;
  const told = await engine.docker('inspect', '--format', [label('com.docker.compose.project'), label('com.docker.compose.service'), label('slipway.release'), '{{.State.Status}}', '{{.HostConfig.RestartPolicy.Name}}'].join(' '), ...ids);
  return told.split('\n').map((line) => line.replace(`${PROJECT}-`, '').replace(/ (exited|created) /, ' ended '));
}

// Those that belong to no container, and those that have a name.
async function volumesOf(engine: Engine): Promise<string[]> {
  const filtered = ['dangling=true', 'label=com.docker.compose.volume'].map((filter) => listed(engine, 'volume', '--filter', filter, '--quiet'));
  return [...new Set((await Promise.all(filtered)).flat())];
}

async function listed(engine: Engine, kind: string, ...filters: readonly string[]): Promise<string[]> {
  return (await engine.docker(kind, 'ls', ...filters)).split('\n').filter(Boolean);
}

// Each of them as often as it is there.
function lacking(all: readonly string[], among: readonly string[]): string[] {
  const left = [...among];
  return all.filter((each) => {
    const at = left.indexOf(each);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

async function beatFaults(path: string, live: string): Promise<string[]> {
  const beats = (role: string): readonly string[] => beatsIn(join(path, 'shared', role));
  const faults: string[] = [];
  for (const role of ROLES) {
    const before = beats(role).length;
    const isHeard = (): boolean => beats(role).length > before && beats(role).at(-1)?.startsWith(`${live} `) === true;
    await waitUntil(`the ${role} beats in slot ${live}`, isHeard).catch(() => faults.push(`no ${role} beats in slot ${live}`));
    if (overlaps(beats(role))) faults.push(`two of the ${role}s ran at once`);
  }
  return faults;
}
