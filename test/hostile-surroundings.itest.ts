import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LedgerEvent } from '#shared/server/ledger';
import { runIdentity } from '#shared/runner/run-identity';
import { startHost, type Host } from '#shared/testing/host';
import { hostileValues } from '#shared/testing/hostile-values';
import { runBundle, type Step, type StepResult } from '#shared/testing/run-bundle';
import { tellStory } from '#shared/testing/tell-story';
import { plant, treeLines } from '#shared/testing/trees';
import { parseCommand } from '#shared/testing/workflow-commands';
import { action as deployAction } from '../actions/ssh-deploy/src/inputs.ts';
import { sshDeploy } from '../actions/ssh-deploy/src/ssh-deploy.ts';

type Inputs = Readonly<Record<string, string>>;

const STANDBY_TIMER = /plan\.sh timer|sleep /;
const trap = mkdtempSync(join(tmpdir(), 'trap-'));
const canary = join(trap, 'canary');
const hostile = hostileValues(canary).map(({ value }) => value);
let host: Host;
let source: string;

beforeAll(async () => {
  host = await startHost({ mode: 'socket' });
  source = host.makeRelease('v1');
});
afterAll(async () => {
  await host.stop(STANDBY_TIMER);
  rmSync(trap, { recursive: true });
});

function connection(): Inputs {
  return Object.fromEntries(['host', 'port', 'user', 'ssh-key', 'known-hosts'].map((name) => [name, host.inputs[name] as string]));
}
function filesOf(service: string, more: Inputs): Inputs {
  return { ...connection(), service, path: join(host.root, 'srv', service), strategy: 'in-place', 'health-command': 'true', source, ...more };
}
/** A service of its own that is only files, so that nothing needs to be started. */
function deployFiles(service: string, more: Inputs, step: Step = {}): Promise<StepResult> {
  return runBundle('ssh-deploy', { ...step, with: filesOf(service, more) });
}
function ok(result: StepResult): StepResult {
  if (result.code !== 0) throw new Error(`exit ${result.code}\n${result.log}`);
  return result;
}
function published(service: string): string {
  return join(host.root, 'srv', service, 'current/');
}

describe('what lies in the source', () => {
  // A file's name holds neither NUL nor slash, and 255 bytes at most.
  const names = [...hostile, '-', '--', '--help', ' ', '~', '#', 'tab\there', '\u0001', '\u001B[2J', 'a\\', '...', 'x'.repeat(255)]
    .map((value) => value.replaceAll(/[\0/]/g, '_')).filter((name) => Buffer.byteLength(name) <= 255);

  test('arrives byte for byte under whatever name; is taken over from the release before as well', async () => {
    const tree = join(host.root, 'odd');
    plant(tree, Object.fromEntries(names.flatMap((name) => [[name, name], [`folder/${name}/${name}`, { text: name, mode: 0o755 }], [`links/${name}`, { link: `../${name}` }]])));
    ok(await deployFiles('odd', { source: tree, release: 'v1' }));
    expect(treeLines(published('odd'))).toEqual(treeLines(tree));
    writeFileSync(join(tree, '-'), 'changed');
    expect(ok(await deployFiles('odd', { source: tree, release: 'v2' })).outputs['files-changed']).toBe('1');
    expect(treeLines(published('odd'))).toEqual(treeLines(tree));
    expect(readdirSync(trap)).toEqual([]);
  });

  test.each([
    ['a link to a file outside', '../../../../etc/passwd', 'to ../../../../etc/passwd'], ['an absolute link', '/etc/passwd', 'to /etc/passwd'], ['a link through another', 'up/../..', 'to up/../..'],
  ])('is refused when it is %s', async (_, target, words) => {
    const tree = mkdtempSync(join(host.root, 'links-'));
    plant(tree, { 'index.html': 'x', 'a/b': 'x', up: { link: 'a' }, leak: { link: target } });
    const { code, log } = await deployFiles('links', { source: tree });
    expect(code).toBe(1);
    expect(log).toContain(`leak is a link that leads out of the release (${words})`);
  });
});

test.each([
  ['ssh-deploy', 'release', '../x'], ['ssh-deploy', 'release', '..'], ['ssh-deploy', 'release', '.next'], ['ssh-deploy', 'shared', '../../etc/'], ['ssh-deploy', 'shared', 'a/../../b'],
  ['ssh-deploy', 'shared', '/etc'], ['ssh-deploy', 'path', '/srv/../etc'], ['ssh-deploy', 'runtime-dir', '/run/../etc'], ['ssh-deploy', 'service', '../x'], ['ssh-deploy', 'environment', '../x'],
  ['rollback', 'release', '../../etc'], ['blue-green-switch', 'release', '../x'], ['smoke-test', 'service', '../x'],
])('%s refuses %s: %j, which would climb out', async (action, name, value) => {
  const all: Inputs = action === 'ssh-deploy' ? { ...host.inputs, source } : { ...connection(), service: 'shop', ...(action === 'smoke-test' && { slot: 'idle' }) };
  const { code, annotations } = await runBundle(action, { with: { ...all, [name]: value } });
  expect({ code, errors: annotations.map(({ message }) => message) }).toEqual({ code: 1, errors: [expect.stringMatching(new RegExp(`^Input of ${action} to mend: ${name}: `))] });
});

test('a shared folder that the server made a link is filled where it leads, and the release never holds more than a link', async () => {
  mkdirSync(join(host.root, 'srv/linked/shared'), { recursive: true });
  mkdirSync(join(host.root, 'elsewhere'));
  symlinkSync(join(host.root, 'elsewhere'), join(host.root, 'srv/linked/shared/storage'));
  const tree = mkdtempSync(join(host.root, 'shared-'));
  plant(tree, { 'index.html': 'x', 'storage/secret': 'x' });
  ok(await deployFiles('linked', { source: tree, shared: 'storage/' }));
  expect(treeLines(published('linked'))).toEqual([expect.stringContaining('index.html'), `"storage" -> ${join(host.root, 'srv/linked/shared/storage')}`]);
  expect(readdirSync(join(host.root, 'elsewhere'))).toEqual([]);
});

test.each(hostile.map((value) => [JSON.stringify(value).slice(0, 50), value]))('a run by %s is written down so, and takes the next generation', async (_, value) => {
  const run = runIdentity({ GITHUB_RUN_ID: value, GITHUB_TRIGGERING_ACTOR: value, GITHUB_SHA: value, GITHUB_SERVER_URL: value, GITHUB_REPOSITORY: value, GITHUB_REF: value, GITHUB_WORKFLOW: value });
  const { failure, outputs } = await tellStory(deployAction, sshDeploy, filesOf('who', { release: 'v1' }), run);
  if (failure !== undefined) throw failure;
  const lines = readFileSync(join(host.root, 'srv/who/.slipway/ledger'), 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as LedgerEvent);
  expect(lines.findLast(({ event }) => event === 'claim')).toMatchObject({ actor: value.slice(0, 300), commit: value.slice(0, 300), generation: outputs['generation'] });
  expect(lines.filter(({ event }) => event === 'claim').map(({ generation }) => generation)).toEqual(Array.from({ length: outputs['generation'] as number }, (_each, index) => index + 1));
  expect(readdirSync(trap)).toEqual([]);
});

const SAID = [
  '::set-output name=release::forged', '::add-mask::v1', '::error::forged', '::stop-commands::x', '  ::warning::forged', '::group::forged', '##[add-mask]v1', '##[group]forged',
  'x ##[error]forged', '\u001B[31m::error::forged', '\u001B]0;title\u0007', '\u001Emark state completed', '\u001E0123456789abcdef state completed', '\r::error::forged', '\u0085::error::forged',
];

describe('what the server says', () => {
  const octal = (character: string): string => `\\0${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  const prepare = `printf '%b\\n' ${SAID.map((line) => `'${line.replaceAll(/[\0-\x1f\x7f-\xff]/g, octal)}'`).join(' ')} '\\0377\\0376\\0'`;

  test('is shown, and obeyed by nobody', async () => {
    const result = ok(await deployFiles('loud', { release: 'v1', prepare: `${prepare}; sleep 1` }));
    expect(result.annotations).toEqual([]);
    expect(result.masks).not.toContain('v1');
    expect(result.outputs['release']).toBe('v1');
    const commands = result.raw.split(/\r\n|\n|\r/).map(parseCommand).filter((command) => command !== undefined);
    expect(new Set(commands.map(({ name }) => name))).toEqual(new Set(['add-mask', 'group', 'endgroup']));
    expect(commands.map(({ message }) => message).join()).not.toContain('forged');
    expect(result.raw).not.toMatch(/\u001E|\u0007|\u001B\]/);
  });

  test('does not forge the message of a failure either', async () => {
    const result = await deployFiles('loud', { release: 'v2', prepare: `${prepare}; exit 7` });
    expect(result.code).toBe(1);
    expect(result.annotations).toEqual([{ level: 'error', message: expect.stringContaining('"Preparing the release" failed with exit code 7.') }]);
    expect(result.raw).not.toMatch(/\u001E|\u0007|\u001B\]/);
  });
});
