import { createServer } from 'node:http';
import { createServer as createTls } from 'node:https';
import { createServer as createTcp, type Socket } from 'node:net';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import { needs } from '#shared/testing/equipment';
import { createLoopback } from '#shared/testing/loopback';
import { attempt } from './attempt.ts';
import type { Attempt, HttpCheck } from './check.ts';

const loopback = createLoopback();
const { listen, web } = loopback;
const folder = mkdtempSync(join(tmpdir(), 'http-around-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => loopback.close());

async function raw(speak: (socket: Socket) => void): Promise<string> {
  return `http://127.0.0.1:${await listen(createTcp(speak))}/`;
}

function ask(url: string, rest: Partial<HttpCheck> = {}, attemptTimeout = 2_000): Promise<Attempt> {
  return attempt({ kind: 'http', name: 'page', url, ...rest }, { signal: new AbortController().signal, attemptTimeout });
}

describe('what is shown', () => {
  const canary = 'canary/+ ?<&"\'secret';
  const forms = [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64'), Buffer.from(`xy${canary}!`).toString('base64')];

  test('never holds a secret of the request, in any form the server gives it back', async () => {
    const url = await web((_, response) => response.writeHead(400, { location: `/?t=${encodeURIComponent(canary)}`, 'x-echo': canary, 'x-version': canary })
      .end([...forms, JSON.stringify(canary), 'y'.repeat(90) + canary].join('\n')));
    const seen = await Promise.all([
      ask(url, { headers: { 'x-token': new Secret(canary) } }),
      ask(`${url}?token=${encodeURIComponent(canary)}`, { expect: { status: [{ first: 400, last: 400 }], headers: [{ name: 'x-echo', text: 'z' }] } }),
      ask(url, { method: 'POST', body: new Secret(canary), expect: { status: [{ first: 400, last: 400 }], version: { equals: 'z', header: 'x-version' } } }),
    ]);
    const text = JSON.stringify(seen);
    expect(seen.map(({ verdict }) => verdict)).toEqual(['fail', 'fail', 'fail']);
    for (const form of forms) expect(text).not.toContain(form);
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('secret');
  });

  test('is one line and no workflow command', async () => {
    const url = await web((_, response) => response.setHeader('x-version', 'ok').end('\n::set-output name=x::y\r\n\u001b[31mred'));
    const { evidence } = await ask(url, { expect: { text: ['z'] } });
    expect(evidence.body).toBe('\\n::set-output name=x::y\\r\\n\\u001b[31mred');
  });
});

describe('addresses', () => {
  test('of both families are tried: localhost with only IPv6 or only IPv4 listening', async () => {
    const six = await listen(createServer((_, response) => response.end()), { host: '::1' });
    const four = await listen(createServer((_, response) => response.end()));
    expect(await ask(`http://[::1]:${six}/`)).toMatchObject({ verdict: 'pass', evidence: { address: '::1' } });
    expect(await ask(`http://localhost:${four}/`)).toMatchObject({ verdict: 'pass', evidence: { address: '127.0.0.1' } });
  });

  test('may be a unix socket, with the URL as it is for users', async () => {
    const path = join(folder, 'app.sock');
    const server = createServer(({ headers }, response) => response.end(headers.host));
    await listen(server, { path });
    expect(await ask('http://shop.example.com/', { connectTo: { socket: path }, expect: { text: ['shop.example.com'] } })).toMatchObject({ verdict: 'pass' });
    expect(await ask('http://shop.example.com/', { connectTo: { socket: `${path}.not` } })).toMatchObject({ verdict: 'fail', reason: `socket ${path}.not: no such socket` });
  });

  test('that DNS does not know fail', async () => {
    const { verdict, reason } = await ask('http://nothing.invalid/');
    // A sandbox without a resolver cannot tell: then the same question is inconclusive, and never a pass.
    expect([['fail', 'nothing.invalid:80: no such name in DNS'], ['inconclusive', 'nothing.invalid:80 was not reached: the resolver did not answer']]).toContainEqual([verdict, reason]);
  });
});

needs('openssl')('TLS is verified, with the name of the Host header, unless insecure', async () => {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=shop.example.com', '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const names: string[] = [];
  const server = createTls({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => response.end('ok'));
  server.on('secureConnection', (socket) => names.push(String(socket.servername)));
  const url = `https://127.0.0.1:${await listen(server)}/`;
  expect(await ask(url)).toMatchObject({ verdict: 'fail', reason: `${new URL(url).host}: its certificate is self-signed; insecure: true accepts it` });
  expect(await ask(url, { insecure: true, host: 'shop.example.com' })).toMatchObject({ verdict: 'pass' });
  expect(names).toContain('shop.example.com');
  expect(await ask(url.replace('https', 'http'))).toMatchObject({ verdict: 'fail' });
  const silent = await raw(() => undefined);
  expect(await ask(silent.replace('http', 'https'), {}, 300)).toMatchObject({ verdict: 'fail', reason: expect.stringContaining('did not finish the TLS handshake within 300ms') });
});
