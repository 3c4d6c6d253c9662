import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { needs } from './equipment.ts';
import { waitUntil } from './ports.ts';

const it = needs('curl');
let folder = '';
let app: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slip-'));
  cpSync(fileURLToPath(new URL('./app', import.meta.url)), folder, { recursive: true });
});
afterEach(async () => {
  if (app?.exitCode === null && app.kill('SIGKILL')) await once(app, 'exit');
  rmSync(folder, { recursive: true });
});

function start(fault = ''): ChildProcess {
  writeFileSync(join(folder, 'FAULT'), fault);
  app = spawn(process.execPath, ['server.js'], { cwd: folder, stdio: 'ignore', env: { SOCKET: join(folder, 'app.sock') } });
  return app;
}

/** The status of an answer, 0 for none. */
function status(path: string): number {
  const curl = ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', '--unix-socket', join(folder, 'app.sock'), `http://shop${path}`];
  return Number(execFileSync('sh', ['-c', '"$@" || :', 'sh', ...curl], { encoding: 'utf8' }));
}

async function listening(): Promise<void> {
  await waitUntil('the app listens', () => status('/version') !== 0);
}

it('on SIGTERM finishes what is in flight and exits with 0, and starts over a stale socket', async () => {
  writeFileSync(join(folder, 'app.sock'), '');
  const child = start();
  await listening();
  const slow = spawn('curl', ['-sf', '--unix-socket', join(folder, 'app.sock'), 'http://shop/slow?ms=800'], { stdio: 'ignore' });
  await wait(300);
  child.kill('SIGTERM');
  const [[code], [curled]] = await Promise.all([once(child, 'exit'), once(slow, 'exit')]);
  expect([code, curled]).toEqual([0, 0]);
  expect(existsSync(join(folder, 'app.sock'))).toBe(false);
});

it.each(['crash-on-start', 'slow-start:soon'])('does not start with the fault %s', async (fault) => {
  expect((await once(start(fault), 'exit'))[0]).toBe(1);
});

it('is unhealthy from the start', async () => {
  start('unhealthy');
  await listening();
  expect([status('/health'), status('/')]).toEqual([503, 200]);
});

it('starts slowly', async () => {
  start('slow-start:1200');
  await wait(900);
  expect(status('/health')).toBe(0);
  await listening();
  expect(status('/health')).toBe(200);
});

it.each([['sick-after:300', 500, 500], ['ailing-after:300', 503, 200]])('with %s is sound until it has been used a while', async (fault, health, page) => {
  start(fault);
  await listening();
  await wait(400);
  expect([status('/health'), status('/')]).toEqual([200, 200]);
  await wait(500);
  expect([status('/health'), status('/')]).toEqual([health, page]);
});
