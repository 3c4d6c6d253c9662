import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { awaitText } from '#shared/testing/await-text';
import { collectedLog } from '#shared/testing/collected-log';
import { needs } from '#shared/testing/equipment';
import { freePort, waitUntil } from '#shared/testing/ports';
import { type Relay, startRelay } from '#shared/testing/relay';
import { type Sshd, startSshd } from '#shared/testing/sshd';
import { ConnectionLost, type SshConnection, connect } from './connection.ts';
import { makeKey } from '#shared/testing/keys';
import { Secret } from '#shared/core/secret';
import type { SshTarget } from './target.ts';

const it = needs('sshd', 'ssh-keygen');
const QUICK = { keepalive: 100, backOff: 50 };
let sshd: Sshd;
let relay: Relay;
const open: SshConnection[] = [];

beforeAll(async () => {
  sshd = await startSshd();
});
afterAll(async () => sshd?.stop());
afterEach(async () => {
  for (const connection of open.splice(0)) connection.close();
  await relay?.stop();
});

/** A target whose line goes through a fresh relay. */
async function throughRelay(changes: Partial<SshTarget> = {}, delay = 0): Promise<SshTarget> {
  relay = await startRelay(sshd.port, { delay });
  const knownHosts = sshd.knownHosts.replaceAll(`:${sshd.port} `, `:${relay.port} `);
  return sshd.target({ port: relay.port, hostKeys: { knownHosts, fingerprints: [] }, ...changes });
}

async function reach(target: SshTarget, pace = QUICK): Promise<SshConnection> {
  const connection = await connect(target, collectedLog(), undefined, pace);
  open.push(connection);
  return connection;
}

describe('a line that drops', () => {
  const endings: Record<string, () => unknown> = {
    'cut on the way': () => relay.cut(),
    'killed on the server': () => sshd.killConnections(),
    'gone silent': () => relay.freeze(),
    'closed by us': () => open[0]?.close(),
  };
  for (const [how, end] of Object.entries(endings)) {
    it(`rejects with ConnectionLost what is running, and all that follows: ${how}`, async () => {
      const connection = await reach(await throughRelay());
      const started = awaitText('go');
      const running = connection.exec('echo go; sleep 30', { onOutput: started.listen });
      await started.heard;
      void end();
      await expect(running).rejects.toBeInstanceOf(ConnectionLost);
      await expect(running).rejects.toThrow(`The connection to 127.0.0.1:${relay.port} was lost`);
      await expect(connection.exec('true')).rejects.toBeInstanceOf(ConnectionLost);
      await expect(connection.openPort('127.0.0.1', 1)).rejects.toBeInstanceOf(ConnectionLost);
    });
  }

  it('rejects in the middle of a long input', async () => {
    const connection = await reach(await throughRelay());
    relay.cutAfter(3_000_000);
    await expect(connection.exec('cat > /dev/null', { stdin: Buffer.alloc(50_000_000) })).rejects.toBeInstanceOf(ConnectionLost);
  });

  it('rejects in the middle of a long output', async () => {
    const connection = await reach(await throughRelay());
    relay.cutAfter(3_000_000);
    await expect(connection.exec('head -c 50000000 /dev/zero')).rejects.toBeInstanceOf(ConnectionLost);
  });

  it('rejects a command that was sent but not yet answered', async () => {
    const connection = await reach(await throughRelay({}, 100));
    const running = connection.exec('sleep 5');
    relay.cut();
    await expect(running).rejects.toBeInstanceOf(ConnectionLost);
  });

  it('stays up while nothing happens', async () => {
    const connection = await reach(await throughRelay(), { keepalive: 20, backOff: 50 });
    expect((await connection.exec('sleep 1; echo still here')).stdout).toBe('still here\n');
  });
});

describe('connect', () => {
  it('tries again while the server is not there, and says so', async () => {
    const target = await throughRelay({ connectRetries: 20 });
    await relay.refuse(true);
    const log = collectedLog();
    const connecting = connect(target, log, undefined, QUICK);
    await waitUntil('a second try was announced', () => log.lines.length >= 2);
    await relay.refuse(false);
    open.push(await connecting);
    expect(log.lines[0]).toMatch(/^127\.0\.0\.1:\d+ as \S+ refused the connection: .*Trying again in 50ms \(1 of 20\)\.$/);
    expect(log.lines.at(-1)).toBe(`Connected to 127.0.0.1:${target.port} as ${target.user}.`);
  });

  it('tries again when the line is cut before the log-in', async () => {
    const target = await throughRelay({ connectRetries: 1 });
    relay.cutAfter(100);
    await reach(target);
    expect(relay.count).toBe(2);
  });

  it('gives up after the retries, saying how often it tried', async () => {
    const target = sshd.target({ port: await freePort(), connectRetries: 2 });
    await expect(connect(target, collectedLog(), undefined, QUICK)).rejects.toThrow(/refused the connection.*Tried 3 times in \S+\.$/);
  });

  it('tries no second time once a log-in has begun', async () => {
    const stranger = makeKey(join(sshd.folder, 'stranger'));
    const target = await throughRelay({ connectRetries: 5, key: new Secret(stranger.text) });
    await expect(connect(target, collectedLog(), undefined, QUICK)).rejects.toMatchObject({ kind: 'key-refused' });
    expect(relay.count).toBe(1);
  });

  it('stops at once when aborted: before, while waiting for an answer, between tries', async () => {
    const reason = new Error('cancelled by somebody');
    await expect(connect(sshd.target(), collectedLog(), AbortSignal.abort(reason))).rejects.toBe(reason);
    const target = await throughRelay({ connectRetries: 5 });
    relay.freeze();
    const controller = new AbortController();
    const frozen = connect(target, collectedLog(), controller.signal);
    await waitUntil('the relay was reached', () => relay.count === 1);
    controller.abort(reason);
    await expect(frozen).rejects.toBe(reason);
    const second = new AbortController();
    const log = collectedLog();
    const retrying = connect({ ...target, port: await freePort() }, log, second.signal, { keepalive: 100, backOff: 60_000 });
    await waitUntil('a second try was announced', () => log.lines.length === 1);
    second.abort(reason);
    await expect(retrying).rejects.toBe(reason);
  });

  it('leaves nothing behind that keeps the process alive', async () => {
    const script = `
      const { connect } = await import('#shared/system/ssh/connection');
      const { Secret } = await import('#shared/core/secret');
      const target = JSON.parse(process.argv[1]);
      const log = { info() {} };
      const connection = await connect({ ...target, key: new Secret(target.text) }, log);
      console.log((await connection.exec('echo done')).stdout);
      connection.close();`;
    const target = { ...(await throughRelay()), text: sshd.key.text };
    const child = spawn(process.execPath, ['--input-type=module', '--eval', script, JSON.stringify(target)], { cwd: fileURLToPath(new URL('../../..', import.meta.url)), stdio: ['ignore', 'pipe', 'inherit'] });
    const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    expect([said.trim(), code]).toEqual(['done', 0]);
  });
});

describe('tunnels', () => {
  it('lead to a TCP port and to a unix socket of the server', async () => {
    const path = join(sshd.folder, 'echo.sock');
    const servers = [createServer((peer) => peer.pipe(peer)), createServer((peer) => peer.pipe(peer))] as const;
    servers[0].listen(0, '127.0.0.1');
    servers[1].listen(path);
    try {
      await Promise.all(servers.map((server) => once(server, 'listening')));
      const connection = await reach(sshd.target());
      const streams = [await connection.openPort('127.0.0.1', (servers[0].address() as AddressInfo).port), await connection.openSocket(path)];
      for (const stream of streams) {
        stream.end('héllo');
        expect(await text(stream)).toBe('héllo');
      }
    } finally {
      for (const server of servers) server.close();
    }
  });

  it('say why they cannot be opened', async () => {
    const connection = await reach(sshd.target());
    const port = await freePort();
    await expect(connection.openPort('127.0.0.1', port)).rejects.toThrow(`127.0.0.1:${sshd.port} could not connect to 127.0.0.1:${port}: Connection refused. Check that something listens there,`);
    await expect(connection.openSocket('/nowhere/x.sock')).rejects.toThrow(/could not connect to \/nowhere\/x\.sock/);
  });

  it('say so when the server forbids them', async () => {
    const strict = await startSshd({ config: ['AllowTcpForwarding no', 'AllowStreamLocalForwarding no'] });
    try {
      await using connection = await connect(strict.target(), collectedLog());
      await expect(connection.openPort('127.0.0.1', 22)).rejects.toThrow(/does not allow connections to 127\.0\.0\.1:22.*AllowTcpForwarding/);
      await expect(connection.openSocket('/run/x')).rejects.toThrow(/could not connect to \/run\/x: .*AllowStreamLocalForwarding/);
    } finally {
      await strict.stop();
    }
  });
});

describe('sshd of the tests', () => {
  it('sets the environment and runs commands in the shell asked for', async () => {
    const other = await startSshd({ setEnv: { HOME: '/tmp/some home', GREETING: 'good day' }, shell: 'busybox ash' });
    try {
      await using connection = await connect(other.target(), collectedLog());
      const { stdout } = await connection.exec(`echo "$HOME, $GREETING"; tr '\\0' ' ' < /proc/$$/cmdline; cat`, { stdin: 'input' });
      expect(stdout).toMatch(/^\/tmp\/some home, good day\nbusybox ash -c .*input$/s);
    } finally {
      await other.stop();
    }
  });
});
