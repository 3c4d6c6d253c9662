// The cases in which the actions that people use fail them; docs/slack-failures.md names these tests.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startGitHub } from '#shared/testing/github-api';
import { calledBy, linksIn, shownTexts } from '#shared/testing/slack/audience';
import { FAILURE_CASES, type FailureCase } from '#shared/testing/slack/failure-cases';
import { byToken, byWebhook, notice } from '#shared/testing/slack/notice-step';
import { type Slack, startSlack } from '#shared/testing/slack/slack';
import type { StepResult } from '#shared/testing/run-bundle';
import { inParallel } from '../script/src/process.ts';

interface Told extends StepResult {
  readonly slack: Slack;
  /** What was kept for later. */
  readonly kept: string;
}

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

// Several at once, because most of their time is waiting.
const told = new Map<string, Told>();
beforeAll(() => inParallel(FAILURE_CASES, 3, async (failure) => told.set(failure.name, await tellOf(failure))));

async function tell(name: string): Promise<Told> {
  const result = told.get(name);
  if (result === undefined) throw new Error(`There is no case "${name}".`);
  return result;
}

async function tellOf(failure: FailureCase): Promise<Told> {
  const slack = await startSlack({ limits: { burst: 100 } });
  stops.push(slack.stop);
  failure.arrange(slack);
  const place = failure.through === 'webhook' ? byWebhook(slack) : byToken(slack, failure.token);
  const kept = mkdtempSync(join(tmpdir(), 'slipway-kept-'));
  stops.push(async () => rmSync(kept, { recursive: true }));
  const github = await startGitHub({ commit: { sha: '0123456789abcdef0123456789abcdef01234567', message: failure.subject ?? 'Sell tea', name: failure.subject ?? 'Ada' } });
  stops.push(github.stop);
  const result = await notice(
    { ...place, 'github-token': github.token, status: 'success', release: '1.4.0', budget: '30s', 'request-timeout': '2s', 'replay-folder': kept },
    { env: { GITHUB_API_URL: github.apiUrl } },
  );
  expect(result.code).toBe(0);
  return { ...result, slack, kept: readdirSync(kept, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => readFileSync(join(file.parentPath, file.name), 'utf8')).join('\n') };
}

const ONCE = { delivered: 'unknown', messages: 1, posts: 1, annotations: ['warning'] };

test('a webhook says "not so fast": it is told once, after the time it asks for', async () => {
  const { slack, outputs } = await tell('a webhook says "not so fast"');
  expect(outputs['delivered']).toBe('yes');
  expect(slack.messages('deploys')).toHaveLength(1);
  expect(slack.count('webhook')).toBe(2);
});

test('Slack asks for a minute of patience: the job goes on, and what was to be said is kept', async () => {
  const { slack, outputs, summary, kept } = await tell('Slack asks for a minute of patience');
  expect(outputs).toMatchObject({ delivered: 'no', reason: expect.stringContaining('rate_limited') });
  expect(kept).toContain('1.4.0');
  expect(summary).toContain('shop 1.4.0');
  expect(slack.count('chat.postMessage')).toBe(1);
});

test('a webhook posts, and says 500: it is posted once, and told as unknown', async () => {
  expect(await oneWebhookPost('a webhook posts, and says 500')).toEqual(ONCE);
});

test('a webhook posts, and never answers: it is posted once, and told as unknown', async () => {
  expect(await oneWebhookPost('a webhook posts, and never answers')).toEqual(ONCE);
});

test('the connection is cut after Slack has posted: the message is found again, and told as delivered', async () => {
  const { slack, outputs } = await tell('the connection is cut after Slack has posted');
  expect(outputs).toMatchObject({ delivered: 'yes', ts: slack.messages('deploys')[0]?.ts });
  expect(slack.messages('deploys')).toHaveLength(1);
  expect(slack.count('chat.postMessage')).toBe(1);
});

test('Slack is down: the job goes on, and what was to be said is kept', async () => {
  const { slack, outputs, summary, annotations, kept } = await tell('Slack is down');
  expect(outputs['delivered']).toMatch(/^(?:no|unknown)$/);
  expect(kept).toContain('1.4.0');
  expect(summary).toContain('shop 1.4.0');
  expect(annotations).toHaveLength(1);
  expect(slack.count('chat.postMessage')).toBeLessThanOrEqual(1);
});

test('the token is wrong: the warning says so, and what to do', async () => {
  const { outputs, annotations, log } = await tell('the token is wrong');
  expect(outputs).toMatchObject({ delivered: 'no', reason: expect.stringMatching(/^invalid_auth: .*[Tt]oken/) });
  expect(annotations).toMatchObject([{ level: 'warning', message: expect.stringContaining('invalid_auth') }]);
  expect(log).not.toContain('xoxb-wrong');
});

test('a commit message is hostile: it is shown as it is, calls nobody and leads nowhere', async () => {
  const { slack, outputs } = await tell('a commit message is hostile');
  const [message] = slack.messages('deploys');
  expect(outputs).toMatchObject({ delivered: 'yes', reason: '' });
  expect(message && calledBy(message)).toEqual([]);
  expect(message && linksIn(message).map(({ url }) => new URL(url).hostname)).not.toContain('evil.test');
  expect(message && shownTexts(message).join('\n')).toContain('&lt;!channel&gt; &amp;lt;!here&amp;gt; &lt;https://evil.test|our site&gt;');
});

test('docs/slack-failures.md names these tests', () => {
  const [, listed = ''] = /The tests are in.*?:\n\n(.*?)\n\n/s.exec(readFileSync(new URL('../docs/slack-failures.md', import.meta.url), 'utf8')) ?? [];
  const own = [...readFileSync(new URL(import.meta.url), 'utf8').matchAll(/^test(?:\.each\(.*?\))?\('([^']+)'/gm)].map(([, title]) => title);
  expect(listed.split('\n').map((line) => line.replace(/^\d+\. /, ''))).toEqual(own.filter((title) => !title?.startsWith('docs/')));
});

async function oneWebhookPost(name: Parameters<typeof tell>[0]): Promise<unknown> {
  const { slack, outputs, annotations } = await tell(name);
  return { delivered: outputs['delivered'], messages: slack.messages('deploys').length, posts: slack.count('webhook'), annotations: annotations.map(({ level }) => level) };
}
