// An action of the tests of the runner: its `story` input says what happens.
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '#shared/core/errors';
import { defineAction, type InputsOf, type Job } from '#shared/runner/action';
import { duration, secret, text } from '#shared/runner/fields';
import { runAction } from '#shared/runner/run-action';

const sample = defineAction({
  name: 'sample', title: 'Sample', description: 'Does what it is told.', branding: { icon: 'anchor', color: 'blue' },
  inputs: {
    story: text({ description: 'What happens.', required: true, env: 'DEPLOY_STORY' }),
    value: text({ description: 'A value to hand on.', multiline: true }),
    token: secret({ description: 'A secret.', env: 'DEPLOY_TOKEN' }),
    timeout: duration({ description: 'How long it may take.', default: '1m' }),
  },
  outputs: { value: 'The value as read.', object: 'An object.', stage: 'How far it came.' },
});
type SampleJob = Job<typeof sample>;
type Inputs = InputsOf<typeof sample>;

const STORIES: Readonly<Record<string, (inputs: Inputs, job: SampleJob) => Promise<void>>> = {
  'echo': async ({ value, token }, job) => {
    const reveal = token?.reveal() ?? '';
    job.log.output(`value ${value} token ${reveal} ${encodeURIComponent(reveal)} ${Buffer.from(reveal).toString('base64')}`);
    job.log.warning(`token ${reveal}`);
    job.output({ value, object: { token, deep: [1, reveal] } });
    job.summarise({ heading: 'Echo', paragraphs: [value ?? '', reveal] });
  },
  'children': async (_, job) => job.log.output(spawnSync('env', { encoding: 'utf8' }).stdout),
  'user-error': async (_, job) => {
    job.output({ stage: 'begun' });
    job.summarise({ heading: 'Begun' });
    throw new UserError('The disk of web1 is full. Free 2 GB on it.');
  },
  'bug': async ({ token }) => {
    throw new TypeError(`x is not a function ${token?.reveal()}`, { cause: new Error('::error::deeper') });
  },
  'stray': async () => {
    void Promise.reject(new Error('nobody waited for this'));
    await wait(300);
  },
  'never': () => new Promise(() => undefined),
  'winds-down': async (_, job) => job.log.group('Moving traffic', async () => {
    job.log.info('begun');
    await wait(60_000, undefined, { signal: job.signal }).catch(() => wait(500));
    job.output({ stage: 'wound down' });
    job.signal.throwIfAborted();
  }),
  'stubborn': async (_, job) => job.log.group('Moving traffic', async () => {
    job.summarise({ heading: 'Stubborn' });
    job.log.info('begun');
    await wait(60_000);
  }),
  'hanging-socket': async () => void createServer().listen(0, '127.0.0.1'),
};

await runAction(sample, async (inputs, job) => {
  const story = STORIES[inputs.story];
  if (!story) throw new UserError(`There is no story ${inputs.story}.`);
  await story(inputs, job);
});
