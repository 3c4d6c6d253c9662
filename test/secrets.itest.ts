import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { quote } from '#shared/core/quote';
import { needs } from '#shared/testing/equipment';
import { startHost, type Host } from '#shared/testing/host';
import { makeKey } from '#shared/testing/keys';
import { connectionInputs, type Inputs } from '#shared/testing/pipeline';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { startBundle, type StepResult } from '#shared/testing/run-bundle';
import { huntFor, type Hunt } from '#shared/testing/secret-hunt';
import { startSshd, type Sshd } from '#shared/testing/sshd';

const STANDBY_TIMER = /plan\.sh timer|sleep /;
// Characters that every encoding changes, and that shells and addresses take for their own.
const canary = (name: string): string => `${name}:/+?&'"$ü ${randomBytes(12).toString('hex')}`;
const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
const secrets: Record<string, string> = {
  'ssh-passphrase': canary('passphrase'), 'jump-ssh-passphrase': canary('jump'), 'wrong passphrase': canary('wrong'),
  header: `header-${randomBytes(12).toString('base64')}`, 'password in url': canary('url'), 'password in checks': canary('checks'),
  'password of a database': canary('database'), 'passphrase of a set': canary('set'),
};
let host: Host;
let jump: Sshd;
let hunt: Hunt;
let run = 100;

beforeAll(async () => {
  host = await startHost({ mode: 'socket', env: { PATH: process.env['PATH'] ?? '' } });
  jump = await startSshd();
  const [key, jumpKey] = [makeKey(join(folder, 'key'), 'ed25519', secrets['ssh-passphrase']), makeKey(join(folder, 'jump'), 'rsa', secrets['jump-ssh-passphrase'])];
  host.sshd.authorize(key.publicLine);
  jump.authorize(jumpKey.publicLine);
  secrets['ssh-key'] = key.text;
  secrets['jump-ssh-key'] = jumpKey.text;
  secrets['another key'] = makeKey(join(folder, 'other')).text;
  hunt = huntFor(secrets);
});
afterAll(async () => {
  await Promise.all([jump?.stop(), host?.stop(STANDBY_TIMER)]);
  rmSync(folder, { recursive: true });
});

function connection(): Inputs {
  return {
    ...connectionInputs(host), 'ssh-key': secrets['ssh-key']!, 'ssh-passphrase': secrets['ssh-passphrase']!, 'connect-timeout': '5s',
    'jump-host': `${jump.user}@127.0.0.1:${jump.port}`, 'jump-ssh-key': secrets['jump-ssh-key']!, 'jump-ssh-passphrase': secrets['jump-ssh-passphrase']!, 'jump-known-hosts': jump.knownHosts,
  };
}
function withPassword(name: string): string {
  return host.url.replace('://', `://ada:${encodeURIComponent(secrets[name]!)}@`);
}
function deploy(version: string, more: Inputs = {}, fault?: string): [string, Inputs] {
  return ['ssh-deploy', { ...host.inputs, ...connection(), url: withPassword('password in url'), source: host.makeRelease(version, fault), release: version, 'health-timeout': '2s', ...more }];
}
function switchTraffic(more: Inputs = {}): [string, Inputs] {
  return ['blue-green-switch', { ...connection(), url: withPassword('password in url'), 'version-json-path': '$.version', 'proof-path': '/version', 'proof-timeout': '1s', 'drain-timeout': '0s', ...more }];
}
function rollback(more: Inputs = {}): [string, Inputs] {
  return ['rollback', { ...connection(), url: withPassword('password in url'), 'version-json-path': '$.version', 'proof-path': '/version', 'proof-timeout': '1s', ...more }];
}
function smokeTest(status: number, more: Inputs = {}): [string, Inputs] {
  const checks = [
    { path: '/version', headers: { Authorization: `Bearer ${secrets['header']}`, 'X-Token': secrets['header'] } },
    { path: '/version', through: 'ssh', socket: `${host.runtimeDir}/live.sock`, headers: { 'X-Token': secrets['header'] } },
    { url: `${withPassword('password in checks')}/version?token=${secrets['header']}`, method: 'POST', body: secrets['header'], status },
    { command: 'true' },
  ];
  return ['smoke-test', { ...connection(), url: withPassword('password in url'), checks: JSON.stringify(checks), once: 'true', 'attempt-timeout': '3s', ...more }];
}

function gate(): [string, Inputs] {
  return ['security-gate', { stage: 'production', 'github-alerts': 'code-scanning', 'github-token': secrets['header']! }];
}

/** Runs a step while looking for secrets wherever they could be, then in everything it left. */
async function huntDuring([action, inputs]: [string, Inputs], env: Inputs = {}, hunted = hunt): Promise<StepResult & { readonly leaks: readonly string[] }> {
  const home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, 'temp'));
  const step = startBundle(action, { with: inputs, env: { HOME: home, TMPDIR: join(home, 'temp'), RUNNER_TEMP: join(home, 'temp'), ...env }, runId: String(run) });
  const watch = hunted.watch(() => step.pid);
  const result = await step.result;
  const { found, samples } = watch.stop();
  // Bad inputs end an action at once, perhaps before anybody could look.
  const isOverAtOnce = /accepted is|inputs of \S+ to mend/.test(result.log);
  expect(samples).toBeGreaterThanOrEqual(isOverAtOnce ? 0 : 1);
  const left = { log: result.log, outputs: JSON.stringify(result.outputs), summary: result.summary, annotations: JSON.stringify(result.annotations) };
  return { ...result, leaks: [...found, ...Object.entries(left).flatMap(([place, text]) => hunted.inText(place, text)), ...hunted.inFiles(home), ...hunted.inFiles(host.root)] };
}

test('the hunt finds what is there to be found', async () => {
  const decoy = canary('decoy');
  const { leaks } = await huntDuring(deploy('v0', { prepare: `export LEAK=${quote(decoy)}; echo "$LEAK"; sleep 1` }), {}, huntFor({ decoy }));
  const places = [/^process \d+ sleep 1 +holds decoy \(raw\)$/, /^log holds decoy \(raw\)$/, /plan\.sh holds decoy \(/, /output holds decoy \(raw\)$/];
  expect(leaks).toEqual(expect.arrayContaining(places.map((place) => expect.stringMatching(place))));
});

describe('no secret is anywhere', () => {
  // In this order: what succeeds makes what the next needs.
  const steps: readonly [title: string, step: () => [string, Inputs], code: number, words: string, env: () => Inputs][] = ([
    ['a deployment', () => deploy('v1'), 0, ''],
    ['a dry run', () => deploy('v2', { 'dry-run': 'true' }), 0, ''],
    ['a switch', () => switchTraffic(), 0, 'Proved:'],
    ['a smoke test that passes', () => smokeTest(404), 0, 'passed'],
    ['a smoke test that fails', () => smokeTest(200), 1, 'status 404'],
    ['a smoke test of a server that is not there', () => smokeTest(200, { url: `http://ada:${encodeURIComponent(secrets['password in url']!)}@127.0.0.1:1` }), 1, ''],
    ['a deployment that fails', () => deploy('v2', {}, 'unhealthy'), 1, 'is healthy" failed'],
    ['a second deployment', () => deploy('v2'), 0, ''],
    ['a switch whose proof fails', () => switchTraffic({ 'expect-version': 'v9' }), 1, 'Traffic went back'],
    ['a switch with debugging on, and everything said once for the job', () => switchTraffic({ 'ssh-key': '', 'ssh-passphrase': '', url: '' }), 0, 'Proved:', () => ({
      DEPLOY_SSH_KEY: secrets['ssh-key']!, DEPLOY_SSH_PASSPHRASE: secrets['ssh-passphrase']!, DEPLOY_URL: withPassword('password in url'), RUNNER_DEBUG: '1', ACTIONS_STEP_DEBUG: 'true',
    })],
    ['a rollback whose proof fails', () => rollback({ url: `${withPassword('password in url')}/nowhere` }), 1, 'the proof from outside failed'],
    ['a rollback', () => rollback({ release: 'v1' }), 0, 'Proved:'],
    ['a rollback to nowhere', () => rollback({ release: 'v7' }), 1, 'no release to go back to'],
    ['a wrong passphrase', () => rollback({ 'ssh-passphrase': secrets['wrong passphrase']! }), 1, 'does not open'],
    ['a wrong passphrase for the jump host', () => rollback({ 'jump-ssh-passphrase': secrets['wrong passphrase']! }), 1, 'does not open'],
    ['a key that is not let in', () => rollback({ 'ssh-key': secrets['another key']! }), 1, 'does not accept the key'],
    ['half a key', () => rollback({ 'ssh-key': secrets['ssh-key']!.slice(0, 200) }), 1, 'not a readable private key'],
    ['a gate that GitHub does not let in', () => gate(), 1, 'code-scanning', () => ({ GITHUB_API_URL: 'http://127.0.0.1:1', RUNNER_DEBUG: '1' })],
    ['secrets in the wrong inputs', () => rollback({ 'known-hosts': secrets['ssh-key']!, service: secrets['ssh-passphrase']!, url: withPassword('password in url').replace('http:', 'ftp:') }), 1, 'inputs of rollback to mend'],
    ['an address with a password that cannot be read', () => smokeTest(404, { url: `${withPassword('password in url')}:x` }), 1, 'url: accepted is'],
  ] as const).map(([title, step, code, words, env]) => [title, step, code, words, env ?? (() => ({}))]);

  test.each(steps)('during %s', async (_, step, code, words, env) => {
    if (step()[0] === 'ssh-deploy' && step()[1]['dry-run'] === undefined) run += 1;
    const result = await huntDuring(step(), env());
    expect({ code: result.code, log: result.log.includes(words) ? words : result.log }).toEqual({ code, log: words });
    expect(result.leaks).toEqual([]);
  });
});

describe('nor of a database', () => {
  let pg: Postgres;
  beforeAll(async () => {
    chmodSync(folder, 0o755);
    pg = await startPostgres(join(folder, 'pg'), 'local all app scram-sha-256');
    pg.query(`create role app login password '${secrets['password of a database']!.replaceAll("'", "''")}'; create database shop owner app`);
    mkdirSync(join(folder, 'migrations'));
    writeFileSync(join(folder, 'migrations', '001_orders.sql'), '-- migrate:up\ncreate table orders (n int);\n-- migrate:down\ndrop table orders;\n');
  }, 60_000);
  afterAll(() => pg?.stop());

  const entry = (password: string): object => ({ postgres: 'shop', host: pg.socket, user: 'app', password: secrets[password]! });
  const migrate = (operation: string, password = 'password of a database'): [string, Inputs] => ['migrate', {
    ...connection(), operation, database: JSON.stringify(entry(password)), source: join(folder, 'migrations'), 'scratch-directory': '/var/tmp', 'gpg-secret-key': secrets['another key']!, 'gpg-passphrase': secrets['passphrase of a set']!,
  }];
  const backup = (): [string, Inputs] => ['db-backup', { ...connection(), sources: JSON.stringify([entry('password of a database')]), 'scratch-directory': '/var/tmp' }];
  const steps: readonly [title: string, step: () => [string, Inputs], code: number, words: string][] = [
    ['a wrong password', () => migrate('status', 'wrong passphrase'), 1, 'password authentication failed'],
    ['a backup', backup, 0, 'equal'],
    ['a key that gpg does not accept', () => migrate('rehearse'), 1, 'was not accepted by gpg'],
    ['an apply without a rehearsal', () => migrate('apply'), 1, 'was not rehearsed'],
    ['a rehearsal', () => without(migrate('rehearse'), 'gpg-secret-key', 'gpg-passphrase'), 0, 'Rehearsed on set'],
    ['an apply', () => migrate('apply'), 0, 'applied'],
    ['an undo', () => migrate('undo'), 0, 'is undone in shop'],
  ];
  needs('psql', 'dbmate', 'zstd', 'gpg', 'flock', 'root', 'unshare').each(steps)('during %s', async (_, step, code, words) => {
    const result = await huntDuring(step());
    expect({ code: result.code, log: result.log.includes(words) ? words : result.log }).toEqual({ code, log: words });
    expect(result.leaks).toEqual([]);
  }, 60_000);
});

function without([action, inputs]: [string, Inputs], ...names: readonly string[]): [string, Inputs] {
  return [action, Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)))];
}
