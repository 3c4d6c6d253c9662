// Bot token, webhook and GitHub token are in nothing that a step of notify-slack shows, keeps, sends elsewhere or hands to a process.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { huntFor } from '#shared/testing/secret-hunt';
import { startGitHub } from '#shared/testing/github-api';
import { cutAfterAcceptance, htmlOutage, rollupError } from '#shared/testing/slack/misbehaviour';
import { byToken, byWebhook, startNotice } from '#shared/testing/slack/notice-step';
import { type Slack, startSlack } from '#shared/testing/slack/slack';

const folder = mkdtempSync(join(tmpdir(), 'slipway-kept-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Way {
  readonly name: string;
  readonly isWebhook?: boolean;
  readonly given?: Readonly<Record<string, string>>;
  arrange(slack: Slack): void;
}
const WAYS: readonly Way[] = [
  { name: 'told by token', arrange: () => undefined },
  { name: 'told by webhook', isWebhook: true, arrange: () => undefined },
  { name: 'Slack is down', arrange: (slack) => slack.misbehave('*', htmlOutage(), 100) },
  { name: 'a webhook breaks', isWebhook: true, arrange: (slack) => slack.misbehave('webhook', rollupError(), 100) },
  { name: 'connections are cut', arrange: (slack) => slack.misbehave('*', cutAfterAcceptance, 100) },
  { name: 'only shown', given: { 'dry-run': 'true' }, arrange: () => undefined },
];

test.each(WAYS)('$name', async ({ isWebhook = false, given = {}, arrange }) => {
  const slack = await startSlack();
  const webhook = slack.webhookUrl('deploys');
  const values = { token: slack.token, webhook, 'end of the webhook': webhook.split('/').at(-1) ?? '' };
  // As careless people would: the secrets are in the commit, a field, and a log.
  const leaks = Object.values(values).join(' ');
  const github = await startGitHub({ commit: { sha: '0123456789abcdef0123456789abcdef01234567', message: `Fix ${leaks}`, name: 'Ada' }, jobs: [{ name: 'build', conclusion: 'failure', log: `curl ${leaks}` }] });
  const hunt = huntFor({ ...(isWebhook ? { webhook, 'end of the webhook': values['end of the webhook'] } : { token: slack.token }), 'GitHub token': github.token });
  arrange(slack);
  const step = startNotice(
    { ...(isWebhook ? byWebhook(slack) : byToken(slack)), 'github-token': github.token, status: 'failure', message: `See ${leaks}`, fields: `Cause: ${leaks} ${github.token}`, budget: '5s', 'request-timeout': '1s', 'replay-folder': folder, ...given },
    { env: { GITHUB_API_URL: github.apiUrl, RUNNER_DEBUG: '1' } },
  );
  const watch = hunt.watch(() => step.pid);
  const { code, log, summary, outputs, annotations } = await step.result;
  const { found, samples } = watch.stop();
  await Promise.all([slack.stop(), github.stop()]);
  expect(code).toBe(0);
  expect(samples).toBeGreaterThan(0);
  expect([
    ...found, ...hunt.inFiles(folder), ...hunt.inText('log', log), ...hunt.inText('summary', summary), ...hunt.inText('outputs', JSON.stringify(outputs)),
    ...hunt.inText('annotations', JSON.stringify(annotations)), ...slack.requests.flatMap(({ kind, body }) => hunt.inText(`body of ${kind}`, body)),
  ]).toEqual([]);
});
