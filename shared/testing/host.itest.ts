import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from '@jest/globals';
import type { Log } from '#shared/core/log';
import { connect, ConnectionLost, type SshConnection } from '#shared/system/ssh/connection';
import { needs } from './equipment.ts';
import { startHost, type HostOptions } from './host.ts';
import { SHELLS } from './shells.ts';
import { waitUntil } from './ports.ts';
import { processesUsing } from './processes.ts';
import { findProgram } from './programs.ts';

const it = needs('sshd', 'nginx', 'runsvdir', 'busybox', 'git');
const quiet: Log = { info: () => {}, warning: () => {}, output: () => {}, group: (_title, task) => task() };

async function withHost(options: HostOptions, use: (host: Awaited<ReturnType<typeof startHost>>, connection: () => Promise<SshConnection>) => Promise<void>): Promise<void> {
  const host = await startHost(options);
  try {
    await use(host, () => connect(host.sshd.target(), quiet));
  } finally {
    await host.stop();
  }
  expect(existsSync(host.root)).toBe(false);
  expect(processesUsing(host.root)).toEqual([]);
}

describe('a host', () => {
  it.each(SHELLS)('runs commands in %s, at home', (shell) =>
    withHost({ mode: 'socket', shell, env: { NOTE: 'a b' } }, async (host, open) => {
      await using connection = await open();
      const { stdout } = await connection.exec('readlink "/proc/$$/exe"; pwd; echo ~; echo "$NOTE"; command -v git || echo no git');
      const lines = stdout.trim().split('\n');
      expect(lines[0]).toContain(`/${shell}`);
      expect(lines.slice(1, 4)).toEqual([host.home, host.home, 'a b']);
      expect(lines[4]).toBe(shell === 'busybox' ? 'no git' : findProgram('git'));
      symlinkSync(host.makeRelease('v1'), join(host.path, 'slots', 'blue'));
      expect(await connection.exec(`SLOT=blue; ${host.inputs['start']}`)).toMatchObject({ code: 0 });
      await waitUntil('the app listens', () => existsSync(join(host.runtimeDir, 'blue.sock')));
    }));

  it('takes a detached process down with the power, and can be reached after the boot with the same key', () =>
    withHost({ mode: 'bridge' }, async (host, open) => {
      const before = await open();
      await before.exec('setsid sh -c "while :; do sleep 0.1; done" >/dev/null 2>&1 </dev/null &');
      expect(processesUsing(host.home).some((info) => info.command.includes('while'))).toBe(true);
      await host.powerCut();
      expect(processesUsing(host.root)).toEqual([]);
      before.close();
      await host.boot();
      await using after = await open();
      expect(await after.exec(`test -L ${host.runtimeDir}/live.sock`)).toMatchObject({ code: 0 });
      const cut = after.exec('sleep 0.8').catch((error: unknown) => error);
      await wait(300);
      await host.sshd.killConnections();
      expect(await cut).toBeInstanceOf(ConnectionLost);
      await waitUntil('the command ended', () => !processesUsing(host.home).some((info) => info.command.includes('0.8')));
    }));

  it.each([[undefined, 'Left running: 1 sleep 77'], [/sleep 77/, 'nothing']])('names a detached process that is left, unless expected: %s', async (expected, named) => {
    const host = await startHost({ mode: 'socket' });
    const connection = await connect(host.sshd.target(), quiet);
    await connection.exec('setsid sleep 77 >/dev/null 2>&1 </dev/null &');
    const said = await host.stop(expected).then(() => 'nothing', (error: Error) => error.message.replace(/\d+/, '1'));
    expect(said).toBe(named);
    expect(processesUsing(host.root)).toEqual([]);
    connection.close();
  });
});
