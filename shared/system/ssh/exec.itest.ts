import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { getEventListeners, once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { awaitText } from '#shared/testing/await-text';
import { collectedLog } from '#shared/testing/collected-log';
import { needs } from '#shared/testing/equipment';
import { waitUntil } from '#shared/testing/ports';
import { type Sshd, startSshd } from '#shared/testing/sshd';
import { type SshConnection, connect } from './connection.ts';

const it = needs('sshd', 'ssh-keygen');
let sshd: Sshd;
const open: SshConnection[] = [];

beforeAll(async () => {
  sshd = await startSshd({ hostKeys: ['ed25519'] });
});
afterAll(async () => {
  await sshd?.stop();
});
afterEach(() => open.splice(0).forEach((connection) => connection.close()));

async function reach(): Promise<SshConnection> {
  const connection = await connect(sshd.target(), collectedLog());
  open.push(connection);
  return connection;
}

/** Waits until a count that has begun to rise stays the same for half a second. */
async function untilStill(count: () => number): Promise<void> {
  for (let before = 0, now = count(); now === 0 || now !== before; now = count()) {
    before = now;
    await wait(500);
  }
}

describe('exec', () => {
  it('gives exit code, stdout and stderr, and has a label for people', async () => {
    const connection = await reach();
    expect(connection.label).toBe(`127.0.0.1:${sshd.port}`);
    expect(await connection.exec('echo out; echo err >&2; exit 3')).toEqual({ code: 3, stdout: 'out\n', stderr: 'err\n' });
  });

  it('says 128 + n for a command killed by signal n', async () => {
    const connection = await reach();
    expect((await connection.exec('kill -KILL $$')).code).toBe(137);
    expect((await connection.exec('kill -TERM $$')).code).toBe(143);
  });

  it('does not split characters, in pieces or in the end of a long output', async () => {
    const connection = await reach();
    const { stdout } = await connection.exec(`printf '\\342'; sleep 0.1; printf '\\202'; sleep 0.1; printf '\\254'`);
    expect(stdout).toBe('€');
    const long = await connection.exec('cat', { stdin: `a${'€'.repeat(400_000)}` });
    expect(long.stdout).toMatch(/^€+$/);
    expect(Buffer.byteLength(long.stdout)).toBeGreaterThan(1_048_576 - 3);
    expect(Buffer.byteLength(long.stdout)).toBeLessThanOrEqual(1_048_576);
  });

  it('hands chunks to the handlers and then keeps nothing', async () => {
    const connection = await reach();
    const heard: string[] = [];
    const result = await connection.exec('echo out; echo err >&2', { onOutput: (chunk) => heard.push(`o:${chunk}`), onError: (chunk) => heard.push(`e:${chunk}`) });
    expect(heard.sort()).toEqual(['e:err\n', 'o:out\n']);
    expect(result).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('rejects with the fault of a handler, and the connection lives on', async () => {
    const connection = await reach();
    const fault = new Error('handler at fault');
    await expect(connection.exec('echo x', { onOutput: () => { throw fault; } })).rejects.toBe(fault);
    expect((await connection.exec('echo alive')).stdout).toBe('alive\n');
  });

  it('gives an end of input to a command without stdin', async () => {
    const connection = await reach();
    expect(await connection.exec('cat; echo over')).toMatchObject({ code: 0, stdout: 'over\n' });
  });

  it('runs many commands at once on one connection', async () => {
    const connection = await reach();
    const results = await Promise.all(Array.from({ length: 50 }, (_, index) => connection.exec(`sleep 0.1; echo ${index}`)));
    expect(results.map(({ stdout }) => stdout)).toEqual(Array.from({ length: 50 }, (_, index) => `${index}\n`));
  });

  it('sends 100 MB, every byte of it, and reads no further ahead than the other side takes', async () => {
    const connection = await reach();
    const block = randomBytes(1_048_576);
    const hash = createHash('sha256');
    let taken = 0;
    const source = Readable.from((function* () {
      for (; taken < 100; taken += 1) {
        hash.update(block);
        yield block;
      }
    })(), { objectMode: false });
    const gate = join(sshd.folder, 'gate');
    const sending = connection.exec(`until [ -e ${gate} ]; do sleep 0.05; done; sha256sum`, { stdin: source });
    await untilStill(() => taken);
    // What is in flight: SSH's window, and the buffers on the way. Without back-pressure it would be all of it.
    expect(taken).toBeLessThan(16);
    writeFileSync(gate, '');
    const { stdout } = await sending;
    expect(taken).toBe(100);
    expect(stdout.split(' ')[0]).toBe(hash.digest('hex'));
  });

  it('sends a buffer of many megabytes and an empty one', async () => {
    const connection = await reach();
    const bytes = randomBytes(20_000_000);
    expect((await connection.exec('sha256sum', { stdin: bytes })).stdout).toContain(createHash('sha256').update(bytes).digest('hex'));
    expect((await connection.exec('wc -c', { stdin: Buffer.alloc(0) })).stdout.trim()).toBe('0');
  });

  it('loses nothing of a short-lived child process given as stdin', async () => {
    const connection = await reach();
    const child = spawn('echo', ['from the child']);
    const result = connection.exec('cat', { stdin: child.stdout });
    await once(child, 'exit');
    expect((await result).stdout).toBe('from the child\n');
  });

  it('survives a command that ends without reading its input', async () => {
    const connection = await reach();
    const source = Readable.from((function* () { for (;;) yield Buffer.alloc(65_536); })(), { objectMode: false });
    expect((await connection.exec('exit 7', { stdin: source })).code).toBe(7);
    await waitUntil('the input was given up', () => source.destroyed);
    expect((await connection.exec('head -c 10 | wc -c', { stdin: Buffer.alloc(10_000_000) })).stdout.trim()).toBe('10');
    expect((await connection.exec('exec 0<&-; sleep 0.2; echo on', { stdin: Buffer.alloc(5_000_000) })).stdout).toBe('on\n');
  });

  it('rejects with the fault of its input', async () => {
    const connection = await reach();
    const source = Readable.from((async function* () { yield Buffer.from('x'); throw new Error('disk unreadable'); })(), { objectMode: false });
    await expect(connection.exec('cat', { stdin: source })).rejects.toThrow('disk unreadable');
    expect((await connection.exec('echo alive')).stdout).toBe('alive\n');
  });

  it('closes the channel when aborted: before, meanwhile, and with input still coming', async () => {
    const connection = await reach();
    await expect(connection.exec('echo x', { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow('too late');
    const controller = new AbortController();
    const started = awaitText('go');
    const running = connection.exec('echo go; cat > /dev/null', { signal: controller.signal, onOutput: started.listen, stdin: new Readable({ read() {} }) });
    await started.heard;
    controller.abort(new Error('no more'));
    await expect(running).rejects.toThrow('no more');
    expect((await connection.exec('echo alive')).stdout).toBe('alive\n');
  });

  it('lets one signal serve many commands, and leaves no listener on it', async () => {
    const connection = await reach();
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 15 }, () => connection.exec('true', { signal })));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('says so when the server refuses a further session', async () => {
    const strict = await startSshd({ config: ['MaxSessions 1'] });
    try {
      await using connection = await connect(strict.target(), collectedLog());
      const first = awaitText('go');
      const stdin = new PassThrough();
      const running = connection.exec('echo go; cat', { onOutput: first.listen, stdin });
      await first.heard;
      await expect(connection.exec('true')).rejects.toThrow(/refused to run a command.*MaxSessions/);
      stdin.end();
      expect((await running).code).toBe(0);
    } finally {
      await strict.stop();
    }
  });
});
