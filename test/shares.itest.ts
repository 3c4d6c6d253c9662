import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { existsSync, readFileSync, readlinkSync, statSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import type { Counters } from '#shared/server/counters';
import { needs } from '#shared/testing/equipment';
import { startHost, type Host } from '#shared/testing/host';
import { startSharingNginx } from '#shared/testing/nginx';
import { connectionInputs, faultTold, liveVersion, outputsOf, pipeline, type Inputs } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import { runBundle } from '#shared/testing/run-bundle';

const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const isFull = process.env['SLIPWAY_FULL'] === '1';
const REQUESTS = isFull ? 20_000 : 4_000;
const agent = new Agent({ keepAlive: true, maxSockets: 32 });

let host: Host;
let runs = 800;
beforeAll(async () => {
  host = await startHost({ mode: 'socket', proxy: startSharingNginx });
  const { deploy, switchTraffic } = pipeline(host, '1');
  outputsOf(await deploy('v1', config()));
  outputsOf(await switchTraffic());
});
afterAll(async () => {
  agent.destroy();
  await host?.stop(/plan\.sh timer|sleep /);
});

describe('a share of the traffic', () => {
  it('is as large as asked, grows by a further step of the run, and becomes all of it', async () => {
    const { deploy, switchTraffic } = await nextRun();
    outputsOf(await deploy('v2', config()));
    expect(outputsOf(await switchTraffic(weight(5)))).toMatchObject({ release: 'v2', confirmed: 'false' });
    expect(statSync(join(host.path, 'shares/5')).mode & 0o777).toBe(0o755); // nginx works as another user
    await expectShare('v2', 5);
    const shared = outputsOf(await switchTraffic(weight(25)));
    expect(momentsOf(shared)).toEqual(['before', 'at-25']);
    await expectShare('v2', 25);
    const whole = outputsOf(await switchTraffic());
    expect(await liveVersion(host)).toBe('v2');
    expect(momentsOf(whole)).toEqual(['before', 'switched', 'drained']);
    const before = countersOf(whole).find(({ when, slot }) => when === 'before' && slot === slotOf('v2'));
    expect(before?.requests).toBeGreaterThan(0);
    expect(ledger().filter(({ event }) => event === 'back')).toEqual([]);
  });

  it('goes back when nobody goes on, runner or no runner', async () => {
    const { deploy, switchTraffic } = await nextRun();
    outputsOf(await deploy('v3', config()));
    outputsOf(await switchTraffic({ ...weight(10), 'confirm-within': '5s' }));
    await waitUntil('traffic went back', () => ledger().at(-1)?.event === 'back', 30_000);
    await expectShare('v3', 0, 500);
  });

  it('goes back at the first fault that users see, with the numbers in the message', async () => {
    const { deploy, switchTraffic } = await nextRun();
    outputsOf(await deploy('v4', config(), 'flawed'));
    const users = keepAsking();
    const failed = await switchTraffic({ steps: '20, 100', 'step-duration': '60s', 'max-error-rate': '5%' });
    await users.stop();
    expect(faultTold(failed)).toMatch(/Slot (blue|green) answered \d+ of \d+ requests with errors, more than max-error-rate allows/);
    expect(await liveVersion(host)).toBe('v2');
    await expectShare('v4', 0, 500);
  });

  it('is refused where nginx could not send it, and nothing has changed', async () => {
    const conf = join(host.root, 'proxy/sites/service.conf');
    const text = readFileSync(conf, 'utf8');
    writeFileSync(conf, text.replaceAll('/live/', '/other/'));
    const { deploy, switchTraffic } = await nextRun();
    outputsOf(await deploy('v5', config()));
    expect(faultTold(await switchTraffic(weight(5)))).toContain('nginx reads no bucket');
    writeFileSync(conf, text);
    expect(await liveVersion(host)).toBe('v2');
  });

  it('is never confirmed', async () => {
    const { deploy, switchTraffic } = await nextRun();
    outputsOf(await deploy('v6', config()));
    outputsOf(await switchTraffic(weight(5)));
    expect(faultTold(await switchTraffic({ operation: 'confirm' }))).toContain('v6 of shop has 5 % of the traffic');
    outputsOf(await pipeline(host, String(runs)).rollback());
    await expectShare('v6', 0, 500);
  });
});

describe('maintenance', () => {
  it('answers 503 with the page, also after a boot, and opens again', async () => {
    writeFileSync(join(host.path, 'maintenance.html'), '<h1>Back soon</h1>');
    const { switchTraffic } = await nextRun();
    outputsOf(await switchTraffic({ operation: 'maintenance-on' }));
    await expectClosed();
    expect((await fetch(`${host.url}/health`)).status).toBe(200);
    await host.powerCut();
    await host.boot();
    await expectClosed();
    const stranger = await nextRun();
    outputsOf(await stranger.deploy('v7', config()));
    expect(faultTold(await stranger.switchTraffic())).toContain('closed for maintenance since');
    expect(outputsOf(await stranger.switchTraffic({ operation: 'maintenance-off' }))).toMatchObject({ release: 'v2' });
    expect(await liveVersion(host)).toBe('v2');
  });

  it('ends with the switch of the run that began it', async () => {
    const { deploy, switchTraffic } = await nextRun();
    outputsOf(await deploy('v8', config()));
    outputsOf(await switchTraffic({ operation: 'maintenance-on' }));
    outputsOf(await switchTraffic());
    expect(await liveVersion(host)).toBe('v8');
  });

  it('as an emergency stop stops both slots, and a rollback by name starts one and opens', async () => {
    const { switchTraffic, rollback } = await nextRun();
    outputsOf(await switchTraffic({ operation: 'emergency-stop' }));
    await expectClosed();
    for (const slot of ['blue', 'green']) expect(existsSync(join(host.path, 'slots', slot))).toBe(false);
    expect(outputsOf(await rollback({ release: 'v2' }))).toMatchObject({ 'restored-release': 'v2' });
    expect(await liveVersion(host)).toBe('v2');
  });
});

describe('the errors that users get', () => {
  it('fail a watch which itself sees none, and let one pass where they are few enough', async () => {
    const { deploy, switchTraffic } = await nextRun();
    const watch = { ...connectionInputs(host), url: host.url, path: '/version', 'max-error-rate': '5%', successes: '4', interval: '500ms', once: 'true' };
    expect(outputsOf(await runBundle('smoke-test', { with: watch }))['checks']).toMatch(/errors of slot (blue|green).*0 of \d+ requests were answered with errors/);
    outputsOf(await deploy('v9', config(), 'flawed'));
    outputsOf(await switchTraffic());
    const users = keepAsking();
    const failed = await runBundle('smoke-test', { with: watch });
    await users.stop();
    expect(faultTold(failed)).toMatch(/Smoke test failed. errors of slot (blue|green) failed: exit code 1/);
  });
});

function config(): Inputs {
  return { 'router-config': join(host.root, 'proxy') };
}

function weight(percent: number): Inputs {
  return { weight: String(percent), 'step-duration': '2s', 'confirm-within': '10m' };
}

async function nextRun() {
  runs += 1;
  return pipeline(host, String(runs));
}

function ledger(): { readonly event: string }[] {
  return readFileSync(join(host.path, '.slipway/ledger'), 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line) as { event: string });
}

function countersOf({ counters = '' }: Inputs): readonly Counters[] {
  return JSON.parse(counters) as Counters[];
}

function momentsOf(outputs: Inputs): readonly string[] {
  return [...new Set(countersOf(outputs).map(({ when }) => when))];
}

function slotOf(release: string): string | undefined {
  return ['blue', 'green'].find((slot) => readlinkSync(join(host.path, 'slots', slot)).endsWith(`/${release}`));
}

async function expectClosed(): Promise<void> {
  const answer = await fetch(host.url);
  expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([503, '120', '<h1>Back soon</h1>']);
}

async function expectShare(release: string, percent: number, requests = REQUESTS): Promise<void> {
  let left = requests;
  let reached = 0;
  await Promise.all(Array.from({ length: 32 }, async () => {
    while (left-- > 0) if ((await ask('/version')).includes(`"${release}"`)) reached += 1;
  }));
  const share = (reached / requests) * 100;
  const deviation = Math.sqrt((percent * (100 - percent)) / requests);
  expect(Math.abs(share - percent)).toBeLessThanOrEqual(isFull && percent > 0 ? 1 : 5 * deviation);
}

function ask(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get(`${host.url}${path}`, { agent }, (answer) => {
      let body = '';
      answer.on('data', (chunk: Buffer) => (body += chunk.toString())).on('end', () => resolve(body)).on('error', reject);
    }).on('error', reject);
  });
}

function keepAsking(): { stop(): Promise<void> } {
  let isOver = false;
  const asking = (async () => { while (!isOver) await ask('/'); })();
  return { stop: async () => { isOver = true; await asking; } };
}
