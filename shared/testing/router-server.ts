import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLoopback } from './loopback.ts';
import { freePort, waitUntil } from './ports.ts';
import { ended, send } from './processes.ts';
import { takesConnections, type Proxy, type ProxyStart } from './proxy.ts';
import { routerScript } from './router-functions.ts';
import { recreateRuntimeDir } from './runtime-dir.ts';
import type { ScriptEnd } from './run-script.ts';
import { pathWithShell, type ShellName } from './shells.ts';
import { makeRelease } from './site.ts';
import type { Slot } from './supervisor.ts';

const SERVICE = 'shop';
const SLOTS: readonly Slot[] = ['blue', 'green'];

/** One answer of the public side. */
export interface Answer { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string }

/** One of those who ask. */
export interface Client { readonly localAddress?: string; readonly headers?: Readonly<Record<string, string>> }

/** Two slots that answer with their name, a proxy before them, and what a plan can do to it, function by function. */
export interface RouterServer {
  readonly root: string;
  readonly path: string;
  readonly runtimeDir: string;
  readonly proxy: Proxy;
  /** Calls one of the functions of traffic.sh. */
  call(verb: string, ...args: readonly (number | string)[]): Promise<ScriptEnd>;
  /** The same, which must succeed; gives what it printed. */
  must(verb: string, ...args: readonly (number | string)[]): Promise<string>;
  /** `client` is what tells one of them from another: its address, or the cookies that it has. */
  ask(path?: string, client?: Client): Promise<Answer>;
  /** How many of so many requests each slot answers. */
  spread(count: number): Promise<Readonly<Record<string, number>>>;
  /** Ends what was open, as a boot does: the runtime folder is empty but for what tmpfiles makes. */
  reboot(): Promise<void>;
  stop(): Promise<void>;
}

/** What a server of a router is like. */
export interface RouterServerOptions {
  /** Whether the slots are TCP ports rather than sockets. */
  readonly onPorts?: boolean;
  /** Whether the tests' app runs in them, each version named as its slot; else they answer with their name only. */
  readonly areApps?: boolean;
  /** The server's shell and tools, to which `programs` are added; the machine's own if not given. */
  readonly shell?: ShellName;
  readonly programs?: readonly string[];
}

/** Starts it. */
export async function startRouterServer(start: ProxyStart, { onPorts = false, areApps = false, shell, programs = [] }: RouterServerOptions = {}): Promise<RouterServer> {
  const root = mkdtempSync(join(tmpdir(), 'slip-'));
  const [path, runtimeDir] = [join(root, 'srv', SERVICE), join(root, 'run', SERVICE)];
  mkdirSync(join(path, '.slipway'), { recursive: true });
  const names = { service: SERVICE, path, runtimeDir };
  recreateRuntimeDir(names, root);
  const slots = areApps ? appSlots(root) : quickSlots();
  const ports = onPorts ? { blue: await freePort(), green: await freePort() } : undefined;
  const listen = (): Promise<void> => slots.listen((slot) => (ports === undefined ? { path: join(runtimeDir, `${slot}.sock`) } : { port: ports[slot] }));
  await listen();
  const proxy = await start(join(root, 'proxy'), { ...names, port: await freePort(), ...(ports && { ports }) }).catch(async (error: unknown) => {
    await slots.close();
    throw error;
  });
  const script = join(root, 'plan.sh');
  writeFileSync(script, routerScript({ ...names, ...(ports && { ports }) }, proxy.inputs));
  const env = { PATH: shell === undefined ? process.env['PATH'] : pathWithShell(shell, programs, join(root, 'bin')), HOME: root };
  const call: RouterServer['call'] = (verb, ...args) => run(env, [script, verb, ...args.map(String)]);
  const ask = (at = '/', client: Client = {}): Promise<Answer> => askOnce(`${proxy.url}${at}`, client);
  return {
    root, path, runtimeDir, proxy, call, ask,
    must: async (verb, ...args) => {
      const { code, stdout, stderr } = await call(verb, ...args);
      if (code !== 0) throw new Error(`${verb} ${args.join(' ')} failed (${code}): ${stderr}${proxy.errors()}`);
      return stdout;
    },
    spread: async (count) => {
      const seen: Record<string, number> = { blue: 0, green: 0 };
      for (let asked = 0; asked < count; asked += 20) {
        for (const { body } of await Promise.all(Array.from({ length: Math.min(20, count - asked) }, () => ask()))) seen[body] = (seen[body] ?? 0) + 1;
      }
      return seen;
    },
    reboot: async () => {
      await proxy.powerCut();
      await slots.close();
      rmSync(runtimeDir, { recursive: true });
      recreateRuntimeDir(names, root);
      await listen();
      await proxy.boot();
    },
    stop: async () => {
      await proxy.stop();
      await slots.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function run(env: NodeJS.ProcessEnv, args: readonly string[]): Promise<ScriptEnd> {
  const child = spawn('sh', args, { env });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (chunk: Buffer) => (text[name] += chunk.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...text })));
}

type Address = { readonly path: string } | { readonly port: number };

/** What answers in the slots. */
interface Slots {
  listen(at: (slot: Slot) => Address): Promise<void>;
  close(): Promise<void>;
}

function quickSlots(): Slots {
  const { listen, close } = createLoopback();
  return { close, listen: async (at) => void (await Promise.all(SLOTS.map((slot) => listen(createServer(answerAs(slot)), at(slot))))) };
}

function appSlots(root: string): Slots {
  const pids: number[] = [];
  return {
    listen: async (at) => {
      for (const slot of SLOTS) {
        const address = at(slot);
        const [place, env] = 'path' in address ? [address.path, { SOCKET: address.path }] : [address.port, { PORT: String(address.port) }];
        pids.push(spawn(process.execPath, ['server.js'], { cwd: makeRelease(join(root, slot), slot), env: { SLOT: slot, ...env }, stdio: 'ignore' }).pid ?? 0);
        await waitUntil(`slot ${slot} answers`, () => takesConnections(place));
      }
    },
    close: async () => {
      for (const pid of pids) send(pid, 'SIGKILL');
      await ended(pids.splice(0));
    },
  };
}

/** `/fail` fails, `/stream` never ends. */
function answerAs(slot: Slot): RequestListener {
  return ({ url }, response) => {
    response.writeHead(url === '/fail' ? 500 : 200, { 'content-type': 'text/plain' });
    if (url === '/stream') response.write(slot);
    else response.end(slot);
  };
}

function askOnce(url: string, client: Client): Promise<Answer> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, ...client }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    }).on('error', reject);
  });
}
