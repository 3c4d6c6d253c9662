import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { runBundle, type RunningStep, startBundle, type Step } from '#shared/testing/run-bundle';

const ENTRY = fileURLToPath(new URL('../testing/sample-action.ts', import.meta.url));
const run = (inputs: Record<string, string>, step: Step = {}) => runBundle('sample', { ...step, entry: ENTRY, with: inputs });
const start = (inputs: Record<string, string>): RunningStep => startBundle('sample', { entry: ENTRY, with: inputs });

describe('values', () => {
  const hostile = ['$(touch /tmp/x) `id`', '"quoted" \'single\'', '-rf', 'naïve ☃ 🚢', 'one\ntwo\n::error::three', 'x'.repeat(65_536), 'ghadelimiter_x\nvalue<<EOF'];
  test.each(hostile.map((value) => [value.slice(0, 20), value]))('%j goes through as it is', async (_, value) => {
    const { code, outputs, annotations } = await run({ story: 'echo', value });
    expect(code).toBe(0);
    expect(outputs['value']).toBe(value);
    expect(annotations).toEqual([{ level: 'warning', message: 'token ' }]);
  });

  test('may come from the environment', async () => {
    expect((await run({}, { env: { DEPLOY_STORY: 'echo' } })).code).toBe(0);
  });

  test('are refused all in one message, before the story begins', async () => {
    const { code, annotations, log } = await run({ timeout: '5', valeu: 'x', token: 'hush-hush' });
    expect(code).toBe(1);
    expect(annotations).toEqual([{ level: 'error', message: [
      '3 inputs of sample to mend:',
      '- story is missing; give it under `with:`, or as DEPLOY_STORY in `env:`.',
      '- timeout: a duration carries its unit: 500ms, 90s, 5m, 1h30m or 2d; given was "5".',
      '- valeu: there is no such input; the nearest is value.',
    ].join('\n') }]);
    expect(log).not.toContain('hush-hush');
  });
});

describe('secrets', () => {
  const token = 'ca+na/ry \'q\' 42é';

  test('are masked before anything else is printed, and appear nowhere', async () => {
    const { raw, log, masks, outputs, summary } = await run({ story: 'echo', value: 'v', token });
    expect(raw.startsWith('::add-mask::')).toBe(true);
    expect(masks).toEqual(expect.arrayContaining([token, encodeURIComponent(token), Buffer.from(token).toString('base64')]));
    const shown = `${log}${JSON.stringify(outputs)}${summary}`;
    for (const form of [token, encodeURIComponent(token), Buffer.from(token).toString('base64').replace(/=+$/, '')]) expect(shown).not.toContain(form);
    expect(JSON.parse(outputs['object']!)).toEqual({ token: '[redacted]', deep: [1, '***'] });
  });

  test('are not inherited by child processes', async () => {
    const { log } = await run({ story: 'children', token }, { env: { DEPLOY_TOKEN: 'another-canary' } });
    expect(log).toContain('GITHUB_RUN_ID=');
    expect(log).not.toMatch(/TOKEN|canary/);
  });

  test('do not show in the stack of a bug', async () => {
    const { log } = await run({ story: 'bug', token });
    expect(log).toContain('x is not a function ***');
    expect(log).not.toContain(token);
  });
});

describe('failure', () => {
  test("a user's fault is its message alone, and outputs and summary are kept", async () => {
    const { code, log, annotations, outputs, summary } = await run({ story: 'user-error' });
    expect(code).toBe(1);
    expect(annotations).toEqual([{ level: 'error', message: 'The disk of web1 is full. Free 2 GB on it.' }]);
    expect(log).not.toMatch(/^\s+at /m);
    expect(outputs).toEqual({ stage: 'begun' });
    expect(summary).toContain('## Begun');
  });

  test('a bug has its stack and causes, and says that it is one', async () => {
    const { code, log, annotations } = await run({ story: 'bug' });
    expect(code).toBe(1);
    expect(annotations).toEqual([{ level: 'error', message: expect.stringContaining('This is a bug in sample') }]);
    expect(log).toMatch(/^\s+at .*sample-action/m);
    expect(log).toContain('Error: ::error::deeper');
  });

  test('a failure nobody waited for fails the step', async () => {
    const { code, annotations } = await run({ story: 'stray' });
    expect(code).toBe(1);
    expect(annotations[0]!.message).toContain('nobody waited for this');
  });

  test('a story that never ends, with nothing to wait for, fails', async () => {
    const { code, annotations } = await run({ story: 'never' });
    expect(code).toBe(1);
    expect(annotations[0]!.message).toContain('Nothing was left to wait for');
  });

  test('a time-out names its input', async () => {
    const { code, annotations, outputs } = await run({ story: 'winds-down', timeout: '300ms' });
    expect(code).toBe(1);
    expect(annotations).toHaveLength(1);
    expect(annotations[0]!.message).toContain('did not finish within 300ms, the limit set by its input timeout');
    expect(outputs).toEqual({ stage: 'wound down' });
  });

  test('a socket left open does not hold the job', async () => {
    const { code, took } = await run({ story: 'hanging-socket' });
    expect(code).toBe(0);
    expect(took).toBeLessThan(5_000);
  });
});

describe("GitHub's cancel", () => {
  test('lets the story wind down and ends with 130', async () => {
    const step = start({ story: 'winds-down' });
    await step.untilPrinted('begun');
    const { code, log, outputs, annotations } = await step.cancel();
    expect(code).toBe(130);
    expect(log).toContain('Cancelled (SIGINT) while: Moving traffic');
    expect(outputs).toEqual({ stage: 'wound down' });
    expect(annotations).toEqual([{ level: 'error', message: 'The run was cancelled (SIGINT).' }]);
  });

  test('ends a stubborn story after 7 s, before SIGTERM, and keeps the summary', async () => {
    const step = start({ story: 'stubborn' });
    await step.untilPrinted('begun');
    const cancelledAt = performance.now();
    const { code, log, summary } = await step.cancel();
    const took = performance.now() - cancelledAt;
    expect(code).toBe(130);
    expect(took).toBeGreaterThan(6_500);
    expect(took).toBeLessThan(7_500);
    expect(log).toContain('It did not wind down within 7s while: Moving traffic');
    expect(summary).toContain('## Stubborn');
  });

  test.each([['SIGINT', 130], ['SIGTERM', 143]] as const)('is not waited for when a second signal is %s', async (second, expected) => {
    const step = start({ story: 'stubborn' });
    await step.untilPrinted('begun');
    void step.kill('SIGINT');
    await step.untilPrinted('Cancelled (SIGINT)');
    const at = performance.now();
    const { code, summary } = await step.kill(second);
    expect(code).toBe(expected);
    expect(performance.now() - at).toBeLessThan(1_500);
    expect(summary).toContain('## Stubborn');
  });

  test('as SIGTERM alone leaves two seconds', async () => {
    const step = start({ story: 'winds-down' });
    await step.untilPrinted('begun');
    expect(await step.kill('SIGTERM')).toMatchObject({ code: 143, outputs: { stage: 'wound down' } });
  });
});
