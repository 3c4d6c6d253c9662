import { describe, expect } from '@jest/globals';
import { startCaddy } from '#shared/testing/caddy';
import { needs, needsFull } from '#shared/testing/equipment';
import { startHaproxy } from '#shared/testing/haproxy';
import { startKamalProxy } from '#shared/testing/kamal-proxy';
import type { LoadTotals } from '#shared/testing/load-totals';
import { startReloadingNginx } from '#shared/testing/nginx-reload';
import { startRouterServer } from '#shared/testing/router-server';
import type { ProxyStart } from '#shared/testing/proxy';
import { sampleSwitches } from '#shared/testing/switch-sample';
import { startTraefik } from '#shared/testing/traefik';

const SWITCHES = process.env['SLIPWAY_FULL'] === '1' ? 100 : 10;

/** What users notice while the router's own functions move all of them to and fro between two slots that go on running. */
async function totalsOf(start: ProxyStart, onPorts: boolean): Promise<LoadTotals> {
  const server = await startRouterServer(start, { onPorts, areApps: true });
  try {
    return (await sampleSwitches(server, SWITCHES)).totals;
  } finally {
    await server.stop();
  }
}

describe(`${SWITCHES} switches under requests of every kind and streams`, () => {
  needs('haproxy', 'socat')('with haproxy on ports lose nothing, and cut no stream', async () => {
    expect(await totalsOf(startHaproxy, true)).toMatchObject({ lost: 0, losses: [], ends: [] });
  }, 240_000);

  needsFull('traefik')('with traefik lose nothing, and cut no stream', async () => {
    expect(await totalsOf(startTraefik, true)).toMatchObject({ lost: 0, losses: [], ends: [] });
  }, 240_000);

  needsFull('kamal-proxy')('with kamal-proxy lose no request that ends in its drain-timeout, but cut every stream', async () => {
    const { lost, losses, streams } = await totalsOf(startKamalProxy, true);
    expect({ lost, losses }).toEqual({ lost: 0, losses: [] });
    expect(streams.ws.cut).toBeGreaterThan(SWITCHES);
  }, 1_800_000);

  needsFull('nginx')('with a reload of nginx lose requests on connections that it closes, and nothing else; the bench counts them', async () => {
    const { lost, causes, ends } = await totalsOf(startReloadingNginx, false);
    expect({ lost, ends }).toEqual({ lost: causes.reset, ends: [] });
    expect(lost).toBeGreaterThan(0);
  }, 240_000);

  needsFull('caddy')('with caddy lose requests on connections that it closes, and every WebSocket; the bench counts them', async () => {
    const { lost, causes, streams } = await totalsOf(startCaddy, false);
    expect(lost).toBe(causes.reset);
    expect(lost).toBeGreaterThan(0);
    expect(streams).toMatchObject({ sse: { closed: 0, cut: 0 }, ws: { cut: 0 } });
    expect(streams.ws.closed).toBeGreaterThan(SWITCHES);
  }, 240_000);
});
