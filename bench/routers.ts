import { existsSync } from 'node:fs';
import { NEWER_CADDY, startCaddy, startNewerCaddy } from '#shared/testing/caddy';
import { startHaproxy } from '#shared/testing/haproxy';
import { startKamalProxy } from '#shared/testing/kamal-proxy';
import { startNginx, startSharingNginx } from '#shared/testing/nginx';
import { startReloadingNginx } from '#shared/testing/nginx-reload';
import { findProgram } from '#shared/testing/programs';
import type { ProxyStart } from '#shared/testing/proxy';
import { startRouterServer, type RouterServer } from '#shared/testing/router-server';
import { sampleSwitches } from '#shared/testing/switch-sample';
import { startTraefik } from '#shared/testing/traefik';
import type { Bench, Benchmark } from './benchmark.ts';
import { thisMachine } from './result.ts';
import { keepRouter, keptRouters, routerTables, type RouterFigures } from './router-tables.ts';

const SWITCHES = 100;
const REQUESTS = 20_000;
const LONGEST_SAMPLE = 420_000; // milliseconds of switches; kamal-proxy waits in each for what is under way
const LONGEST = 480_000; // for everything about one router; one that hangs is given up

interface Contender {
  readonly start: ProxyStart;
  readonly program: string;
  readonly onPorts?: boolean;
  /** Whether it moves shares of traffic. */
  readonly shares?: true;
  /** How many requests it may lose; undefined where it is counted only. */
  readonly goal?: 0;
}

const CONTENDERS: Readonly<Record<string, Contender>> = {
  'nginx-socket': { start: startNginx, program: 'nginx', goal: 0 },
  'nginx-socket-shares': { start: startSharingNginx, program: 'nginx', goal: 0, shares: true },
  haproxy: { start: startHaproxy, program: 'haproxy', goal: 0, shares: true },
  traefik: { start: startTraefik, program: 'traefik', onPorts: true, goal: 0, shares: true },
  'kamal-proxy': { start: startKamalProxy, program: 'kamal-proxy', onPorts: true },
  'nginx-reload': { start: startReloadingNginx, program: 'nginx', shares: true },
  'caddy-2.6': { start: startCaddy, program: 'caddy', shares: true },
  'caddy-2.11': { start: startNewerCaddy, program: NEWER_CADDY, shares: true },
};

/** What users notice of a switch, by router. */
export const benchmark: Benchmark = {
  title: 'Switches under load, by router',
  method: `Two versions of the tests' app run side by side behind the proxy, which is set up as in examples/. 100 keep-alive connections send requests,
50 ms after each answer: 50 GET, 35 POST of 2 kB whose hash is checked, 10 that take 3 s, 5 downloads of 64 kB over 2 s; 6 WebSockets and 6
event streams are open. All traffic is moved to and fro ${SWITCHES} times, or as often as ${LONGEST_SAMPLE / 1_000} s allow, by the functions that a plan runs on the server. Lost is a request that was
sent and not answered rightly; a stream is ended when the proxy ends it, though its app goes on. The time is that from the start of the
function, a shell and its tools included, to the first answer of the other version to requests asked one after another. A share is
measured over ${REQUESTS.toLocaleString('en')} requests on connections of their own. The load is that of everything else on the machine when a router's turn began.`,
  needs: ['nginx', 'haproxy', 'caddy', 'socat'],
  choices: Object.keys(CONTENDERS),
  async run(bench: Bench) {
    const chosen = Object.entries(CONTENDERS).filter(([name]) => bench.only.length === 0 || bench.only.includes(name));
    const measured: RouterFigures[] = [];
    for (const [name, contender] of chosen.filter(([, { program }]) => existsSync(program) || findProgram(program) !== undefined)) {
      bench.say(name);
      try {
        measured.push(await inTime(name, figuresOf(name, contender, bench)));
        if (!bench.isQuick) keepRouter(measured.at(-1)!);
      } catch (error) {
        bench.say(`${name} could not be measured: ${String(error)}`);
      }
    }
    return routerTables(bench.isQuick ? measured : keptRouters(Object.keys(CONTENDERS)));
  },
};

async function figuresOf(name: string, contender: Contender, bench: Bench): Promise<RouterFigures> {
  const { load } = thisMachine();
  const { totals, moves } = await withServer(contender, true, (server) => sampleSwitches(server, bench.isQuick ? 3 : SWITCHES, LONGEST_SAMPLE));
  const shares = contender.shares === undefined ? [] : await withServer(contender, false, (server) => sharesOf(server, bench.isQuick ? 200 : REQUESTS));
  return { name, goal: contender.goal, load, moves, totals, shares };
}

async function withServer<Result>({ start, onPorts = false }: Contender, areApps: boolean, use: (server: RouterServer) => Promise<Result>): Promise<Result> {
  const server = await startRouterServer(start, { onPorts, areApps });
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

/** The percentages that slot green really got of requests, of which it was to get 5 and 25. */
async function sharesOf(server: RouterServer, count: number): Promise<RouterFigures['shares']> {
  const shares: { asked: number; got: number }[] = [];
  for (const asked of [0, 5, 25]) {
    await server.must('prepare_traffic', asked);
    await server.must('send_traffic', asked);
    const { green = 0 } = asked === 0 ? {} : await server.spread(count);
    if (asked > 0) shares.push({ asked, got: (100 * green) / count });
  }
  return shares;
}

async function inTime<Result>(name: string, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`${name} took longer than ${LONGEST / 1_000} s.`)), LONGEST);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
