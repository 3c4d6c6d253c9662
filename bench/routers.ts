import { NEWER_CADDY, startCaddy, startNewerCaddy } from '#shared/testing/caddy';
import { startHaproxy } from '#shared/testing/haproxy';
import { startKamalProxy } from '#shared/testing/kamal-proxy';
import type { LoadKind } from '#shared/testing/load-totals';
import { startNginx, startSharingNginx } from '#shared/testing/nginx';
import { startReloadingNginx } from '#shared/testing/nginx-reload';
import { findProgram } from '#shared/testing/programs';
import type { ProxyStart } from '#shared/testing/proxy';
import { startRouterServer, type RouterServer } from '#shared/testing/router-server';
import { sampleSwitches, type SwitchSample } from '#shared/testing/switch-sample';
import { startTraefik } from '#shared/testing/traefik';
import { existsSync } from 'node:fs';
import { figureOf, quantile, type Bench, type Benchmark, type Row, type Table } from './benchmark.ts';

const SWITCHES = 100;
const REQUESTS = 20_000;
const KINDS: readonly LoadKind[] = ['get', 'post', 'slow', 'download'];

interface Contender {
  readonly name: string;
  readonly start: ProxyStart;
  readonly program: string;
  readonly onPorts?: boolean;
  /** Whether it moves shares of traffic. */
  readonly shares?: true;
  /** How many requests it may lose; undefined where it is counted only. */
  readonly goal?: 0;
}

const CONTENDERS: readonly Contender[] = [
  { name: 'nginx-socket', start: startNginx, program: 'nginx', goal: 0 },
  { name: 'nginx-socket with shares', start: startSharingNginx, program: 'nginx', goal: 0, shares: true },
  { name: 'haproxy', start: startHaproxy, program: 'haproxy', goal: 0, shares: true },
  { name: 'traefik', start: startTraefik, program: 'traefik', onPorts: true, goal: 0, shares: true },
  { name: 'kamal-proxy', start: startKamalProxy, program: 'kamal-proxy', onPorts: true },
  { name: 'nginx (reload)', start: startReloadingNginx, program: 'nginx', shares: true },
  { name: 'caddy 2.6', start: startCaddy, program: 'caddy', shares: true },
  { name: 'caddy 2.11', start: startNewerCaddy, program: NEWER_CADDY },
];

/** What users notice of a switch, by router. */
export const benchmark: Benchmark = {
  title: 'Switches under load, by router',
  method: `Two versions of the tests' app run side by side behind the proxy, which is set up as in examples/. 100 keep-alive connections send requests,
50 ms after each answer: 50 GET, 35 POST of 2 kB whose hash is checked, 10 that take 3 s, 5 downloads of 64 kB over 2 s; 6 WebSockets and 6
event streams are open. All traffic is moved to and fro ${SWITCHES} times by the functions that a plan runs on the server. Lost is a request that was
sent and not answered rightly; a stream is ended when the proxy ends it, though its app goes on. The time is that from the start of the
function, a shell and its tools included, to the first answer of the other version to requests asked one after another. A share is
measured over ${REQUESTS.toLocaleString('en')} requests on connections of their own.`,
  needs: ['nginx', 'haproxy', 'caddy', 'socat'],
  async run(bench: Bench) {
    const there = CONTENDERS.filter(({ program }) => existsSync(program) || findProgram(program) !== undefined);
    const samples = new Map<string, SwitchSample>();
    for (const contender of there) {
      bench.say(contender.name);
      samples.set(contender.name, await withServer(contender, true, (server) => sampleSwitches(server, bench.isQuick ? 3 : SWITCHES)));
    }
    return [lossTable(there, samples), streamTable(samples), ...timeTables(samples), await shareTable(bench, there)];
  },
};

async function withServer<Result>({ start, onPorts = false }: Contender, areApps: boolean, use: (server: RouterServer) => Promise<Result>): Promise<Result> {
  const server = await startRouterServer(start, { onPorts, areApps });
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

function lossTable(contenders: readonly Contender[], samples: ReadonlyMap<string, SwitchSample>): Table {
  const rows = contenders.map(({ name, goal }): Row => ({
    name, figure: figureOf([samples.get(name)?.totals.lost ?? NaN]), ...(goal !== undefined && { goal: { median: goal } }),
  }));
  const notes = [...samples].map(([name, { totals }]) => `${name}: ${KINDS.map((kind) => `${totals.kinds[kind].lost} of ${totals.kinds[kind].sent.toLocaleString('en')} ${kind}`).join(', ')}.`);
  return { title: `Requests lost in ${SWITCHES} switches`, unit: 'count', rows, notes };
}

function streamTable(samples: ReadonlyMap<string, SwitchSample>): Table {
  const rows = [...samples].flatMap(([name, { totals: { streams } }]) => (['ws', 'sse'] as const).map((kind): Row => ({
    name: `${name}, ${kind === 'ws' ? 'WebSockets' : 'event streams'}`, figure: figureOf([streams[kind].closed + streams[kind].cut]),
  })));
  return { title: `Streams ended in ${SWITCHES} switches, 6 open at a time`, unit: 'count', rows };
}

function timeTables(samples: ReadonlyMap<string, SwitchSample>): Table[] {
  const rows = (figure: (moves: readonly number[]) => Row['figure']): Row[] => [...samples].map(([name, { moves }]) => ({ name, figure: figure(moves) }));
  const title = 'From the order to the first answer of the new version';
  return [
    { title, unit: 'ms', rows: rows(figureOf) },
    { title: `${title}: 99 of 100 switches took no longer`, unit: 'ms', rows: rows((moves) => figureOf([quantile(moves, 0.99)])) },
  ];
}

/** The percentage that slot green really got of requests, of which it was to get 5 and 25. */
async function shareTable(bench: Bench, contenders: readonly Contender[]): Promise<Table> {
  const rows: Row[] = [];
  for (const contender of contenders.filter(({ shares }) => shares === true)) {
    await withServer(contender, false, async (server) => {
      await server.must('prepare_traffic', 0);
      await server.must('send_traffic', 0);
      for (const percent of [5, 25]) {
        await server.must('prepare_traffic', percent);
        await server.must('send_traffic', percent);
        const count = bench.isQuick ? 200 : REQUESTS;
        const { green = 0 } = await server.spread(count);
        rows.push({ name: `${contender.name}, asked for ${percent} %`, figure: figureOf([(100 * green) / count]) });
      }
    });
  }
  return { title: 'The share that a slot gets', unit: 'share', rows };
}
