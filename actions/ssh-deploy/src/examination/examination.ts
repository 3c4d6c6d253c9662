import { readFileSync } from 'node:fs';
import { UserError } from '#shared/core/errors';
import { hasSlots, type ServiceDefinition } from '#shared/server/definition';
import { scriptCommand } from '#shared/server/scripts';
import { routerComplaint } from '#shared/traffic/router';
import { dockerFacts, type DockerFacts } from './containers.ts';
import { inodes, lines, link, place, portUser, rights, space, webServer, type Fill, type Link, type Place, type PortUser, type Rights, type WebServer } from './facts.ts';
import { neededTools } from './tools.ts';

const script = readFileSync(new URL('./examine.sh', import.meta.url), 'utf8');
const engine = readFileSync(new URL('./engine.sh', import.meta.url), 'utf8');

/** What examine.sh found on a server. */
export interface Examination {
  /** Seconds since 1970; undefined where date does not work. */
  readonly clock: number | undefined;
  readonly user: string;
  readonly hostName: string;
  readonly system: string;
  readonly missingTools: readonly string[];
  readonly packageManager: string | undefined;
  readonly path: Place;
  /** Undefined with strategy `in-place`. */
  readonly runtime: Place | undefined;
  readonly home: Place;
  /** The state folder, once there is one. */
  readonly state: Place | undefined;
  /** The state folder that the user's record of services names. */
  readonly registered: string | undefined;
  /** The folders on the way to `path` and `runtime-dir`. */
  readonly ways: readonly Rights[];
  /** By the link's path. */
  readonly links: ReadonlyMap<string, Link>;
  readonly sockets: readonly Rights[];
  readonly disk: Fill | undefined;
  readonly inodes: Fill | undefined;
  readonly tmpfiles: readonly { readonly type: string; readonly path: string; readonly target: string; readonly file: string }[];
  readonly hasSystemd: boolean;
  readonly isLingering: boolean;
  /** `FILE:SETTING` lines of logind's configuration, comments too. */
  readonly logind: readonly string[];
  readonly docker: 'open' | 'closed' | undefined;
  /** Of a service that runs in containers; nothing is asked for another. */
  readonly containers: DockerFacts;
  /** Names of processes that look after others, by pid. */
  readonly processes: ReadonlyMap<number, string>;
  readonly webServers: readonly WebServer[];
  readonly nginxConfig: { readonly access: 'open' | 'closed' | 'missing'; readonly closed: readonly string[]; readonly naming: readonly string[] };
  /** What the router is not fit for; empty where there is nothing. */
  readonly router: string;
  readonly plans: readonly { readonly plan: string; readonly heading: string; readonly last: string }[];
  readonly lock: { readonly isHeld: boolean; readonly holders: readonly LockHolder[]; readonly running: { readonly plan: string; readonly pid: number } | undefined };
  readonly ports: readonly PortUser[];
}

/** A process that holds the service's lock; the next plan ends one that a step left, and is refused because of another. */
export interface LockHolder {
  readonly pid: number;
  readonly isOfStep: boolean;
  readonly command: string;
}

/** The command line that examines a server for a service; `root` goes before the paths of the machine's own settings. */
export function examineCommand(definition: ServiceDefinition, key: string, mark: string, root = ''): string {
  const isSlotted = hasSlots(definition);
  const ports = isSlotted ? [definition.ports, ...Object.values(definition.moreApps ?? {}).map((app) => app.ports)].flatMap((each) => (each === undefined ? [] : [each.blue, each.green])).join(' ') : '';
  const text = definition.compose === undefined ? script : script.replace(/^section end$/m, () => `section containers\n${engine}section end`);
  const runtimeDir = isSlotted ? definition.runtimeDir : '';
  return scriptCommand(text, [mark, key, definition.path, runtimeDir, definition.router.config, ports, neededTools(definition).join(' '), routerComplaint(definition), root]);
}

/** Reads what examine.sh printed. @throws {UserError} when the answer was cut short. */
export function parseExamination(output: string, mark: string): Examination {
  const sections = new Map(output.split(`\u001e${mark} `).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
  if (!sections.has('end')) throw new UserError(`The server's answer was cut short. It ended with: ${output.slice(-200)}`);
  const of = (name: string): readonly string[] => lines(sections.get(name) ?? '');
  const [user = '', , hostName = '', system = 'unknown system'] = of('login');
  const [path, runtime] = of('places').map(place);
  return {
    ...watchedFacts(of),
    containers: dockerFacts(of('containers')),
    clock: /^\d+$/.test(of('clock')[0] ?? '') ? Number(of('clock')[0]) : undefined,
    user, hostName, system,
    missingTools: of('tools'),
    packageManager: of('packages')[0],
    path: path!, runtime, home: place(of('home')[0]!), state: of('state')[1] === undefined ? undefined : place(of('state')[1]!),
    registered: of('registered')[0],
    ways: [...new Set(of('ways'))].map(rights),
    links: new Map(of('links').map(link)),
    sockets: of('sockets').map(rights),
    disk: space(of('bytes')[0]),
    inodes: inodes(of('inodes')[0]),
  };
}

type Watched = 'tmpfiles' | 'hasSystemd' | 'isLingering' | 'logind' | 'docker' | 'processes' | 'webServers' | 'nginxConfig' | 'router' | 'plans' | 'lock' | 'ports';

function watchedFacts(of: (name: string) => readonly string[]): Pick<Examination, Watched> {
  const [access = 'missing', ...nginx] = of('nginx');
  const [docker] = of('docker');
  const processes = of('processes').map((line) => line.split(' '));
  return {
    tmpfiles: of('tmpfiles').map((line) => line.split(' ')).map(([type = '', path = '', target = '', file = '']) => ({ type, path, target, file })),
    hasSystemd: of('systemd').length > 0,
    isLingering: of('lingering').length > 0,
    logind: of('logind'),
    docker: docker === 'open' || docker === 'closed' ? docker : undefined,
    processes: new Map(processes.filter(([, name]) => name !== 'nginx').map(([pid, name = '']) => [Number(pid), name])),
    webServers: processes.filter(([, name]) => name === 'nginx').map(webServer),
    nginxConfig: {
      access: access === 'open' || access === 'closed' ? access : 'missing',
      closed: nginx.filter((line) => line.startsWith('closed ')).map((line) => line.slice(7)),
      naming: nginx.filter((line) => line.startsWith('names ')).map((line) => line.slice(6).trim()),
    },
    router: of('router').join('\n'),
    plans: of('plans').map((line) => line.split(' ')).map(([plan = '', heading = '', ...last]) => ({ plan, heading: heading.replaceAll('_', ' '), last: last.join(' ') })),
    lock: lockFacts(of('lock'), of('holder')[0]),
    ports: of('ports').map(portUser),
  };
}

function lockFacts(found: readonly string[], holder: string | undefined): Examination['lock'] {
  const holders = found.filter((line) => line !== 'held').map((line) => line.trim().split(' '))
    .map(([pid, kind, ...command]) => ({ pid: Number(pid), isOfStep: kind === 'step', command: command.join(' ') }));
  const [plan = '', pid = ''] = holder?.split(' ') ?? [];
  return { isHeld: found.length > 0, holders, running: holder === undefined ? undefined : { plan, pid: Number(pid) } };
}
