import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startHaproxy } from '#shared/testing/haproxy';
import { startRouterServer, type RouterServer } from '#shared/testing/router-server';
import { SHELLS } from '#shared/testing/shells';
import { createLoopback } from '#shared/testing/loopback';
import { routerScript } from '#shared/testing/router-functions';
import { runScript } from '#shared/testing/run-script';

const it = needs('haproxy', 'socat', 'busybox');
let server: RouterServer;

beforeEach(async () => {
  server = await startRouterServer(startHaproxy);
});
afterEach(() => server.stop());
const apps = createLoopback();
afterAll(() => apps.close());

const map = (): string => join(server.path, 'haproxy.map');
const runtime = (command: string): string => runScript(process.env['PATH'] ?? '', `echo '${command}' | socat - UNIX-CONNECT:${server.proxy.inputs['router-control']}`).stdout;
async function refusal(target: number | 'closed' = 100): Promise<string> {
  const { code, stderr } = await server.call('prepare_traffic', target);
  expect(code).toBe(1);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  return stderr;
}
function reconfigure(from: RegExp, to: string): Promise<void> {
  const file = join(server.root, 'proxy', 'haproxy.cfg');
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(from);
  writeFileSync(file, text.replace(from, to));
  return server.proxy.reload();
}

it('sends all, a share, nobody at once; a start comes up with what was kept', async () => {
  expect((await server.ask()).status).toBe(503);
  await server.must('prepare_traffic', 0);
  await server.must('send_traffic', 0);
  await server.must('keep_traffic', 0);
  expect(await server.spread(100)).toEqual({ blue: 100, green: 0 });
  await server.must('prepare_traffic', 25);
  await server.must('send_traffic', 25);
  const { green = 0 } = await server.spread(400);
  expect(green).toBeGreaterThan(56); // 5 standard deviations
  expect(green).toBeLessThan(144);
  await server.must('prepare_traffic', 100);
  await server.must('send_traffic', 100);
  expect(await server.spread(100)).toEqual({ blue: 0, green: 100 });
  await server.reboot();
  expect(await server.spread(100)).toEqual({ blue: 100, green: 0 });
  await server.must('keep_traffic', 100);
  expect(await server.spread(100)).toEqual({ blue: 0, green: 100 });
  await server.reboot();
  expect(await server.spread(100)).toEqual({ blue: 0, green: 100 });
});

it('a client of a bucket stays where it is while the share grows', async () => {
  const buckets = async (share: number): Promise<readonly string[]> => {
    await server.must('send_traffic', share);
    return runtime(`show map ${map()}`).trim().split('\n').map((line) => line.split(' ').slice(1).join(' ')).filter((line) => line.endsWith('green'));
  };
  const [five, more] = [await buckets(5), await buckets(25)];
  expect([five.length, more.length]).toEqual([5, 25]);
  expect(more).toEqual(expect.arrayContaining([...five]));
});

it('closes with 503, when to come back and the page, and answers health checks; opens again', async () => {
  await server.must('send_traffic', 0);
  await server.must('prepare_traffic', 'closed');
  await server.must('send_traffic', 'closed');
  expect(await server.ask()).toMatchObject({ status: 503, headers: { 'retry-after': '120' }, body: expect.stringContaining('Back soon') });
  expect(await server.ask('/health')).toMatchObject({ status: 200 });
  await server.must('keep_traffic', 'closed');
  await server.reboot();
  expect((await server.ask()).status).toBe(503);
  await server.must('send_traffic', 0);
  expect((await server.ask()).body).toBe('blue');
});

it('tells requests, errors and what is open of each slot', async () => {
  await server.must('send_traffic', 100);
  for (const path of ['/', '/fail', '/']) await server.ask(path);
  expect(await server.must('router_tell')).toBe('blue 0 0 - 0\ngreen 3 1 - 0\n');
  const stream = get(`${server.proxy.url}/stream`, { agent: false });
  await new Promise((resolve) => stream.once('response', resolve));
  await server.must('send_traffic', 0);
  expect(await server.must('router_tell')).toBe('blue 0 0 - 0\ngreen 3 1 - 1\n');
  stream.on('error', () => undefined).destroy();
});

it('takes a reload between act and confirmation for what it is', async () => {
  await server.must('send_traffic', 0);
  await server.must('keep_traffic', 0);
  await server.must('send_traffic', 100);
  await server.proxy.reload();
  expect((await server.ask()).body).toBe('blue');
  await server.must('prepare_traffic', 100);
  await server.must('send_traffic', 100);
  expect((await server.ask()).body).toBe('green');
});

it('holds a share over a reload or restart while it is watched, and goes back where somebody changed the map', async () => {
  await server.must('send_traffic', 0);
  await server.must('keep_traffic', 0);
  await server.must('send_traffic', 100);
  await server.must('router_hold');
  await server.proxy.reload();
  expect((await server.ask()).body).toBe('blue');
  expect(await server.must('router_hold')).toContain('it is sent that again');
  expect(await server.spread(20)).toEqual({ blue: 0, green: 20 });
  runtime(`set map ${map()} 7 shop-blue`);
  expect(await server.call('router_hold')).toMatchObject({ code: 1, stderr: expect.stringContaining('Somebody else has changed the map') });
});

it('restarted in each phase, goes where it was confirmed last; the confirmation puts that right', async () => {
  await server.must('send_traffic', 0);
  await server.must('keep_traffic', 0);
  for (const [verb, before, after] of [['prepare_traffic', 'blue', 'blue'], ['send_traffic', 'green', 'blue'], ['keep_traffic', 'green', 'green']] as const) {
    await server.must(verb, 100);
    expect((await server.ask()).body).toBe(before);
    await server.proxy.powerCut();
    await server.proxy.boot();
    expect((await server.ask()).body).toBe(after);
  }
});

it('notices what was edited by hand, and leaves it', async () => {
  await server.must('send_traffic', 0);
  await server.must('keep_traffic', 0);
  await server.must('prepare_traffic', 100);
  runtime(`set map ${map()} 7 shop-green`);
  expect(await refusal()).toMatch(/Somebody else has changed the map .*haproxy\.map in the running HAProxy/);
  await server.proxy.reload();
  await server.must('prepare_traffic', 100);

  appendFileSync(map(), '100 shop-green\n');
  const edited = readFileSync(map(), 'utf8');
  expect(await refusal()).toMatch(/Somebody has edited .*haproxy\.map/);
  expect((await server.call('keep_traffic', 100)).code).toBe(1);
  expect(readFileSync(map(), 'utf8')).toBe(edited);
  rmSync(map());
  await server.must('prepare_traffic', 100);
  expect(readFileSync(map(), 'utf8')).toContain('# target 0\n0 shop-blue\n');
});

it('refuses a HAProxy that the move would not work with', async () => {
  await reconfigure(/SERVICE-green|backend shop-green/, 'backend shop-verdant');
  expect(await refusal()).toContain('HAProxy has no backend shop-green');
  await reconfigure(/backend shop-verdant/, 'backend shop-green');
  await reconfigure(/backend shop-closed/, 'backend closed-shop');
  expect(await refusal('closed')).toContain('no backend shop-closed, which answers during maintenance');
  await reconfigure(/unix@\S*blue.sock/, '127.0.0.1:1');
  expect(await refusal()).toContain('HAProxy\'s backend shop-blue leads to 127.0.0.1:1 where slot blue is at unix:');
  await reconfigure(/127\.0\.0\.1:1\b/, `unix@${server.runtimeDir}/blue.sock`);
  await reconfigure(/map\(\S*\/haproxy\.map/, 'map(/dev/null');
  expect(await refusal()).toContain('HAProxy\'s configuration reads no map');
  await reconfigure(/map\(\/dev\/null/, `map(${map()}`);
  await reconfigure(/global\n/, 'global\n    chroot /tmp\n');
  expect(await refusal()).toMatch(/cannot reach the sockets of the slots.*\bTCP ports/);
  await server.proxy.stop();
  expect(await refusal()).toMatch(/HAProxy does not answer at .*admin\.sock/);
  await server.proxy.boot();
});

it('moves further apps in the same act, counts them to their slot, and refuses backends that lead elsewhere', async () => {
  const listen = async (slot: string): Promise<number> => Number(new URL(await apps.web((_, response) => void response.end(`ai of ${slot}`))).port);
  const ports = { blue: await listen('blue'), green: await listen('green') };
  const script = join(server.root, 'apps.sh');
  writeFileSync(script, routerScript({ service: 'shop', path: server.path, runtimeDir: server.runtimeDir, moreApps: { ai: { ports, health: '/ai/', url: '' } } }, server.proxy.inputs));
  const call = (verb: string, target = ''): ReturnType<typeof runScript> => runScript(process.env['PATH'] ?? '', `sh ${script} ${verb} ${target}`);
  const seen = async (): Promise<string> => `${(await server.ask()).body}, ${(await server.ask('/ai/')).body}`;
  await reconfigure(/( +use_backend \S+\])\n/, '$1-ai if { path_beg /ai/ }\n$1\n');
  expect(call('prepare_traffic', '0').stderr).toContain('HAProxy has no backend shop-blue-ai');
  const backend = (slot: string, port: number): string => `backend shop-${slot}-ai\n    mode http\n    timeout connect 5s\n    timeout server 1h\n    server app 127.0.0.1:${port}\n\n`;
  await reconfigure(/backend shop-blue\n/, `${backend('blue', ports.blue)}${backend('green', ports.blue)}backend shop-blue\n`);
  expect(call('prepare_traffic', '0').stderr).toContain(`HAProxy's backend shop-green-ai leads to 127.0.0.1:${ports.blue} where slot green-ai is at 127.0.0.1:${ports.green}`);
  await reconfigure(/(backend shop-green-ai[^:]*):\d+/, `$1:${ports.green}`);
  for (const [target, expected] of [['0', 'blue, ai of blue'], ['100', 'green, ai of green'], ['0', 'blue, ai of blue']] as const) {
    expect([call('prepare_traffic', target).code, call('send_traffic', target).code, await seen()]).toEqual([0, 0, expected]);
  }
  expect(call('router_tell').stdout).toBe('blue 4 0 - 0\ngreen 2 0 - 0\n');
});

describe.each(SHELLS)('in %s', (shell) => {
  it('moves traffic', async () => {
    await server.stop();
    server = await startRouterServer(startHaproxy, { onPorts: true, shell, programs: ['socat'] });
    const seen: string[] = [];
    for (const target of [0, 100, 'closed', 5, 0]) {
      for (const verb of ['prepare_traffic', 'send_traffic', 'keep_traffic']) await server.must(verb, target);
      seen.push((await server.ask(target === 5 ? '/health' : '/')).body);
    }
    expect(seen).toEqual(['blue', 'green', expect.stringContaining('Back soon'), expect.stringMatching(/blue|green/), 'blue']);
    expect(await server.must('router_tell')).toMatch(/^blue \d+ 0 - 0\ngreen \d+ 0 - 0\n$/);
  });
});
