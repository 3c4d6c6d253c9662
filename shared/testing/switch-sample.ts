import { setTimeout as wait } from 'node:timers/promises';
import { EVERY_KIND, startLoad } from './load.ts';
import type { LoadTotals } from './load-totals.ts';
import type { RouterServer } from './router-server.ts';
import { waitUntil } from './ports.ts';

const STREAMS = { sse: 6, ws: 6 };
// Between the requests of a connection: without it the load alone takes both cores.
const PAUSE = 50;
const BETWEEN = 200;

/** What became of requests and streams while a router moved all traffic to and fro. */
export interface SwitchSample {
  readonly totals: LoadTotals;
  /** From the order to the first answer of the slot that it named, a switch each, in ms. */
  readonly moves: readonly number[];
}

/** Switches so many times, or as often as `longest` ms allow, between two slots that both go on running, under 100 connections and 12 streams. The slots must be apps. */
export async function sampleSwitches(server: RouterServer, count: number, longest = Infinity): Promise<SwitchSample> {
  for (const verb of ['prepare_traffic', 'send_traffic', 'keep_traffic']) await server.must(verb, 0);
  await waitUntil('blue answers', async () => (await liveSlot(server)) === 'blue');
  const load = await startLoad({ url: server.proxy.url, connections: EVERY_KIND, streams: STREAMS, pause: PAUSE });
  const moves: number[] = [];
  try {
    await waitUntil('all streams are open', async () => {
      const { streams } = await load.stats();
      return streams.sse.opened >= STREAMS.sse && streams.ws.opened >= STREAMS.ws;
    });
    const over = performance.now() + longest;
    for (let move = 1; move <= count && performance.now() < over; move += 1) {
      moves.push(await moveTo(server, move % 2 === 0 ? 'blue' : 'green'));
      await wait(BETWEEN);
    }
  } catch (error) {
    await load.stop();
    throw error;
  }
  return { totals: await load.stop(), moves };
}

async function moveTo(server: RouterServer, slot: 'blue' | 'green'): Promise<number> {
  const target = slot === 'green' ? 100 : 0;
  await server.must('prepare_traffic', target);
  const began = performance.now();
  const sent = server.must('send_traffic', target);
  await Promise.race([sent, wait(1)]);
  while ((await liveSlot(server)) !== slot) if (performance.now() - began > 20_000) throw new Error(`No answer of ${slot} within 20 s.`);
  const took = performance.now() - began;
  await sent;
  await server.must('keep_traffic', target);
  return took;
}

async function liveSlot(server: RouterServer): Promise<string> {
  try {
    const { headers } = await server.ask('/version');
    return String(headers['x-release']);
  } catch {
    return ''; // some routers cut connections when they move
  }
}
