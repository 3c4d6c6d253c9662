import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UserError } from '#shared/core/errors';
import type { Action, Story } from '#shared/runner/action';
import type { Field } from '#shared/runner/fields';
import { createMasks } from '#shared/runner/masks';
import { readInputs } from '#shared/runner/read-inputs';
import { startHost, type Host } from '#shared/testing/host';
import { hostileValues } from '#shared/testing/hostile-values';
import { environmentOf, tellStory } from '#shared/testing/tell-story';
import { action as switchAction } from '../actions/blue-green-switch/src/inputs.ts';
import { blueGreenSwitch } from '../actions/blue-green-switch/src/blue-green-switch.ts';
import { action as migrateAction } from '../actions/migrate/src/inputs.ts';
import { migrate } from '../actions/migrate/src/migrate.ts';
import { action as rollbackAction } from '../actions/rollback/src/inputs.ts';
import { rollback } from '../actions/rollback/src/rollback.ts';
import { action as smokeAction } from '../actions/smoke-test/src/inputs.ts';
import { smokeTest } from '../actions/smoke-test/src/smoke-test.ts';
import { action as deployAction } from '../actions/ssh-deploy/src/inputs.ts';
import { sshDeploy } from '../actions/ssh-deploy/src/ssh-deploy.ts';

type Inputs = Readonly<Record<string, string>>;

const STANDBY_TIMER = /plan\.sh timer|sleep /;
const LONGEST_MESSAGE = 3_000;
const AT_ONCE = 6;
const NO_TEXT = /[\0\u0007\u001B\u001E\r]/;
const trap = mkdtempSync(join(tmpdir(), 'trap-'));
const hostile = hostileValues(join(trap, 'canary'));
let host: Host;
let number = 0;

beforeAll(async () => {
  host = await startHost({ mode: 'socket' });
  const source = host.makeRelease('v1');
  for (const release of ['v1', 'v2']) {
    const deployed = await tellStory(deployAction, sshDeploy, { ...host.inputs, source, release });
    if (deployed.failure !== undefined) throw deployed.failure;
    const switched = await tellStory(switchAction, blueGreenSwitch, { ...connection(), 'drain-timeout': '0s' });
    if (switched.failure !== undefined) throw switched.failure;
  }
});
afterAll(async () => {
  await host.stop(STANDBY_TIMER);
  rmSync(trap, { recursive: true });
});

function connection(): Inputs {
  return Object.fromEntries(['host', 'port', 'user', 'ssh-key', 'known-hosts', 'service'].map((name) => [name, host.inputs[name] as string]));
}

interface Subject {
  readonly name: string;
  readonly action: Action;
  /** The inputs to try, where others have been tried before. */
  readonly only?: readonly string[];
  tell(inputs: Inputs): ReturnType<typeof tellStory>;
  /** Inputs that are all well; nothing is changed with them. */
  inputs(): Inputs;
}
function subject<Anything extends Action>(action: Anything, story: Story<Anything>, inputs: () => Inputs): Subject {
  return { name: action.name, action, inputs, tell: (given) => tellStory(action, story, given) };
}
/** The same for a strategy of ssh-deploy: the inputs that it alone takes, and those that mean something else with it. */
function strategy(name: string, only: readonly string[], inputs: () => Inputs): Subject {
  return { ...subject(deployAction, sshDeploy, () => ({ ...connection(), service: 'other', strategy: name, release: 'v3', 'dry-run': 'true', ...inputs() })), name: `ssh-deploy, ${name}`, only };
}
/** A release with a compose file; `docker compose config` reads it without an engine. */
function composed(): Inputs {
  const source = host.makeRelease('composed');
  writeFileSync(join(source, 'compose.yaml'), 'services: { web: { image: shop } }\n');
  return { source, path: join(host.root, 'srv/other') };
}
const CONTAINERS = ['compose-files', 'env-file', 'project', 'image-archive', 'registry', 'registry-user', 'registry-password', 'pre-stop', 'health-command', 'environment', 'service'];
const CALLED = ['script', 'script-file', 'env', 'service', 'environment'];

const subjects: readonly Subject[] = [
  subject(deployAction, sshDeploy, () => ({ ...host.inputs, source: host.makeRelease('v1'), release: 'v3', 'dry-run': 'true' })),
  subject(switchAction, blueGreenSwitch, () => ({ ...connection(), url: host.url, release: 'v1', 'dry-run': 'true' })),
  // Two hundred runs more, which take a minute.
  ...(process.env['SLIPWAY_FULL'] === '1' ? [subject(migrateAction, migrate, () => ({ ...connection(), database: '{ postgres: shop }', source: host.makeRelease('v1'), 'dry-run': 'true' }))] : []),
  subject(rollbackAction, rollback, () => ({ ...connection(), url: host.url, release: 'previous', 'dry-run': 'true' })),
  strategy('compose', CONTAINERS, () => ({ ...composed(), health: '/health', 'blue-port': '7001', 'green-port': '7002' })),
  strategy('compose-rolling', CONTAINERS, () => ({ ...composed(), 'health-command': 'true' })),
  strategy('script', CALLED, () => ({ script: 'true' })),
  subject(smokeAction, smokeTest, () => ({ ...connection(), url: host.url, once: 'true', 'attempt-timeout': '2s' })),
];

/** The hostile value alone, and behind what would be well by itself. */
function attempts(value: string, inputs: Inputs, name: string, { example, default: standIn }: Field<unknown>): readonly Inputs[] {
  const isAboutJump = name.startsWith('jump-') && name !== 'jump-host';
  const more = isAboutJump ? { 'jump-host': `${host.sshd.host}:${host.sshd.port}`, 'jump-known-hosts': host.sshd.knownHosts } : {};
  const starts = new Set(['', inputs[name] ?? example ?? standIn ?? '', '/']);
  return [...starts].map((start) => ({ ...more, [name]: start + value }));
}

function mistakeIn(action: Action, given: Inputs): Promise<unknown> {
  return readInputs(action, environmentOf(given), createMasks(() => undefined)).then(() => undefined, (error: unknown) => error);
}

function expectClear(failure: unknown, name = ''): void {
  if (!(failure instanceof UserError)) throw new Error(`Not a user's fault, at ${name}`, { cause: failure });
  expect(failure.message.length).toBeLessThan(LONGEST_MESSAGE);
  expect(failure.message).not.toMatch(/[\0-\x09\x0b-\x1f]/);
  expect(failure.message).toContain(name);
}

const judged = new Set<Field<unknown>>();

describe.each(subjects)('$name', ({ action, only, tell, inputs }) => {
  const taken: Inputs[] = [];

  test('each input refuses a hostile value by its own name, or takes it as data', async () => {
    // Actions have the connection's inputs in common.
    for (const [name, field] of Object.entries(action.inputs).filter(([each, judging]) => only?.includes(each) ?? !judged.has(judging))) {
      judged.add(field);
      for (const { value } of hostile) {
        for (const changed of attempts(value, inputs(), name, field)) {
          const mistake = await mistakeIn(action, { ...inputs(), ...changed });
          if (mistake === undefined) {
            taken.push(changed);
            break;
          }
          expectClear(mistake, name);
        }
      }
    }
    expect(taken.length).toBeGreaterThan(0);
  });

  test('a run with what is taken as data comes to its end or says what is wrong; nothing of it runs', async () => {
    const waiting = [...taken];
    const worker = async (): Promise<void> => {
      for (let changed = waiting.pop(); changed !== undefined; changed = waiting.pop()) {
        const { failure } = await tell({ ...inputs(), ...changed });
        if (failure !== undefined) expectClear(failure);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    expect(readdirSync(trap)).toEqual([]);
  }, 120_000);
});

// Each command notes how sh was called and ends before the hostile rest, which is its own text: only what calls it could go wrong.
const COMMANDS = ['prepare', 'start', 'stop', 'restart', 'health-command'];
function commandsWith(value: string): Inputs {
  const real: Inputs = { start: host.inputs['start']!, stop: host.inputs['stop']!, 'health-command': '[ -z "$SOCKET" ] || curl --silent --fail --unix-socket "$SOCKET" http://localhost/health || exit 1' };
  return Object.fromEntries(COMMANDS.map((name) => [name, `cat "/proc/$$/cmdline" >"$HOME/seen-${name}"\n${real[name] ?? ':'}\nexit 0\n${value}`]));
}
function seen(name: string): string | undefined {
  const file = join(host.home, `seen-${name}`);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

describe('a real deployment', () => {
  const ifTaken = async (name: string, value: string): Promise<Inputs> => ((await mistakeIn(deployAction, { ...subjects[0]!.inputs(), [name]: value })) === undefined ? { [name]: value } : {});
  const texts = hostile.map(({ value }) => value).filter((value) => !NO_TEXT.test(value));
  const short = texts.filter((value) => value.length < 1_000);
  const cases = [short, ...texts.filter((value) => !short.includes(value)).map((value) => [value])];

  test.each(cases)('commands reach sh as they are, and everything else arrives as data: %#', async (...values) => {
    const inputs = Object.fromEntries(Object.entries(host.inputs).filter(([name]) => name !== 'health'));
    const commands = commandsWith(values.join('\n'));
    const words = values.map((value) => value.trim());
    const [release, source] = [`h${(number += 1)}`, join(host.root, 'builds', words.join(' ').replaceAll(/[/\n]/g, '_').slice(0, 200).trim())];
    cpSync(host.makeRelease('v9'), source, { recursive: true });
    const shared = (await Promise.all(words.map((word) => ifTaken('shared', JSON.stringify([`${word}/`]))))).flatMap((taken, index) => ('shared' in taken ? [words[index]!] : []));
    const data = { source, exclude: JSON.stringify(words.filter((word) => word.length < 1_000 && !word.includes('\n'))), shared: JSON.stringify(shared.map((word) => `${word}/`)) };
    const { failure } = await tellStory(deployAction, sshDeploy, { ...inputs, ...commands, ...data, release });
    if (failure !== undefined) throw failure;
    for (const name of ['prepare', 'start', 'health-command']) expect(seen(name)).toBe(['sh', '-e', '-c', commands[name]!.trim(), ''].join('\0'));
    const definition = JSON.parse(readFileSync(join(host.path, '.slipway/definition'), 'utf8')) as { readonly stop: string };
    expect(definition.stop).toBe(commands['stop']!.trim());
    expect(shared.map((word) => readlinkSync(join(host.path, 'releases', release, word)))).toEqual(shared.map((word) => join(host.path, 'shared', word)));
    expect(readdirSync(trap)).toEqual([]);
  });

  test('in place, too', async () => {
    const commands = commandsWith(short.join('\n'));
    const { failure } = await tellStory(deployAction, sshDeploy, {
      ...connection(), ...commands, service: 'plain', path: join(host.root, 'srv/plain'), strategy: 'in-place', source: host.makeRelease('v9'), release: 'v9',
    });
    if (failure !== undefined) throw failure;
    expect(seen('restart')).toBe(['sh', '-e', '-c', commands['restart']!.trim(), ''].join('\0'));
    expect(readdirSync(trap)).toEqual([]);
  });
});
