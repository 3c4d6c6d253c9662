import { createServer } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createMasks } from '#shared/runner/masks';
import { inputVariable, readInputs } from '#shared/runner/read-inputs';
import { needs } from '#shared/testing/equipment';
import { createLoopback } from '#shared/testing/loopback';
import { runBundle, startBundle, type StepResult } from '#shared/testing/run-bundle';
import { startSshd, type Sshd } from '#shared/testing/sshd';
import { action } from './inputs.ts';

const loopback = createLoopback();
const { listen, web } = loopback;
afterEach(() => loopback.close());

const run = (inputs: Record<string, string>): Promise<StepResult> => runBundle('smoke-test', { with: inputs });

async function shop(version: string, statuses: readonly number[] = [200]): Promise<string> {
  let count = 0;
  return web((_, response) => response.writeHead(statuses[Math.min(count++, statuses.length - 1)]!, { 'x-version': version }).end(JSON.stringify({ version, state: 'up' })));
}

describe('a smoke test', () => {
  test('passes, and says what it found and what it would miss', async () => {
    const { code, log, outputs, summary, annotations } = await run({ url: await shop('1.4.2'), 'expect-version': '1.4.2', 'version-header': 'X-Version' });
    expect({ code, annotations }).toEqual({ code: 0, annotations: [] });
    expect(outputs).toMatchObject({ verdict: 'pass', passed: '1', failed: '0', inconclusive: '0', version: '1.4.2', duration: expect.stringMatching(/^\d+\.\d$/) });
    expect(JSON.parse(outputs['checks']!)).toEqual([{ name: 'GET /', verdict: 'pass', reason: expect.stringMatching(/^status 200 in .*, version "1.4.2"$/), durationMs: expect.any(Number), attempts: 1, status: 200, version: '1.4.2' }]);
    expect(log).toContain('✓ GET /: status 200');
    expect(log).toMatch(/What these settings would miss:\n.*one pass is enough[^]*the body is not looked at/);
    expect(summary).toContain('## Smoke test: pass');
    expect(summary).toContain('What these settings would miss');
  });

  test('fails on a green answer of the old version, naming both', async () => {
    const { code, annotations, outputs } = await run({ url: await shop('1.4.1'), 'expect-version': '1.4.2', 'version-json-path': '$.version', timeout: '1s' });
    expect(code).toBe(1);
    expect(annotations).toEqual([{ level: 'error', message: expect.stringMatching(/^Smoke test failed\. GET \/ failed: .*version "1\.4\.1" answers, expected "1\.4\.2"/) }]);
    expect(outputs).toMatchObject({ verdict: 'fail', failed: '1', version: '1.4.1' });
  });

  test('waits for 503 to become 200, unless it is to look once', async () => {
    expect((await run({ url: await shop('1', [503, 503, 200]) })).outputs).toMatchObject({ verdict: 'pass', checks: expect.stringContaining('at first: status 503') });
    const { code, summary } = await run({ url: await shop('1', [503, 200]), once: 'true' });
    expect(code).toBe(1);
    expect(summary).toContain('status 503, expected 2xx');
  });

  test('watches: once, with an interval, it ends at the first fault', async () => {
    const watch = { once: 'true', successes: '5', interval: '50ms' };
    expect((await run({ url: await shop('1', [200]), ...watch })).outputs).toMatchObject({ verdict: 'pass', checks: expect.stringContaining('"attempts":5') });
    expect((await run({ url: await shop('1', [200, 200, 503, 200]), ...watch })).outputs).toMatchObject({ verdict: 'fail', checks: expect.stringContaining('"attempts":3') });
    const { annotations } = await run({ url: 'http://127.0.0.1/', ...watch, interval: '30s' });
    expect(annotations[0]!.message).toContain('timeout is too short: 5 passes with 30s between them take longer than 1m');
  });

  test('of a server that never answers ends before the time limit, with its own report', async () => {
    const port = await listen(createTcp());
    const { code, annotations, outputs, took } = await run({ url: `http://127.0.0.1:${port}/`, timeout: '2s' });
    expect(code).toBe(1);
    expect(annotations[0]!.message).toContain('accepted the connection but sent no answer within 1.8s');
    expect(outputs['verdict']).toBe('fail');
    expect(took).toBeLessThan(6_000);
  });

  test('runs a list of checks beside the simple one', async () => {
    const url = await shop('1');
    const { outputs } = await run({ url, path: '/health', checks: `- {path: /a, json: {path: $.state, equals: up}}\n- {path: /b, text: nothing}\n- {tcp: "${new URL(url).host}"}`, once: 'true' });
    expect((JSON.parse(outputs['checks']!) as { name: string; verdict: string }[]).map(({ name, verdict }) => `${name} ${verdict}`))
      .toEqual(['GET /health pass', 'GET /a pass', 'GET /b fail', `tcp ${new URL(url).host} pass`]);
    expect(outputs).toMatchObject({ passed: '3', failed: '1', verdict: 'fail' });
  });

  test('asks from outside once, however many hosts the job names', async () => {
    expect((await run({ url: await shop('1'), host: 'web1.invalid\nweb2.invalid', user: 'deploy' })).outputs).toMatchObject({ verdict: 'pass', passed: '1' });
  });

  test('that is cancelled is inconclusive and ends at once', async () => {
    const step = startBundle('smoke-test', { with: { url: await shop('1', [503]), timeout: '10m' } });
    await step.untilPrinted('Running the check');
    const { code, outputs, took } = await step.cancel();
    expect(code).toBe(130);
    expect(outputs['verdict']).toBe('inconclusive');
    expect(took).toBeLessThan(6_000);
  });
});

describe('mistakes are named before anything is asked', () => {
  test.each([
    [{}, 'url or checks is missing: without a check there is no evidence'],
    [{ checks: '[]' }, 'checks: the list is empty'],
    [{ checks: '- path: /' }, 'url is missing: a check in checks gives only a path'],
    [{ url: 'https://x.invalid', 'expect-version': '1' }, 'expect-version needs exactly one of version-header and version-json-path'],
    [{ url: 'https://x.invalid', 'version-header': 'x' }, 'expect-version is missing'],
    [{ checks: '- command: "true"' }, 'host is missing'],
    [{ host: 'web1\nweb1', user: 'deploy', 'ssh-key': 'x', checks: '- command: "true"' }, 'host names web1 twice'],
    [{ host: 'web1\nweb2\nweb3', user: 'deploy', 'ssh-key': 'x', checks: '- command: "true"', 'max-parallel': '1', successes: '3', interval: '10s' }, 'timeout is too short: 3 passes with 10s between them, on 3 hosts of which 1 are asked at once (max-parallel), take longer than 1m'],
    [{ url: 'https://x.invalid', checks: '- {path: /, statsu: 1}\n- {path: /, status: 1}' }, 'checks[1].status: "1" is no HTTP status'],
  ])('%j', async (inputs, message) => {
    const { code, annotations, outputs } = await run(inputs as Record<string, string>);
    expect(code).toBe(1);
    expect(annotations[0]!.message).toContain(message);
    expect(outputs).toEqual({});
  });
});

describe('hostile values', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const trap = join(folder, 'ran');
  const hostile = [`$(touch ${trap})`, `\`touch ${trap}\``, `"; touch ${trap}; "`, `'; touch ${trap}; '`, `a\n::set-output name=verdict::pass\ntouch ${trap}`, '-rf', '\u202e../../ü', 'x'.repeat(60_000)];

  async function complaint(name: string, value: string, url: string): Promise<string> {
    const place = name === 'version-json-path' ? {} : { 'INPUT_VERSION-HEADER': 'x-version' };
    const environment = { INPUT_URL: url, 'INPUT_EXPECT-VERSION': '1', ...place, [inputVariable(name)]: value };
    return readInputs(action, environment, createMasks(() => undefined)).then(() => '', (error: unknown) => String(error));
  }

  test.each(hostile)('%#: each input refuses it by its own name, or takes it as data and nothing runs', async (value) => {
    const url = await shop('1');
    const names = Object.keys(action.inputs);
    const complaints = await Promise.all(names.map((name) => complaint(name, value, url)));
    complaints.forEach((text, index) => expect(text).toMatch(new RegExp(`^$|${names[index]}`)));
    const taken = names.filter((_, index) => complaints[index] === '');
    expect(taken).toContain('ssh-key');
    const refused = await run(Object.fromEntries(names.map((name) => [name, value])));
    expect(refused.code).toBe(1);
    for (const name of names.filter((each) => !taken.includes(each))) expect(refused.log).toContain(`- ${name}: `);
    const { outputs, log } = await run({ url, once: 'true', 'expect-version': '1', 'version-header': 'x-version', ...Object.fromEntries(taken.map((name) => [name, value])) });
    expect(outputs['verdict']).toBe('fail');
    expect(refused.log + log).not.toMatch(/^::set-output/m);
    expect(readdirSync(folder)).toEqual([]);
  });
});

test('a secret in a header is nowhere: log, summary, outputs; raw, URL-encoded or base64', async () => {
  const canary = 'canary/+ü?&"secret=';
  const forms = [canary, encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1), Buffer.from(canary).toString('base64'), Buffer.from(`user:${canary}`).toString('base64'), 'canary'];
  const url = await web((_, response) => response.writeHead(500, { 'x-echo': encodeURIComponent(canary), location: `/?${encodeURIComponent(canary)}` }).end(forms.join('\n')));
  const header = Buffer.from(`user:${canary}`).toString('base64');
  const list = (rest: string): string => `- path: /\n  headers: { X-Token: ${JSON.stringify(encodeURIComponent(canary))}, Authorization: "Basic ${header}" }\n  ${rest}`;
  const rests = ['status: 200', 'status: 500\n  text: never', 'status: 500\n  expect-headers: { x-echo: never }', 'status: 500\n  version: { equals: never, header: x-echo }', 'stauts: 200', 'json: x'];
  const results = await Promise.all(rests.map((rest) => run({ url, once: 'true', checks: list(rest) })));
  expect(results.map(({ code }) => code)).toEqual(rests.map(() => 1));
  for (const { log, summary, outputs } of results) {
    for (const form of forms.slice(0, -1)) expect(log + summary + JSON.stringify(outputs)).not.toContain(form);
  }
});

describe('through SSH', () => {
  const it = needs('sshd', 'ssh-keygen');
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd?.stop());
  const login = (): Record<string, string> => ({ host: sshd.host, port: String(sshd.port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': sshd.knownHosts });

  it('a slot, a port and a command are seen as the server sees them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'slot-'));
    const socket = join(folder, 'blue.sock');
    await listen(createServer((request, response) => response.setHeader('x-version', '7').end(request.headers.host)), { path: socket });
    const port = new URL(await shop('7')).port;
    const { code, outputs, log } = await run({
      ...login(), url: 'http://shop.example.com', once: 'true',
      checks: `- {path: /, through: ssh, socket: ${socket}, text: shop.example.com, version: {equals: "7", header: x-version}}\n- {path: /, through: ssh, port: ${port}}\n- {tcp: "${port}", through: ssh}\n- {command: [printf, "%s", "$(id)"], text: $(id)}\n- {tcp: "1", through: ssh}\n- {tcp: /nowhere.sock, through: ssh}`,
    });
    rmSync(folder, { recursive: true });
    expect({ code, verdicts: (JSON.parse(outputs['checks'] ?? '[]') as { verdict: string }[]).map(({ verdict }) => verdict), log })
      .toMatchObject({ code: 1, verdicts: ['pass', 'pass', 'pass', 'pass', 'fail', 'fail'] });
  });

  it('a connection that is refused, or cut under a check, is inconclusive', async () => {
    const refused = await run({ ...login(), port: '1', checks: '- command: "true"', 'connect-timeout': '1s' });
    expect(refused.outputs['verdict']).toBe('inconclusive');
    const silent = await listen(createTcp());
    const step = startBundle('smoke-test', { with: { ...login(), checks: `- {url: "http://shop.example.com", through: ssh, port: ${silent}}`, once: 'true', 'attempt-timeout': '30s' } });
    await step.untilPrinted('Running the check');
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await sshd.killConnections();
    expect((await step.result).outputs).toMatchObject({ verdict: 'inconclusive', checks: expect.stringContaining('the SSH connection was lost') });
  });
});
