import { afterAll, expect } from '@jest/globals';
import { freePort, waitUntil } from '#shared/testing/ports';
import { needs } from '#shared/testing/equipment';
import { ENGINE_NEEDS, startEngine, type Engine } from './engine.ts';
import { buildImage, webApp } from './image.ts';
import { startRegistry } from './registry.ts';

let engine: Engine | undefined;
afterAll(() => engine?.stop());

needs(...ENGINE_NEEDS)('an engine runs what a registry gave it, and comes up again after a power cut', async () => {
  engine = await startEngine();
  const registry = await startRegistry({ user: 'ada', password: 'lovelace' });
  const image = `${registry.name}/shop:v1`;
  const id = await buildImage(engine, image, webApp('v1'));
  expect((await engine.attempt('push', image)).code).not.toBe(0);
  await engine.docker('login', registry.name, '--username', 'ada', '--password', 'lovelace');
  await engine.docker('push', image);
  await engine.docker('rmi', image);
  await engine.docker('pull', image);
  expect(await engine.docker('image', 'inspect', '--format', '{{.Id}}', image)).toBe(id);

  const port = await freePort();
  await engine.docker('network', 'create', 'front');
  await engine.docker('run', '--detach', '--restart', 'always', '--name', 'shop', '--network', 'front', '--publish', `127.0.0.1:${port}:80`, image);
  const answers = (): Promise<boolean> => fetch(`http://127.0.0.1:${port}/version`).then(async (answer) => (await answer.text()) === '{"version":"v1"}', () => false);
  await waitUntil('the container answers', answers);
  await engine.powerCut();
  expect(await answers()).toBe(false);
  await engine.boot();
  await waitUntil('the container answers again', answers);
  expect(await engine.docker('compose', 'version', '--short')).toMatch(/^v?2\./);
  await registry.close();
});
