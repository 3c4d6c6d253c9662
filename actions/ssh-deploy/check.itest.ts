import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect } from '@jest/globals';
import { parse } from 'yaml';
import type { ServiceDefinition } from '#shared/server/definition';
import { needs } from '#shared/testing/equipment';
import { startHost, type Host, type HostOptions } from '#shared/testing/host';
import { waitUntil } from '#shared/testing/ports';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';
import { SHELLS } from '#shared/testing/shells';
import type { Diagnosis } from './src/examination/diagnosis.ts';
import { examineCommand, parseExamination } from './src/examination/examination.ts';

const it = needs('sshd', 'nginx', 'runsvdir', 'busybox', 'curl');
const asNobody = needs('root', 'setpriv');

async function withHost(options: HostOptions, use: (host: Host) => Promise<void>): Promise<void> {
  const host = await startHost(options);
  try {
    await use(host);
  } finally {
    await host.stop();
  }
}

/** Everything below the folder, with mode, size and times of change, but for what the supervisor and nginx write by themselves. */
function snapshot(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !/^(sv\b|proxy\/(error\.log|temp\b))/.test(name));
  return ['.', ...names].sort().map((name) => {
    const { mode, size, mtimeMs, ctimeMs, ino } = lstatSync(join(folder, name));
    return [name, mode, size, mtimeMs, ctimeMs, ino].join(' ');
  });
}

async function run(host: Host, operation: 'check' | 'status', inputs: Readonly<Record<string, string>> = {}): Promise<StepResult> {
  const given = { ...host.inputs, 'router-config': join(host.root, 'proxy'), operation, ...inputs };
  return runBundle('ssh-deploy', { entry: fileURLToPath(new URL('./src/index.ts', import.meta.url)), with: given });
}

/** What the check says against a server, by name: `verdict: detail -> mend`. */
async function faults(host: Host, inputs: Readonly<Record<string, string>> = {}): Promise<{ readonly result: StepResult; readonly found: ReadonlyMap<string, Diagnosis> }> {
  const result = await run(host, 'check', inputs);
  const diagnoses = parse(result.outputs['checks'] ?? '[]') as readonly Diagnosis[];
  expect(result.log).toContain('✓ login');
  for (const text of diagnoses.flatMap(({ detail, mend }) => [detail, ...mend.split('\n')])) expect(result.log).toContain(text);
  return { result, found: new Map(diagnoses.map((each) => [each.name, each])) };
}

/** Takes away all inputs but those of the connection and the service's name. */
const BY_NAME = { path: '', 'runtime-dir': '', 'router-config': '', url: '', start: '', stop: '', health: '' };

/** What a first deployment and its switch leave on the server. */
function pretendDeployed({ inputs, path, runtimeDir, home, service, ports, url, root, makeRelease }: Host): void {
  const definition: ServiceDefinition = {
    format: 1, service, environment: 'production', path, strategy: 'slots', runtimeDir, router: { name: 'nginx-socket', entry: '', config: join(root, 'nginx'), control: '', test: '', reload: '' }, ...(ports && { ports }),
    start: inputs['start'] ?? '', stop: inputs['stop'] ?? '', restart: '', health: { path: '/health', command: '', timeout: 10_000 }, url, keep: 5,
  };
  renameSync(makeRelease('r1'), join(path, 'releases', 'r1'));
  for (const folder of [join(path, '.slipway', 'plans'), join(home, '.slipway')]) mkdirSync(folder, { recursive: true });
  symlinkSync(join(path, '.slipway'), join(home, '.slipway', `${service}.production`));
  symlinkSync(runtimeDir, join(path, '.slipway', 'runtime'));
  writeFileSync(join(path, '.slipway', 'definition'), JSON.stringify(definition));
  const event = (kind: string): string => `${JSON.stringify({ event: kind, generation: 1, time: '2026-11-21T12:00:00Z', run: '1', actor: 'octocat', release: 'r1', slot: 'blue' })}\n`;
  writeFileSync(join(path, '.slipway', 'ledger'), ['claim', 'release', 'switch', 'confirm'].map(event).join(''));
  writeFileSync(join(path, '.slipway', 'lock'), '');
  symlinkSync('../releases/r1', join(path, 'slots', 'blue'));
  symlinkSync(join(runtimeDir, 'blue.sock'), join(path, 'confirmed.sock'));
  execFileSync('sh', ['-e', '-c', inputs['start'] ?? ''], { env: { ...process.env, SLOT: 'blue' } });
}

async function untilServed(url: string): Promise<void> {
  await waitUntil('the release is served', async () => (await fetch(`${url}/health`)).ok);
}

describe('operation: check', () => {
  it.each(SHELLS)('finds no problem before the first deployment, and touches nothing (sh: %s)', (shell) =>
    withHost({ mode: 'bridge', shell }, async (host) => {
      rmSync(host.path, { recursive: true });
      const before = snapshot(host.root);
      const unnamed = await run(host, 'check', BY_NAME);
      expect(unnamed.code).toBe(1);
      expect(unnamed.annotations.map(({ message }) => message).join()).toContain('knows no service shop in environment production. To look at it before the first deployment, give path');
      const { result, found } = await faults(host, { 'blue-port': String(host.ports?.blue), 'green-port': String(host.ports?.green) });
      expect(snapshot(host.root)).toEqual(before);
      expect([...found.values()].filter(({ verdict }) => verdict === 'problem')).toEqual([]);
      expect(result).toMatchObject({ code: 0, summary: expect.stringContaining('nginx config') });
      expect(found.get('path')?.detail).toContain('may create it');
      expect(found.get('url')).toMatchObject({ verdict: 'ok', detail: expect.stringContaining('502') });
      for (const name of ['tools', 'runtime-dir', 'nginx', 'nginx config', 'nginx rights', `port ${host.ports?.blue}`, 'clock', 'plans', 'lock', 'record']) expect(found.get(name)).toMatchObject({ verdict: 'ok' });
    }));

  it('needs the connection and the name of a service that is deployed, and nothing else; so does operation: status', () =>
    withHost({ mode: 'bridge' }, async (host) => {
      pretendDeployed(host);
      await untilServed(host.url);
      const before = snapshot(host.path);
      const { result, found } = await faults(host, BY_NAME);
      expect(snapshot(host.path)).toEqual(before);
      expect(result.code).toBe(0);
      expect(found.get('live.sock')).toMatchObject({ verdict: 'ok', detail: 'leads to slot blue' });
      expect(found.get('confirmed.sock')).toMatchObject({ verdict: 'ok', detail: 'a boot leads to blue.sock' });
      expect(found.get('url')).toMatchObject({ verdict: 'ok' });
      expect(found.get(`port ${host.ports?.blue}`)?.detail).toContain('server.js');
      expect(found.get('path')?.detail).toContain(`may write in ${host.path}`);
      const shown = await run(host, 'status', BY_NAME);
      expect(snapshot(host.path)).toEqual(before);
      expect(shown).toMatchObject({ code: 0, summary: expect.stringContaining('octocat') });
      expect(shown.log).toContain('Users reach r1 in slot blue since 2026-11-21 12:00 UTC');
      expect(parse(shown.outputs['status'] ?? '')).toMatchObject({ service: 'shop', strategy: 'slots', live: { release: 'r1', slot: 'blue' }, slots: [{ role: 'live' }, { role: 'empty' }] });
    }));

  it.each(['dash', 'busybox'] as const)('names each fault with its mend, and fails once for all problems (sh: %s)', (shell) =>
    withHost({ mode: 'socket', shell }, async (host) => {
      pretendDeployed(host);
      await untilServed(host.url);
      const upstream = `upstream shop { server unix:${host.runtimeDir}/live.sock; keepalive 8; }\n`;
      appendFileSync(join(host.root, 'proxy', 'sites', 'service.conf'), upstream);
      const plan = join(host.path, '.slipway', 'plans', '20261121T120000-abcdef');
      mkdirSync(plan);
      writeFileSync(join(plan, 'journal'), 'slipway-journal 2\n1795262400 run 1 2 x\n');
      mkdirSync(join(host.path, 'slots', 'green'));
      const { result, found } = await faults(host);
      expect(result.code).toBe(1);
      expect(found.get('nginx keepalive')).toMatchObject({ verdict: 'problem', mend: expect.stringContaining(`proxy_pass http://unix:${host.runtimeDir}/live.sock:;`) });
      expect(found.get('plans')).toMatchObject({ verdict: 'problem', detail: expect.stringContaining('20261121T120000-abcdef'), mend: expect.stringContaining('the version that wrote it') });
      expect(found.get('links')).toMatchObject({ verdict: 'problem', mend: `mv ${host.path}/slots/green ${host.path}/slots/green.old` });
      const failures = result.annotations.filter(({ level }) => level === 'error');
      expect(failures).toHaveLength(1);
      for (const part of ['nginx keepalive', 'slipway-journal 2', 'is a real folder']) expect(failures[0]?.message).toContain(part);
    }));

  it('names a runtime folder and a path that cannot be made, missing programs, an nginx that leads elsewhere, and a taken port', () =>
    withHost({ mode: 'bridge', shell: 'busybox' }, async (host) => {
      const notFolder = join(host.root, 'proxy', 'nginx.conf');
      const empty = join(host.root, 'empty');
      mkdirSync(empty);
      for (const program of ['curl', 'flock']) unlinkSync(join(host.root, 'bin', program));
      const ports = { 'blue-port': String(host.sshd.port), 'green-port': String(host.ports?.green) };
      const { result, found } = await faults(host, { ...ports, path: join(notFolder, 'shop'), 'runtime-dir': join(notFolder, 'run'), 'router-config': empty });
      expect(result.code).toBe(1);
      expect(found.get('tools')).toMatchObject({ verdict: 'problem', detail: expect.stringContaining('flock, curl'), mend: expect.stringMatching(/ util-linux curl$/) });
      expect(found.get('path')).toMatchObject({ verdict: 'problem', detail: expect.stringContaining('nginx.conf is not a folder'), mend: expect.stringContaining('install -d -o') });
      expect(found.get('runtime-dir')).toMatchObject({ verdict: 'problem', mend: expect.stringContaining(`${notFolder}/run`) });
      expect(found.get('nginx config')).toMatchObject({ verdict: 'problem', detail: expect.stringContaining(`no file in ${empty} names`) });
      expect(found.get(`port ${host.sshd.port}`)).toMatchObject({ verdict: 'problem', detail: expect.stringContaining('sshd') });
    }));

  it('names a process that keeps the lock, and who it is', () =>
    withHost({ mode: 'socket' }, async (host) => {
      pretendDeployed(host);
      await untilServed(host.url);
      const lock = join(host.path, '.slipway', 'lock');
      const stray = spawn('flock', [lock, 'sleep', '987'], { stdio: 'ignore', detached: true });
      await waitUntil('the lock is held', () => isLocked(lock));
      const { result, found } = await faults(host);
      process.kill(-(stray.pid ?? 0), 'SIGKILL');
      expect(result.code).toBe(1);
      expect(found.get('lock')).toMatchObject({ verdict: 'problem', detail: expect.stringContaining('sleep 987'), mend: expect.stringMatching(/^kill \d+/) });
    }));
});

function isLocked(lock: string): boolean {
  try {
    execFileSync('flock', ['-n', lock, 'true']);
    return false;
  } catch {
    return true;
  }
}

describe('examine.sh', () => {
  asNobody('sees what a user without rights may not do, in the settings of the machine it is shown', () =>
    withHost({ mode: 'socket' }, async (host) => {
      const etc = { 'etc/tmpfiles.d': [['s.conf', `d ${host.runtimeDir} 2755 nobody www-data -\nL ${host.runtimeDir}/live.sock - nobody www-data - ${host.path}/confirmed.sock\nd /else 0755 a b -\n`]], 'etc/systemd/logind.conf.d': [['a.conf', '[Login]\nKillUserProcesses=yes\n']], 'run/systemd/system': [], 'var/lib/systemd/linger': [['nobody', '']] };
      for (const [folder, files] of Object.entries(etc)) {
        mkdirSync(join(host.root, 'machine', folder), { recursive: true });
        for (const [name = '', text = ''] of files) writeFileSync(join(host.root, 'machine', folder, name), text);
      }
      const definition = { format: 1, service: host.service, path: host.path, strategy: 'slots', runtimeDir: host.runtimeDir, router: { name: 'nginx-socket', entry: '', config: join(host.root, 'proxy'), control: '', test: '', reload: '' }, start: '', stop: '', restart: '', health: { path: '/', command: '', timeout: 1 } } as unknown as ServiceDefinition;
      execFileSync('chmod', ['755', host.root]);
      const command = examineCommand(definition, 'shop.production', 'm', join(host.root, 'machine'));
      const output = execFileSync('setpriv', ['--reuid=65534', '--regid=65534', '--clear-groups', 'sh', '-c', command], { encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: '/nonexistent' } });
      expect(parseExamination(output, 'm')).toMatchObject({
        user: 'nobody', hasSystemd: true, isLingering: true, path: { isFolder: true, isWritable: false, nearest: host.path }, home: { nearest: '/', isWritable: false },
        logind: [`${host.root}/machine/etc/systemd/logind.conf.d/a.conf:KillUserProcesses=yes`],
        tmpfiles: [{ type: 'd', path: host.runtimeDir }, { type: 'L', target: `${host.path}/confirmed.sock` }],
        nginxConfig: { access: 'open', naming: expect.arrayContaining([`proxy_pass http://unix:${host.runtimeDir}/live.sock:;`]) },
      });
    }));
});
