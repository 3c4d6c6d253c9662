import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect } from '@jest/globals';
import { needs } from './equipment.ts';
import { renderExample, type ExampleNames } from './examples.ts';
import { waitUntil } from './ports.ts';
import { ended, send } from './processes.ts';
import { findProgram } from './programs.ts';
import { carryOut, recreateRuntimeDir } from './runtime-dir.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function names(service = 'shop'): ExampleNames {
  return { service, path: join(folder, 'srv', service), runtimeDir: join(folder, 'run', service) };
}

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function verifyUnit(example: string, ...options: readonly string[]): string {
  // Whether node is at /usr/bin on this machine does not matter here.
  const unit = put('shop@blue.service', renderExample(example, names()).replace('/usr/bin/node server.js', '/bin/true'));
  return spawnSync('systemd-analyze', [...options, 'verify', unit], { encoding: 'utf8', env: { ...process.env, XDG_RUNTIME_DIR: folder } }).stderr;
}

needs('systemd-analyze')('the units are what systemd understands, and verifying would notice', () => {
  expect(verifyUnit('systemd/service@.service')).toBe('');
  expect(verifyUnit('systemd/user-service@.service', '--user')).toBe('');
  put('wrong@blue.service', '[Service]\nExecStart=/bin/true\nKillMode=gently\n');
  expect(spawnSync('systemd-analyze', ['verify', join(folder, 'wrong@blue.service')], { encoding: 'utf8' }).stderr).toContain('gently');
});

needs('visudo')('the sudoers file is one', () => {
  const file = put('sudoers', renderExample('systemd/slipway-sudoers', names()));
  expect(execFileSync('visudo', ['-cf', file], { encoding: 'utf8' })).toContain('parsed OK');
});

needs()('the polkit rule lets the deploy user restart the two slots and nothing else', () => {
  type Rule = (action: object, subject: object) => string | undefined;
  const rules: Rule[] = [];
  runInNewContext(renderExample('systemd/slipway-polkit.rules', { ...names(), deployUser: 'deploy' }), {
    polkit: { Result: { YES: 'yes', NOT_HANDLED: undefined }, addRule: (rule: Rule) => rules.push(rule) },
  });
  const ask = (user: string, unit: string, verb: string, id = 'org.freedesktop.systemd1.manage-units'): string | undefined =>
    rules[0]?.({ id, lookup: (key: string) => ({ unit, verb })[key] }, { user });
  expect(ask('deploy', 'shop@blue.service', 'restart')).toBe('yes');
  expect(ask('deploy', 'shop@green.service', 'stop')).toBe('yes');
  expect(ask('deploy', 'shop@red.service', 'stop')).toBeUndefined();
  expect(ask('deploy', 'nginx.service', 'restart')).toBeUndefined();
  expect(ask('deploy', 'shop@blue.service', 'set-property')).toBeUndefined();
  expect(ask('other', 'shop@blue.service', 'restart')).toBeUndefined();
  expect(ask('deploy', 'shop@blue.service', 'restart', 'org.freedesktop.systemd1.manage-unit-files')).toBeUndefined();
});

needs('nginx').each([['service', 'bridge'], ['shares', 'bridge-apps']])('nginx accepts slipway-%s.conf and slipway-%s.conf of two services side by side', (front, bridge) => {
  const files = ['shop', 'blog-2'].flatMap((service, index) => {
    mkdirSync(names(service).runtimeDir, { recursive: true });
    const filled = { ...names(service), publicPort: `127.0.0.1:${18_080 + index}`, serverName: `${service}.example.com` };
    return [front, bridge].map((kind) => put(`${service}-${kind}.conf`, renderExample(`nginx/slipway-${kind}.conf`, filled).replace('/var/log/nginx', folder)));
  });
  const includes = files.map((file) => `include ${file};`).join('\n');
  const main = put('nginx.conf', `pid nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${includes}\n}\n`);
  const { stderr } = spawnSync(findProgram('nginx') ?? 'nginx', ['-t', '-p', folder, '-c', main], { encoding: 'utf8' });
  expect(stderr).toContain('test is successful');
  expect(stderr).not.toMatch(/\[(?:emerg|alert|error)\]|duplicate|conflicting/);
});

needs('systemd-tmpfiles')('what stands in for systemd-tmpfiles does what it does', () => {
  const look = (): readonly unknown[] => {
    const { runtimeDir } = names();
    return [statSync(runtimeDir).mode, statSync(runtimeDir).gid, readlinkSync(join(runtimeDir, 'live.sock'))];
  };
  recreateRuntimeDir(names(), folder);
  const real = look();
  rmSync(join(folder, 'run'), { recursive: true });
  carryOut(renderExample('tmpfiles.d/slipway.conf', names()));
  expect(look()).toEqual(real);
  carryOut(renderExample('tmpfiles.d/slipway.conf', names())); // what is there stays
  expect(() => carryOut('x /tmp')).toThrow('Only d and L lines');
});

needs('root', 'systemd-tmpfiles', 'setpriv', 'curl')('nginx\'s group, and nobody else, reaches a socket that the deploy user\'s app opens', async () => {
  chmodSync(folder, 0o755);
  cpSync(fileURLToPath(new URL('./app', import.meta.url)), join(folder, 'app'), { recursive: true });
  mkdirSync(names().path, { recursive: true });
  recreateRuntimeDir({ ...names(), deployUser: 'daemon', webGroup: 'www-data' }, folder);
  const [socket, live] = [join(names().runtimeDir, 'blue.sock'), join(names().runtimeDir, 'live.sock')];
  symlinkSync(socket, join(names().path, 'confirmed.sock'));
  const as = (user: string, group: string): string[] => [`--reuid=${user}`, `--regid=${group}`, '--clear-groups'];
  const app = spawn('setpriv', [...as('daemon', 'daemon'), 'sh', '-c', 'umask 0002; exec "$0" server.js', process.execPath], { cwd: join(folder, 'app'), env: { SOCKET: socket } });
  const fetchAs = (user: string, group: string): number | null => spawnSync('setpriv', [...as(user, group), 'curl', '-sf', '--unix-socket', live, 'http://shop/health']).status;
  try {
    await waitUntil('the app listens', () => lstatSync(socket, { throwIfNoEntry: false }) !== undefined);
    expect(fetchAs('www-data', 'www-data')).toBe(0);
    expect(fetchAs('nobody', 'nogroup')).toBe(7); // curl: could not connect
    // and the deploy user may switch
    execFileSync('setpriv', [...as('daemon', 'daemon'), 'sh', '-c', 'ln -s green.sock "$0.new" && mv -T "$0.new" "$0"', live]);
    expect(readlinkSync(live)).toBe('green.sock');
  } finally {
    send(app.pid ?? 0, 'SIGTERM');
    await ended([app.pid ?? 0]);
  }
});
