import { describe, expect } from '@jest/globals';
import { startCaddy } from '#shared/testing/caddy';
import { ENGINE_NEEDS } from '#shared/testing/docker/engine';
import { startStackHost } from '#shared/testing/docker/stack';
import { needsFull } from '#shared/testing/equipment';
import { startKamalProxy } from '#shared/testing/kamal-proxy';
import { startReloadingNginx } from '#shared/testing/nginx-reload';
import { outputsOf } from '#shared/testing/pipeline';
import type { ProxyStart } from '#shared/testing/proxy';
import { startTraefik } from '#shared/testing/traefik';

// The slots of a compose project behind each router but nginx-socket and haproxy, which other tests have.

const ROUTERS: readonly (readonly [name: string, program: string, start: ProxyStart])[] = [['traefik', 'traefik', startTraefik], ['caddy', 'caddy', startCaddy], ['nginx', 'nginx', startReloadingNginx], ['kamal-proxy', 'kamal-proxy', startKamalProxy]];

describe.each(ROUTERS)('%s', (name, program, start) => {
  needsFull(program, ...ENGINE_NEEDS)('moves users, workers and singletons from project to project, and back', async () => {
    const stack = await startStackHost({}, { proxy: start });
    try {
      expect(stack.host.proxy.inputs['router']).toBe(name);
      for (const version of ['v1', 'v2']) {
        stack.nextRun();
        await stack.images(version);
        outputsOf(await stack.deploy(version));
        outputsOf(await stack.switchTraffic());
        expect(await stack.liveVersion()).toBe(version);
      }
      expect(await stack.running()).toEqual(['blue web', 'green adapter', 'green jobs', 'green web']);
      outputsOf(await stack.rollback());
      expect(await stack.liveVersion()).toBe('v1');
      expect(await stack.running()).toEqual(['blue adapter', 'blue jobs', 'blue web', 'green web']);
    } finally {
      await stack.stop();
    }
  }, 180_000);
});
