import { describe, expect, test } from '@jest/globals';
import { UserError } from '#shared/core/errors';
import { Secret } from '#shared/core/secret';
import { type Action, defineAction, type InputsOf, type Job } from './action.ts';
import { choice, duration, type Field, flag, integer, lines, secret, size, structure, text } from './fields.ts';
import { createMasks } from './masks.ts';
import { readInputs } from './read-inputs.ts';

const action = defineAction({
  name: 'sample', title: 'Sample', description: 'For tests.', branding: { icon: 'anchor', color: 'blue' },
  inputs: {
    path: text({ description: 'p', check: (path) => (path.startsWith('/') ? undefined : 'it must be absolute') }),
    script: text({ description: 's', multiline: true }),
    'ssh-key': secret({ description: 'k', env: 'DEPLOY_SSH_KEY' }),
    strategy: choice({ description: 'c', options: ['release-directory', 'in-place'], default: 'in-place' }),
    port: integer({ description: 'i', default: '22', min: 1, max: 65_535, env: 'DEPLOY_PORT' }),
    timeout: duration({ description: 'd', default: '5m', max: '1h' }),
    limit: size({ description: 'z' }),
    'dry-run': flag({ description: 'f' }),
    exclude: lines({ description: 'l' }),
    health: structure({ description: 't', parser: parseHealth }),
  },
  outputs: { 'slot-url': 'u' },
  check: ({ strategy, health }) => (strategy === 'in-place' && health?.url === 'slot' ? ['health: in-place has no slot to ask'] : []),
});

function parseHealth(yaml: unknown): { readonly url: string; readonly codes?: readonly number[] } {
  if (typeof yaml !== 'object' || yaml === null || !('url' in yaml)) throw new UserError('health.url is missing');
  return yaml as { url: string };
}

const read = (environment: Record<string, string>) => readInputs(action, environment, createMasks(() => undefined));
const mistakesOf = async (environment: Record<string, string>): Promise<string> => {
  const error: unknown = await read(environment).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw new Error('It was accepted', { cause: error });
  return error.message;
};

// Never called: the compiler checks what the spec says about types.
const typesOf = (inputs: InputsOf<typeof action>, job: Job<typeof action>): readonly ['release-directory' | 'in-place', number, boolean, readonly string[], Secret | undefined] => {
  // @ts-expect-error an output that is not declared
  job.output({ 'slot-rul': 1 });
  // @ts-expect-error an optional text may be missing
  inputs.path.trim();
  return [inputs.strategy, inputs.port, inputs.dryRun, inputs.exclude, inputs.sshKey];
};

test('the spec gives the types', () => expect(typesOf).toBeDefined());

test('inputs are typed, defaults and absence included', async () => {
  expect(await read({})).toEqual({
    path: undefined, script: undefined, sshKey: undefined, strategy: 'in-place', port: 22, timeout: 300_000, limit: undefined, dryRun: false, exclude: [], health: undefined,
  });
});

test('inputs are parsed by their kind', async () => {
  const inputs = await read({
    'INPUT_PATH': ' /srv/shop ', 'INPUT_SCRIPT': 'one\r\n  two\n', 'INPUT_SSH-KEY': 'a\r\nb\r\n', 'INPUT_STRATEGY': 'release-directory', 'INPUT_PORT': '2222',
    'INPUT_TIMEOUT': '90s', 'INPUT_LIMIT': '2GiB', 'INPUT_DRY-RUN': 'True', 'INPUT_EXCLUDE': 'node_modules\n\n*.log\n', 'INPUT_HEALTH': 'url: /up\ncodes: [200]',
  });
  expect(inputs).toMatchObject({
    path: '/srv/shop', script: 'one\n  two', strategy: 'release-directory', port: 2222, timeout: 90_000, limit: 2 ** 31, dryRun: true,
    exclude: ['node_modules', '*.log'], health: { url: '/up', codes: [200] },
  });
  expect(inputs.sshKey?.reveal()).toBe('a\nb');
});

test('inputs are frozen all the way down', async () => {
  const inputs = await read({ INPUT_HEALTH: 'url: /up\ncodes: [200]' });
  expect(() => (inputs.health!.codes as number[]).push(500)).toThrow(TypeError);
  expect(() => Object.assign(inputs, { port: 1 })).toThrow(TypeError);
});

test('an environment variable stands in for an empty input, and a blank counts as empty', async () => {
  expect((await read({ INPUT_PORT: ' ', DEPLOY_PORT: '23' })).port).toBe(23);
  expect((await read({ INPUT_PORT: '24', DEPLOY_PORT: '23' })).port).toBe(24);
  expect(await mistakesOf({ DEPLOY_PORT: 'x' })).toContain('port (from DEPLOY_PORT): accepted is a whole number from 1 to 65535; given was "x"');
});

test('secrets are taken out of the environment', async () => {
  const environment = { 'INPUT_SSH-KEY': 'k', 'DEPLOY_SSH_KEY': 'l', 'INPUT_PORT': '1' };
  await read(environment);
  expect(environment).toEqual({ INPUT_PORT: '1' });
});

test('secrets are masked even when an input is wrong', async () => {
  const told: string[] = [];
  const masks = createMasks((form) => told.push(form));
  await expect(readInputs(action, { 'INPUT_SSH-KEY': 'hush-hush', 'INPUT_PORT': 'x' }, masks)).rejects.toThrow(UserError);
  expect(told).toContain('hush-hush');
});

test('the password in an address is masked, whatever the input', async () => {
  const told: string[] = [];
  await readInputs(action, { INPUT_SCRIPT: 'curl https://ada:pass%2Fword@example.com/ https://example.com:80/@x' }, createMasks((form) => told.push(form)));
  expect(told).toEqual(expect.arrayContaining(['pass%2Fword', 'pass/word']));
  expect(told.join()).not.toContain('80');
});

describe('lists', () => {
  test.each([
    ['- one\n- "two: 2"\n- 010', ['one', 'two: 2', '010']], ['[one, two]', ['one', 'two']], ['one, two', ['one, two']], ['-rf\n- x', ['-rf', '- x']], ['# kept', ['# kept']], ['[a', ['[a']],
  ])('%j', async (given, expected) => expect((await read({ INPUT_EXCLUDE: given })).exclude).toEqual(expected));
  test.each(['- a: b', '[a, [b]]', '- "a\\nb"', '[a: b]'])('%j is refused', async (given) => {
    expect(await mistakesOf({ INPUT_EXCLUDE: given })).toContain('exclude: accepted is a YAML list of plain values');
  });
});

describe('mistakes', () => {
  test.each([
    [{ INPUT_PATH: 'srv' }, 'path: it must be absolute; given was "srv"'],
    [{ INPUT_PATH: '/a\nb' }, 'path: accepted is one line of text without control characters; given was "/a\\nb"'],
    [{ INPUT_PATH: '/a\u2028b' }, 'path: accepted is one line'],
    [{ INPUT_PATH: '/a\0b' }, 'path: accepted is one line'],
    [{ INPUT_SCRIPT: 'a\0b' }, 'script: accepted is text without control characters'],
    [{ 'INPUT_SSH-KEY': 'very secret\0' }, 'ssh-key: accepted is text without NUL bytes; given was a secret (not shown)'],
    [{ INPUT_STRATEGY: 'In-Place' }, 'strategy: accepted is one of release-directory, in-place; given was "In-Place"'],
    [{ INPUT_TIMEOUT: '300' }, 'timeout: a duration carries its unit'],
    [{ INPUT_TIMEOUT: '2h' }, 'timeout: accepted is a duration with its unit, such as 90s or 5m, at most 1h; given was "2h"'],
    [{ INPUT_LIMIT: '5' }, 'limit: a size carries its unit'],
    [{ 'INPUT_DRY-RUN': 'yes' }, 'dry-run: accepted is true or false; given was "yes"'],
    [{ INPUT_HEALTH: 'a: [1' }, 'health: the YAML has a mistake in line 1, column'],
    [{ INPUT_HEALTH: 'a: *b' }, 'health: the YAML'],
    [{ INPUT_HEALTH: 'port: 1' }, 'health: health.url is missing'],
    [{ INPUT_HEALTH: 'url: slot' }, 'health: in-place has no slot to ask'],
    [{ INPUT_SSH_KEY: 'x' }, 'ssh_key: there is no such input; the nearest is ssh-key'],
    [{ INPUT_TIMOUT: '1s' }, 'timout: there is no such input; the nearest is timeout'],
  ])('%j', async (environment, expected) => expect(await mistakesOf(environment)).toContain(expected));

  test.each(['1e3', '0x10', '12abc', '-1', '0', '65536', '22.0', 'NaN', '९'])('port %j is no port', async (port) => {
    expect(await mistakesOf({ INPUT_PORT: port })).toContain('port: accepted is a whole number from 1 to 65535');
  });

  test('an input like none of ours is not ours: act hands those of a composite action down', async () => {
    expect(await read({ INPUT_WORKFLOW_NAME: 'x' })).toMatchObject({ port: 22 });
  });

  test('are gathered in one message, one a line', async () => {
    const message = await mistakesOf({ INPUT_PORT: 'x', INPUT_STRATEGY: 'y', INPUT_LIMIT: 'z' });
    expect(message.split('\n')).toEqual(['3 inputs of sample to mend:', expect.stringMatching(/^- strategy/), expect.stringMatching(/^- port/), expect.stringMatching(/^- limit/)]);
  });

  test('never show a long value or what may be a key', async () => {
    const tooLong = await mistakesOf({ INPUT_PORT: 'ab'.repeat(40_000) });
    expect(tooLong).toContain('given was 80000 characters beginning with "abababababab"');
    expect(tooLong.length).toBeLessThan(200);
    expect(await mistakesOf({ INPUT_PORT: '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Blb' })).not.toContain('b3Blb');
  });

  test('in our own parser are a bug, not an input mistake', async () => {
    const broken: Action = { ...action, inputs: { x: structure({ description: 'x', parser: () => { throw new TypeError('oops'); } }) as Field<unknown> } };
    await expect(readInputs(broken, { INPUT_X: '1' }, createMasks(() => undefined))).rejects.toThrow(TypeError);
  });
});

test('64 KiB and more are read in a moment', async () => {
  const huge = '$( )`"\'é '.repeat(16_384);
  const startedAt = performance.now();
  expect((await read({ INPUT_SCRIPT: huge })).script).toBe(huge.trim());
  for (const variable of ['INPUT_PATH', 'INPUT_PORT', 'INPUT_TIMEOUT', 'INPUT_LIMIT', 'INPUT_STRATEGY', 'INPUT_DRY-RUN', 'INPUT_HEALTH', `INPUT_${huge}`]) {
    expect((await mistakesOf({ [variable]: huge })).length).toBeGreaterThan(0);
  }
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
