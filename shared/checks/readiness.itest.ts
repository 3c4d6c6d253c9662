import { createServer } from 'node:http';
import { connect, createServer as createTcp, type Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from '@jest/globals';
import { spawn } from 'node:child_process';
import { UserError } from '#shared/core/errors';
import { overall } from '#shared/core/verdict';
import { TunnelRefused } from '#shared/system/ssh/tunnel';
import { createLoopback } from '#shared/testing/loopback';
import { backOff } from './back-off.ts';
import type { Check, CheckContext, Server as SshServer } from './check.ts';
import { runCheck } from './readiness.ts';
import { runChecks } from './run-checks.ts';

const loopback = createLoopback();
const { listen, web } = loopback;
afterEach(() => loopback.close());

async function answering(...statuses: number[]): Promise<Check> {
  let count = 0;
  const url = await web((_, response) => response.writeHead(statuses[Math.min(count++, statuses.length - 1)]!).end());
  return { kind: 'http', name: 'page', url };
}

async function deadPort(): Promise<number> {
  const port = await listen(createTcp());
  await loopback.close();
  return port;
}

function context(rest: Partial<CheckContext> = {}): CheckContext {
  return { signal: new AbortController().signal, attemptTimeout: 1_000, ...rest };
}

// The same programs as on a server, run here: `exec` gives the command line to a shell, as sshd does.
const here: SshServer = {
  label: 'here',
  exec: async (command) => {
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr] = await Promise.all([child.stdout, child.stderr].map(async (stream) => Buffer.concat(await stream.toArray()).toString()));
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    return { code: child.exitCode ?? 137, stdout: stdout!, stderr: stderr! };
  },
  openSocket: async (path) => opened(connect({ path })),
  openPort: async (host, port) => opened(connect({ host, port })),
};

async function opened(socket: Socket): Promise<Socket> {
  await once(socket, 'connect');
  return socket;
}

describe('readiness', () => {
  test('asked for several passes once, keeps the interval between them and ends at the first failure', async () => {
    const times: number[] = [];
    const url = await web((_, response) => {
      times.push(performance.now());
      response.writeHead(times.length === 4 ? 503 : 200).end();
    });
    const found = await runCheck({ kind: 'http', name: 'page', url }, context(), { total: 0, successes: 10, interval: 100 });
    expect(found).toMatchObject({ verdict: 'fail', attempts: 4, evidence: { status: 503 } });
    for (const [index, time] of times.slice(1).entries()) expect(time - times[index]!).toBeGreaterThanOrEqual(95);
  });

  test('waiting for several passes, keeps the interval between them instead of backing off', async () => {
    const found = await runCheck(await answering(200), context(), { total: 30_000, successes: 6, interval: 20 });
    expect(found).toMatchObject({ verdict: 'pass', attempts: 6 });
    expect(found.durationMs).toBeLessThan(3_000); // by back-off it would be 3.1 s at the least
  });

  test('stopped between two passes is inconclusive', async () => {
    const stop = new AbortController();
    const url = await web((_, response) => {
      response.end();
      setTimeout(() => stop.abort(new UserError('cancelled')), 50);
    });
    const found = await runCheck({ kind: 'http', name: 'page', url }, context({ signal: stop.signal }), { total: 0, successes: 3, interval: 60_000 });
    expect(found).toMatchObject({ verdict: 'inconclusive', attempts: 1 });
  });

  test('measures anew until it passes, and tells what it was like at first', async () => {
    const found = await runCheck(await answering(503, 503, 200), context(), { total: 10_000 });
    expect(found).toMatchObject({ verdict: 'pass', attempts: 3, evidence: { status: 200 } });
    expect(found.reason).toMatch(/^status 200 in \d+ms \(3 attempts in .*; at first: status 503, expected 2xx\)$/);
    expect(found.durationMs).toBeGreaterThanOrEqual(300);
  });

  test('waits for a server that starts meanwhile', async () => {
    const port = await deadPort();
    setTimeout(() => void listen(createServer((_, response) => response.end()), { port }), 400);
    const found = await runCheck({ kind: 'http', name: 'page', url: `http://127.0.0.1:${port}/` }, context(), { total: 10_000 });
    expect(found).toMatchObject({ verdict: 'pass', reason: expect.stringContaining('connection refused') });
  });

  test('tells a wrong answer from none at the end', async () => {
    const port = await deadPort();
    const [wrong, none] = await runChecks([await answering(404), { kind: 'tcp', name: 'db', address: { host: '127.0.0.1', port } }], context(), { total: 700 });
    expect(wrong).toMatchObject({ verdict: 'fail', reason: expect.stringMatching(/^answered \d+ times, not as expected at the end: status 404, expected 2xx \(\d+ attempts in \d+ms\)$/) });
    expect(none).toMatchObject({ verdict: 'fail', reason: expect.stringMatching(/^never answered: 127.0.0.1:\d+: connection refused \(\d+ attempts in \d+ms\)$/) });
  });

  test('of a silent server ends with the total limit and says so', async () => {
    const port = await listen(createTcp());
    const found = await runCheck({ kind: 'http', name: 'page', url: `http://127.0.0.1:${port}/` }, context({ attemptTimeout: 60_000 }), { total: 300 });
    expect(found).toMatchObject({ verdict: 'fail', attempts: 1, reason: expect.stringContaining('sent no answer within 300ms') });
  });

  test('does not let an attempt cut short by the total limit hide the reason before', async () => {
    let count = 0;
    const url = await web((_, response) => void (count++ === 0 && response.writeHead(500).end()));
    const found = await runCheck({ kind: 'http', name: 'page', url }, context({ attemptTimeout: 60_000 }), { total: 700 });
    expect(found).toMatchObject({ verdict: 'fail', attempts: 1, reason: 'status 500, expected 2xx' });
  });

  test('wants passes in a row: a failure starts the count again', async () => {
    const found = await runCheck(await answering(200, 200, 500, 200), context(), { total: 10_000, successes: 3 });
    expect(found).toMatchObject({ verdict: 'pass', attempts: 6 });
    const short = await runCheck(await answering(200), context(), { total: 250, successes: 9 });
    expect(short).toMatchObject({ verdict: 'fail', reason: expect.stringMatching(/^passed \d times in a row within 250ms, expected 9 times/) });
  });

  test('of zero measures once, and every pass that is asked for', async () => {
    expect(await runCheck(await answering(503, 200), context())).toMatchObject({ verdict: 'fail', attempts: 1 });
    expect(await runCheck(await answering(200, 503), context(), { total: 0, successes: 2 })).toMatchObject({ verdict: 'fail', attempts: 2 });
    expect(await runCheck(await answering(200), context(), { total: 0, successes: 3 })).toMatchObject({ verdict: 'pass', attempts: 3 });
  });

  test('ends at once when the job is cancelled, without evidence', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('The run was cancelled')), 300);
    const started = Date.now();
    const found = await runCheck(await answering(503), context({ signal: stop.signal }), { total: 60_000 });
    expect(found).toMatchObject({ verdict: 'inconclusive', reason: expect.stringMatching(/The run was cancelled.*status 503|stopped before/) });
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  test('back-off doubles from 200 ms to 5 s and leaves out a random half', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((count) => backOff(count, () => 1))).toEqual([200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    expect([1, 99].map((count) => backOff(count, () => 0))).toEqual([100, 2_500]);
  });
});

describe('many checks', () => {
  test('run side by side up to the limit, results in order', async () => {
    let now = 0;
    let most = 0;
    const url = await web((_, response) => {
      most = Math.max(most, ++now);
      setTimeout(() => (now--, response.end()), 100);
    });
    const checks = Array.from({ length: 9 }, (_, index) => ({ kind: 'http' as const, name: `check ${index}`, url }));
    const results = await runChecks(checks, context(), undefined, 3);
    expect(results.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual(checks.map(({ name }) => `${name} pass`));
    expect(most).toBe(3);
  });

  test('that are none are no pass', async () => {
    expect(overall((await runChecks([], context())).map(({ verdict }) => verdict))).toBe('inconclusive');
  });
});

describe('a TCP check', () => {
  const tcp = async (speak: (socket: Socket) => void, banner?: string): Promise<unknown> => {
    const port = await listen(createTcp(speak));
    return runCheck({ kind: 'tcp', name: 'port', address: { host: '127.0.0.1', port }, banner }, context({ attemptTimeout: 400 }));
  };

  test.each([
    ['pass', 'connected in', () => undefined, undefined],
    ['pass', 'greets with "SSH-2.0-x\\r\\n"', (socket: Socket) => socket.write('SSH-2.0-x\r\n'), 'SSH-2.0'],
    ['fail', 'closed it at once', (socket: Socket) => socket.end(), undefined],
    ['fail', 'greets with "220 mail", expected "SSH-"', (socket: Socket) => socket.end('220 mail'), 'SSH-'],
    ['fail', 'greets with "220 mail", expected "SSH-"', (socket: Socket) => socket.write('220 mail'), 'SSH-'],
    ['fail', 'sent no answer within 400ms', () => undefined, 'SSH-'],
    ['fail', 'closed without a greeting, expected "SSH-"', (socket: Socket) => socket.end(), 'SSH-'],
  ] as const)('%s: %s', async (verdict, reason, speak, banner) => {
    expect(await tcp(speak as (socket: Socket) => void, banner)).toMatchObject({ verdict, reason: expect.stringContaining(reason) });
  });
});

describe('a check from the server', () => {
  const server = async (): Promise<SshServer> => here;
  const command = (line: string | readonly string[], rest = {}): Check => ({ kind: 'command', name: 'command', command: line, ...rest });

  test.each([
    ['pass', 'exit code 0', command('echo up')],
    ['pass', 'exit code 3', command('exit 3', { exitCode: 3 })],
    ['fail', 'exit code 1: "broken", expected 0', command('echo broken >&2; exit 1')],
    ['fail', 'the output does not hold "up": "down\\n"', command('echo down', { text: ['up'] })],
    ['fail', 'the output does not match "^up$"', command('echo down', { matches: ['^up$'] })],
    ['pass', 'exit code 0', command(['printf', '%s', '$(id) `id` "\' -rf\n'], { text: ['$(id) `id` "\' -rf\n'] })],
    ['fail', 'exit code 127', command('no-such-program-here')],
    ['fail', 'still ran after 1s and was ended', command('echo begun; sleep 30', { timeout: 1_000 })],
  ])('%s: %s', async (verdict, reason, check) => {
    expect(await runCheck(check, context({ server }))).toMatchObject({ verdict, reason: expect.stringContaining(reason) });
  });

  test('reaches a port and a socket as the server sees them', async () => {
    const check = await answering(200);
    const port = Number(new URL((check as { url: string }).url).port);
    const found = await runChecks([
      { kind: 'http', name: 'slot', url: 'http://shop.example.com/', from: 'server', connectTo: { host: '127.0.0.1', port } },
      { kind: 'tcp', name: 'port', address: { host: '127.0.0.1', port }, from: 'server' },
      { kind: 'tcp', name: 'socket', address: { socket: '/nowhere.sock' }, from: 'server' },
    ], context({ server }));
    expect(found.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'fail']);
    expect(found[2]!.reason).toBe('socket /nowhere.sock on here: no such socket');
  });

  test.each([
    ['a lost connection', Object.assign(new Error('read ECONNRESET'), { name: 'ConnectionLost' }), 'the SSH connection was lost: read ECONNRESET'],
    ['a log-in that is refused', new UserError('web1 does not accept the key.'), 'web1 does not accept the key.'],
  ])('is inconclusive with %s', async (_, error, reason) => {
    const found = await runCheck(command('true'), context({ server: () => Promise.reject(error) }));
    expect(found).toMatchObject({ verdict: 'inconclusive', reason });
  });

  test('is inconclusive when forwarding is forbidden or there is no server', async () => {
    const forbidding = { ...here, openPort: () => Promise.reject(new TunnelRefused('web1', '127.0.0.1:1', true, 'open failed')) };
    const check: Check = { kind: 'tcp', name: 'port', address: { host: '127.0.0.1', port: 1 }, from: 'server' };
    expect(await runCheck(check, context({ server: async () => forbidding }))).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('AllowTcpForwarding') });
    expect(await runCheck(check, context())).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('give host, user and ssh-key') });
  });

  test('is inconclusive, not failed, when connecting to the server takes the whole attempt', async () => {
    const found = await runCheck(command('true', { timeout: 100 }), context({ server: () => new Promise(() => undefined) }));
    expect(found).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('no SSH connection to the server within') });
  });
});
