import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { ENGINE_NEEDS } from '#shared/testing/docker/engine';
import { buildImage } from '#shared/testing/docker/image';
import { startStackHost, type StackHost } from '#shared/testing/docker/stack';
import { missing, needs, needsFull } from '#shared/testing/equipment';
import { startNginxForApps } from '#shared/testing/nginx';
import { freePort } from '#shared/testing/ports';
import type { StepResult } from '#shared/testing/run-bundle';

// A backend and an AI service that users reach, each in a container of its own: one deployment, one switch, one way back for both.

const test = needs(...ENGINE_NEEDS);
const full = needsFull(...ENGINE_NEEDS);
const COMPOSE = `services:
  backend:
    image: \${REGISTRY}/shop:\${RELEASE}
    restart: unless-stopped
    ports: ['127.0.0.1:\${PORT}:80']
    stop_grace_period: 2s
  ai:
    image: \${REGISTRY}/ai:\${RELEASE}
    restart: unless-stopped
    ports: ['127.0.0.1:\${PORT_AI}:80']
    stop_grace_period: 2s
`;

let stack: StackHost;
let apps: Readonly<Record<string, string>>;
beforeAll(async () => {
  if (missing(...ENGINE_NEEDS).length > 0) return;
  const [blue, green] = [await freePort(), await freePort()];
  apps = { 'more-apps': `ai: { blue-port: ${blue}, green-port: ${green}, health: /ai/health }` };
  stack = await startStackHost({}, { proxy: startNginxForApps(blue, green) });
});
afterAll(() => stack?.stop());

function ok({ code, log, outputs }: StepResult): Readonly<Record<string, string>> {
  if (code !== 0) throw new Error(`exit ${code}\n${log}`);
  return outputs;
}

async function deploy(release: string, { health = 'ok\n', more = {} }: { readonly health?: string; readonly more?: Readonly<Record<string, string>> } = {}): Promise<StepResult> {
  stack.nextRun();
  await stack.images(release);
  const image = `${stack.registry.name}/ai:${release}`;
  const run = `mkdir /site /site/ai; cp /version /site/ai; [ ! -s /health ] || cp /health /site/ai; trap "exit 0" TERM; httpd -f -p 80 -h /site & wait\n`;
  await buildImage(stack.engine, image, { run, files: { health, version: JSON.stringify({ version: release }) } });
  await stack.engine.docker('push', '--quiet', image);
  return stack.deploy(release, { ...apps, ...more }, { 'compose.yaml': COMPOSE });
}

const versionAt = async (path: string): Promise<string> => ((await (await fetch(`${stack.host.url}${path}`)).json()) as { readonly version: string }).version;
const live = async (): Promise<readonly string[]> => [await versionAt('/version'), await versionAt('/ai/version')];

/** Asks both in turn until told to stop; every answer in the order in which it was asked for. */
function watchBoth(): { stop(): Promise<readonly string[]> } {
  const seen: string[] = [];
  let isOver = false;
  const watching = (async () => {
    while (!isOver) seen.push(...(await live()));
  })();
  return { stop: async () => { isOver = true; await watching; return seen; } };
}

describe('two apps of one service, each with a port a slot', () => {
  test('move together in one act, and go back together', async () => {
    ok(await deploy('v1'));
    ok(await stack.switchTraffic());
    expect(await live()).toEqual(['v1', 'v1']);
    ok(await deploy('v2'));
    expect(await stack.running()).toEqual(['blue ai', 'blue backend', 'green ai', 'green backend']);
    const forward = watchBoth();
    const switched = await stack.switchTraffic();
    expect(ok(switched)).toMatchObject({ release: 'v2', verified: 'true' });
    const there = await forward.stop();
    const back = watchBoth();
    ok(await stack.rollback());
    const again = await back.stop();
    // Whichever was asked first after the act: not one answer of the old release came after one of the new.
    expect(there.join(' ')).toMatch(/^(v1 )+v2( v2)*$/);
    expect(again.join(' ')).toMatch(/^(v2 )+v1( v1)*$/);
    expect(await live()).toEqual(['v1', 'v1']);
  });

  full('neither moves when one is not healthy', async () => {
    const failed = await deploy('v3', { health: '', more: { 'health-timeout': '5s' } });
    expect(failed.code).toBe(1);
    expect(failed.log).toContain('/ai/health answered with status 404');
    expect(await live()).toEqual(['v1', 'v1']);
  });

  full('both go back when one fails after the move', async () => {
    // The hook runs when both have proven healthy, right before the act.
    const hook = { 'before-publish': 'docker exec "shop-production-$SLOT-ai-1" sh -c "rm /site/ai/health"' };
    ok(await deploy('v4', { more: { ...hook, 'health-timeout': '5s' } }));
    const switched = await stack.switchTraffic();
    expect(switched.code).toBe(1);
    expect(switched.log).toContain('/ai/health answered with status 404');
    expect(await live()).toEqual(['v1', 'v1']);
  });
});
