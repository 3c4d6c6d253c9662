import { createServer as createTcp, type Socket } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { createLoopback } from '#shared/testing/loopback';
import { attempt } from './attempt.ts';
import type { Attempt, HttpCheck } from './check.ts';

const loopback = createLoopback();
const { listen, web } = loopback;
afterEach(() => loopback.close());

async function raw(speak: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listen(createTcp(speak))}/`;
}

function ask(url: string, rest: Partial<HttpCheck> = {}, attemptTimeout = 2_000): Promise<Attempt> {
  return attempt({ kind: 'http', name: 'page', url, ...rest }, { signal: new AbortController().signal, attemptTimeout });
}

describe('an HTTP check', () => {
  test('passes on a plain 200 and shows what it saw', async () => {
    const url = await web((_, response) => response.end('Welcome'));
    const found = await ask(url, { expect: { text: ['Welcome'], matches: ['^Wel'] } });
    expect(found).toMatchObject({ verdict: 'pass', answered: true, evidence: { status: 200, body: 'Welcome', address: '127.0.0.1', target: `GET ${url}` } });
  });

  test.each([
    ['status', { status: [{ first: 204, last: 204 }] }, 'status 200, expected 204'],
    ['text', { text: ['Goodbye'] }, 'the body does not hold "Goodbye"'],
    ['pattern', { matches: ['^status: up$'] }, 'the body does not match "^status: up$"'],
    ['header text', { headers: [{ name: 'Content-Type', text: 'text/html' }] }, 'the header Content-Type is "application/json", expected "text/html"'],
    ['header pattern', { headers: [{ name: 'content-type', matches: '^text' }] }, 'which does not match "^text"'],
    ['missing header', { headers: [{ name: 'x-frame', text: 'DENY' }] }, 'the header x-frame is missing'],
    ['JSON value', { json: [{ path: '$.errors', equals: 0 }] }, '$.errors is 3, expected 0'],
    ['JSON type', { json: [{ path: '$.state', equals: 1 }] }, '$.state is "1", expected 1'],
    ['JSON float', { json: [{ path: '$.rate', equals: 0 }] }, '$.rate is 0.9, expected 0'],
    ['missing JSON path', { json: [{ path: '$.error', equals: 0 }] }, '$.error selects nothing'],
    ['JSON pattern', { json: [{ path: '$.state', matches: 'up' }] }, '$.state is "1", which does not match "up"'],
    ['one of several', { json: [{ path: '$.parts[*]', equals: 'ok' }] }, '$.parts[*] is "bad", expected "ok"'],
    ['forbidden path', { json: [{ path: '$.errors', exists: false }] }, '$.errors is there (3)'],
    ['response time', { maxResponseTime: 0 }, 'allowed are 0ms'],
  ])('fails on another %s than expected', async (_, wanted, reason) => {
    const url = await web((__, response) => response.setHeader('content-type', 'application/json').end('{"errors":3,"state":"1","rate":0.9,"parts":["ok","bad"]}'));
    expect(await ask(url, { expect: wanted })).toMatchObject({ verdict: 'fail', reason: expect.stringContaining(reason), answered: true });
  });

  test('passes on JSON as expected, null counting as there', async () => {
    const url = await web((_, response) => response.end('{"a":{"b":[1,{"c":null}]},"s":"up"}'));
    const json = [{ path: '$.a.b[1].c', exists: true }, { path: '$.a', equals: { b: [1, { c: null }] } }, { path: '$.s', matches: '^up$' }, { path: '$.error', exists: false }];
    expect(await ask(url, { expect: { json } })).toMatchObject({ verdict: 'pass' });
  });

  test('says all that is wrong at once', async () => {
    const url = await web((_, response) => response.end('x'));
    const { reason } = await ask(url, { expect: { text: ['a', 'b'], headers: [{ name: 'x-y', text: 'z' }] } });
    expect(reason).toBe('the header x-y is missing; the body does not hold "a"; the body does not hold "b"');
  });

  test('a body that is not JSON fails, whatever the path', async () => {
    const url = await web((_, response) => response.end('<html>'));
    expect(await ask(url, { expect: { json: [{ path: '$.x', exists: false }] } })).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('the body is not JSON') });
  });

  test('sends method, headers and body', async () => {
    const seen: string[] = [];
    const url = await web(async (request, response) => {
      const body = await new Response(request as never).text();
      seen.push(request.method ?? '', String(request.headers['x-key']), body, String(request.headers.host), String(request.headers['accept-encoding']));
      response.end();
    });
    await ask(url, { method: 'POST', headers: { 'X-Key': new Secret('k') }, body: new Secret('{"a":"ü"}'), host: 'shop.example.com' });
    expect(seen).toEqual(['POST', 'k', '{"a":"ü"}', 'shop.example.com', 'identity']);
  });
});

describe('a version', () => {
  test.each([
    ['old', 'fail', 'version "1.4.1" answers, expected "1.4.2"', 'x-version', '1.4.1'],
    ['one with the same beginning', 'fail', 'version "1.4.20" answers, expected "1.4.2"', 'x-version', '1.4.20'],
    ['the new one', 'pass', 'version "1.4.2"', 'x-version', '1.4.2'],
    ['none', 'fail', 'the answer does not say its version in the header X-Version, expected "1.4.2"', 'x-other', '1.4.2'],
  ])('%s: %s', async (_, verdict, reason, header, value) => {
    const url = await web((__, response) => response.setHeader(header, value).end());
    expect(await ask(url, { expect: { version: { equals: '1.4.2', header: 'X-Version' } } })).toMatchObject({ verdict, reason: expect.stringContaining(reason) });
  });

  test('is found by JSON path, and an abbreviated commit counts', async () => {
    const commit = '0123456789abcdef0123456789abcdef01234567';
    const url = await web((_, response) => response.end(JSON.stringify({ build: { commit: commit.slice(0, 8) } })));
    const version = { equals: commit, jsonPath: '$.build.commit' };
    expect(await ask(url, { expect: { version } })).toMatchObject({ verdict: 'pass', evidence: { version: '01234567' } });
    expect(await ask(url, { expect: { version: { ...version, equals: commit.replace('0', 'f') } } })).toMatchObject({ verdict: 'fail' });
  });

  test('from a cache is named as such', async () => {
    const url = await web((_, response) => response.setHeader('age', '600').setHeader('x-version', '1').end());
    expect((await ask(url, { expect: { version: { equals: '2', header: 'x-version' } } })).reason).toBe('version "1" answers, expected "2" (the answer is 600 s old, from a cache in between)');
  });
});

describe('a server that does not answer properly', () => {
  test.each([
    ['accepts and is silent', (): unknown => undefined, 'accepted the connection but sent no answer within 300ms', false],
    ['closes at once', (socket: Socket): unknown => socket.destroy(), 'closed the connection without an answer', false],
    ['sends half a body and waits', (socket: Socket): unknown => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345'), 'the answer was not complete within 300ms (5 bytes of it arrived)', true],
    ['sends half a body and closes', (socket: Socket): unknown => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345'), 'the connection closed before the answer was complete (5 bytes arrived)', true],
    ['speaks another protocol', (socket: Socket): unknown => socket.end('SSH-2.0-OpenSSH_9.2\r\n'), 'answered with something that is not HTTP', true],
    ['resets a kept-alive connection', (socket: Socket): unknown => socket.once('data', () => socket.resetAndDestroy()), 'closed the connection without an answer (ECONNRESET)', false],
    ['drips headers without end', (socket: Socket): unknown => void setInterval((): void => void (socket.destroyed || socket.write('x')), 20).unref(), 'not HTTP', true],
  ] as const)('fails when it %s', async (_, speak, reason, answered) => {
    const url = await raw((socket) => void speak(socket));
    expect(await ask(url, {}, 300)).toMatchObject({ verdict: 'fail', reason: expect.stringContaining(reason), answered });
  });

  test('fails when the connection is refused, naming where', async () => {
    const url = await web(() => undefined);
    await loopback.close();
    expect(await ask(url)).toMatchObject({ verdict: 'fail', answered: false, reason: `${new URL(url).host}: connection refused` });
  });

  test('is inconclusive when the job is cancelled meanwhile', async () => {
    const url = await raw(() => undefined);
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('The run was cancelled')), 50);
    const started = Date.now();
    const found = await attempt({ kind: 'http', name: 'page', url }, { signal: stop.signal, attemptTimeout: 10_000 });
    expect(found).toMatchObject({ verdict: 'inconclusive', isFinal: true, reason: expect.stringContaining('The run was cancelled') });
    expect(Date.now() - started).toBeLessThan(1_000);
  });

  test('fails by its own time limit even when bytes keep coming', async () => {
    const url = await web((_, response) => void setInterval((): void => void (response.destroyed || response.write('x')), 10).unref());
    expect(await ask(url, {}, 300)).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('not complete within 300ms') });
  });
});

describe('redirects', () => {
  test('are not followed by default, and the reason says where they point', async () => {
    const url = await web((_, response) => response.writeHead(302, { location: 'https://login.example.com/' }).end());
    expect((await ask(url)).reason).toBe('status 302, which points to "https://login.example.com/", expected 2xx');
  });

  test('are followed up to the bound', async () => {
    const url = await web(({ url: path = '/' }, response) => (path === '/4' ? response.end('there') : response.writeHead(301, { location: `/${Number(path.slice(1)) + 1}` }).end()));
    expect(await ask(url, { followRedirects: 4, expect: { text: ['there'] } })).toMatchObject({ verdict: 'pass', reason: expect.stringContaining('after 4 redirects') });
    expect(await ask(url, { followRedirects: 3 })).toMatchObject({ verdict: 'fail', reason: 'status 301, which points to "/4", expected 2xx; stopped after 3 redirects' });
  });

  test('carry neither credentials nor body to another origin', async () => {
    const seen: string[] = [];
    const other = await web(async (request, response) => {
      seen.push(JSON.stringify(request.headers), request.method ?? '', await new Response(request as never).text());
      response.end();
    });
    const url = await web((_, response) => response.writeHead(307, { location: other }).end());
    expect(await ask(url, { method: 'POST', followRedirects: 1, headers: { Authorization: new Secret('Bearer canary-123'), cookie: new Secret('s=canary-456') }, body: new Secret('canary-789') })).toMatchObject({ verdict: 'pass' });
    expect(seen.join('\n')).not.toContain('canary');
    expect(seen[1]).toBe('POST');
  });

  test('away from a bound address are not followed', async () => {
    const url = await web((_, response) => response.writeHead(302, { location: 'http://other.example.com/' }).end());
    const { hostname: host, port } = new URL(url);
    expect(await ask('http://shop.example.com/', { followRedirects: 3, connectTo: { host, port: Number(port) } }))
      .toMatchObject({ verdict: 'fail', reason: expect.stringContaining('leads away from the address this check is bound to') });
  });
});

describe('bodies', () => {
  test('are cut after the limit, and what was cut off proves nothing', async () => {
    const url = await web((_, response) => response.end(`${'x'.repeat(3_000_000)}needle`));
    expect(await ask(url, { expect: { text: ['needle'] } })).toMatchObject({ verdict: 'inconclusive', reason: 'the body does not hold "needle", but only its first 1 MB were read: raise body-limit' });
    expect(await ask(url, { bodyLimit: 4_000_000, expect: { text: ['needle'] } })).toMatchObject({ verdict: 'pass' });
    expect(await ask(url)).toMatchObject({ verdict: 'pass', reason: expect.stringContaining('body longer than the 1 MB read') });
  });

  test.each([['gzip', gzipSync], ['br', brotliCompressSync]] as const)('in %s are read although identity was asked for', async (encoding, pack) => {
    const url = await web((_, response) => response.setHeader('content-encoding', encoding).end(pack('Welcome')));
    expect(await ask(url, { expect: { text: ['Welcome'] } })).toMatchObject({ verdict: 'pass' });
  });

  test('that explode when decompressed are cut', async () => {
    const bomb = gzipSync(Buffer.alloc(200_000_000));
    const url = await web((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
    expect(await ask(url, { bodyLimit: 1_000 }, 10_000)).toMatchObject({ verdict: 'pass', reason: expect.stringContaining('1 kB read') });
  });

  test('compressed and cut short by the server fail', async () => {
    const packed = gzipSync('Welcome'.repeat(1_000));
    const url = await web((_, response) => response.setHeader('content-encoding', 'gzip').end(packed.subarray(0, 20)));
    expect(await ask(url)).toMatchObject({ verdict: 'fail' });
  });

  test('meet a pattern that never ends without holding up the rest', async () => {
    const url = await web((_, response) => response.end(`${'a'.repeat(40)}b`));
    expect(await ask(url, { expect: { matches: ['^(a+)+$'] } }, 10_000)).toMatchObject({ verdict: 'inconclusive', reason: expect.stringContaining('took over 2 s') });
  });
});
