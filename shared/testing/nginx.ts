import { execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs.ts';
import { renderExample } from './examples.ts';
import { waitUntil } from './ports.ts';
import { cutPower, ended, isAlive, processTree, send } from './processes.ts';
import type { Slot } from './supervisor.ts';

/** The service nginx shows to the public, and, for an app on TCP ports, the ports its bridges lead to. */
export interface NginxSite {
  readonly service: string;
  readonly path: string;
  readonly runtimeDir: string;
  readonly port: number;
  readonly bridges?: Readonly<Record<Slot, number>>;
  /** Whether it sends shares of traffic and counts, as slipway-shares.conf does. */
  readonly hasShares?: boolean;
}

/** A running nginx of our own. */
export interface Nginx {
  readonly url: string;
  pids(): readonly number[];
  /** What it wrote to its error log. */
  errors(): string;
  /** `nginx -s reload`, which the switch under test does without. */
  reload(): void;
  powerCut(): Promise<void>;
  /** Starts again after `powerCut`; nginx itself removes nothing, so a bridge's stale socket fails this as it does a user's. */
  boot(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts nginx as the current user, everything of it under `folder`, with the configuration that users are given in examples/nginx. */
export async function startNginx(folder: string, site: NginxSite, env: Readonly<Record<string, string>> = {}): Promise<Nginx> {
  const program = findProgram('nginx') ?? 'nginx';
  writeConfiguration(folder, site);
  const args = ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'];
  const errors = (): string => readFileSync(join(folder, 'error.log'), 'utf8');
  const launch = async (): Promise<number> => {
    const log = openSync(join(folder, 'error.log'), 'a');
    const pid = spawn(program, args, { stdio: ['ignore', log, log], detached: true, env: { PATH: process.env['PATH'], ...env } }).pid ?? 0;
    closeSync(log);
    await waitUntil('nginx answers', () => isReady(folder, pid) || !isAlive(pid));
    if (!isAlive(pid)) throw new Error(`nginx did not start: ${errors()}`);
    return pid;
  };
  let pid = await launch();
  const pids = (): readonly number[] => processTree(pid);
  return {
    url: `http://127.0.0.1:${site.port}`,
    pids,
    errors,
    reload: () => void execFileSync(program, [...args, '-s', 'reload'], { stdio: 'pipe' }),
    powerCut: () => cutPower(pids),
    boot: async () => {
      pid = await launch();
    },
    stop: async () => {
      const all = pids();
      send(pid, 'SIGTERM');
      await ended(all);
    },
  };
}

function writeConfiguration(folder: string, site: NginxSite): void {
  for (const name of ['sites', 'temp']) mkdirSync(join(folder, name), { recursive: true });
  const names = { ...site, publicPort: `127.0.0.1:${site.port}`, ...(site.bridges && { bluePort: site.bridges.blue, greenPort: site.bridges.green }) };
  const front = site.hasShares === true ? 'nginx/slipway-shares.conf' : 'nginx/slipway-service.conf';
  writeFileSync(join(folder, 'sites', 'service.conf'), renderExample(front, names).replace('/var/log/nginx', folder));
  writeFileSync(join(folder, 'sites', 'maintenance.conf'), renderExample('nginx/slipway-maintenance.conf', names));
  if (site.bridges) writeFileSync(join(folder, 'sites', 'bridge.conf'), renderExample('nginx/slipway-bridge.conf', names));
  writeFileSync(join(folder, 'nginx.conf'), mainConfiguration());
}

/** What a distribution's nginx.conf says, as far as it matters, but with every path under the prefix. */
function mainConfiguration(): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `  ${name}_temp_path temp/${name};`);
  return [
    ...(process.getuid?.() === 0 ? [`user ${userInfo().username};`] : []),
    'daemon off;',
    'worker_processes 2;',
    'pid nginx.pid;',
    'error_log error.log warn;',
    'events { worker_connections 4096; }',
    'http {',
    '  access_log off;',
    ...temporary,
    '  include sites/*.conf;',
    '}',
    '',
  ].join('\n');
}

/** nginx writes its pid once every socket is open; before, while it tries again to bind one, it already accepts connections on others. */
function isReady(folder: string, pid: number): boolean {
  const file = join(folder, 'nginx.pid');
  return existsSync(file) && readFileSync(file, 'utf8').trim() === String(pid);
}
