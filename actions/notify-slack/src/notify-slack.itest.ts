import { request as forward } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startGitHub } from '#shared/testing/github-api';
import { createLoopback } from '#shared/testing/loopback';
import { noticeStage, shown, type Given, type NoticeStage } from '#shared/testing/notice-stage';
import { runBundle, type Step } from '#shared/testing/run-bundle';

const loopback = createLoopback();
afterAll(() => loopback.close());

let stage: NoticeStage;

beforeEach(async () => { stage = await noticeStage(); });
afterEach(() => stage.stop());

describe('one message', () => {
  test('lives through a deployment whose jobs know nothing of each other', async () => {
    await stage.tell(stage.bot({ event: 'production-started' }));
    const after = stage.bot({ environment: 'production' });
    for (const [name, status, duration] of [['approval', 'success', '2m'], ['backup', 'success', '41.2'], ['migration', 'started'], ['migration', 'success'], ['switch', 'success', '0.3s']] as const) {
      await stage.tell({ ...after, stage: name, status, ...(duration !== undefined && { duration }) });
    }
    const { outputs } = await stage.tell({ ...after, status: 'success', url: 'https://shop.example.com' });
    const [head, ...others] = stage.heads();
    expect(others).toEqual([]);
    expect(outputs).toMatchObject({ delivered: 'yes', reason: '', ts: head?.ts, channel: stage.slack.channel('deploys').id });
    expect(outputs['permalink']).toContain(head?.ts.replace('.', ''));
    expect(head?.text).toBe('✅ shop v1.4.0 is live in production');
    expect(shown(head)).toMatch(/Approval\* · 2m\\n.*Backup\* · 41s\\n.*Migration\*.*\\n.*Switch\*/s);
    expect(stage.slack.messages('deploys')).toHaveLength(7);
  });

  test('says version, environment, status, who and commit, and has buttons for the site, this attempt, the dashboard and the way back', async () => {
    const github = await startGitHub();
    const given = { environment: 'production', status: 'success', 'github-token': github.token, url: 'https://shop.example.com', 'dashboard-url': 'https://grafana.example.com', 'rollback-workflow': 'rollback.yml' };
    const { code } = await runBundle('notify-slack', { with: stage.bot(given), runId: '812', attempt: 2, env: { GITHUB_API_URL: github.apiUrl } });
    await github.stop();
    expect(code).toBe(0);
    const [head] = stage.heads();
    for (const part of ['*Version*\\nv1.4.0', '*Environment*\\nproduction', '*Status*\\nsucceeded', '*By*\\noctocat', 'Sell tea by ada']) expect(shown(head)).toContain(part);
    expect(buttonsOf(head)).toEqual([
      'Open site https://shop.example.com/', 'View run https://github.com/octo-org/shop/actions/runs/812/attempts/2', 'Dashboard https://grafana.example.com/',
      'Roll back https://github.com/octo-org/shop/actions/workflows/rollback.yml',
    ]);
  });

  test('tells attempts apart, and keeps what an earlier one did well', async () => {
    await stage.tell(stage.bot({ event: 'production-started' }));
    await stage.tell(stage.bot({ stage: 'backup', status: 'success', environment: 'production' }));
    await stage.tell(stage.bot({ stage: 'migration', status: 'failure', environment: 'production' }));
    await stage.tell(stage.bot({ status: 'failure', environment: 'production' }));
    expect(stage.heads()[0]?.text).toBe('❌ shop v1.4.0: failed in production at migration');
    await stage.tell(stage.bot({ stage: 'migration', status: 'success', environment: 'production' }), { attempt: 2 });
    await stage.tell(stage.bot({ status: 'success', environment: 'production' }), { attempt: 2 });
    expect(stage.heads()).toHaveLength(1);
    expect(stage.heads()[0]?.text).toBe('✅ shop v1.4.0 is live in production');
    expect(shown(stage.heads()[0])).toContain('attempt 1 failed');
    expect(shown(stage.heads()[0])).toMatch(/Backup\* · attempt 1\\n✅ \*Migration\*/);
  });

  test('is one for each service, environment and run, and of each channel', async () => {
    const channel = `${stage.slack.channel('deploys').id}\n${stage.slack.channel('alerts').id}`;
    await stage.tell(stage.bot({ status: 'success', environment: 'staging', channel }));
    await stage.tell(stage.bot({ status: 'success', environment: 'production', channel }));
    await stage.tell(stage.bot({ status: 'success', environment: 'staging', service: 'api', channel }));
    const { outputs } = await stage.tell(stage.bot({ status: 'success', environment: 'staging', channel }), { id: '4712' });
    expect([stage.heads(), stage.heads('alerts')].map(({ length }) => length)).toEqual([4, 4]);
    expect(outputs['messages']).toMatchObject([{ delivered: 'yes' }, { delivered: 'yes' }]);
  });

  test('loses nothing of two jobs at once, and nobody sees two messages', async () => {
    await Promise.all(['eu', 'us', 'asia'].map((name) => stage.tell(stage.bot({ stage: name, status: 'success', environment: 'production' }))));
    expect(stage.heads()).toHaveLength(1);
    await Promise.all(['blue', 'green', 'red'].map((name) => stage.tell(stage.bot({ stage: name, status: 'success', environment: 'production' }))));
    for (const name of ['Eu', 'Us', 'Asia', 'Blue', 'Green', 'Red']) expect(shown(stage.heads()[0])).toContain(`*${name}*`);
    expect(stage.heads()).toHaveLength(1);
  });

  test('is made anew when somebody deleted it', async () => {
    await stage.tell(stage.bot({ event: 'production-started' }));
    const { messages } = stage.slack.channel('deploys');
    messages.splice(0);
    await stage.tell(stage.bot({ stage: 'backup', status: 'success', environment: 'production' }));
    expect(stage.heads()).toHaveLength(1);
  });
});

describe('webhooks', () => {
  test('tell the end with what the job has done, and the start only when asked', async () => {
    const quiet = await stage.tell(stage.webhook({ event: 'production-started' }));
    expect([quiet.outputs['delivered'], stage.slack.count('webhook')]).toEqual(['no', 0]);
    await stage.tell(stage.webhook({ event: 'production-started', 'on-start': 'true' }));
    await stage.tell(stage.webhook({ status: 'failure' }));
    expect(stage.heads().map(({ text }) => text)).toEqual(['⏳ shop 0123456 → production: under way', '❌ shop 0123456: failed in production']);
  });

  test('of a workflow get its variables', async () => {
    await stage.tell(stage.webhook({ 'slack-webhook': stage.slack.triggerUrl, status: 'success', release: 'v2', url: 'https://shop.example.com' }));
    await stage.tell(stage.webhook({ 'slack-webhook': stage.slack.triggerUrl, status: 'success', release: 'v2', variables: 'version: "{{ release }} in {{ environment }}"\nsaid: "password: placeholder-of-one"' }));
    expect(stage.slack.triggered).toMatchObject([{ title: '✅ shop v2 is live in production', url: 'https://shop.example.com', status: 'succeeded' }, { version: 'v2 in production', said: 'password: ***' }]);
  });
});

describe('as the runner runs it', () => {
  const step = (given: Given, more: Step = {}): ReturnType<typeof runBundle> => runBundle('notify-slack', { runId: '812', ...more, with: given });

  test('later steps of a job know the message by the environment, and read no channel for it', async () => {
    const token = { 'slack-token': stage.slack.tokenWith('chat:write') };
    const first = await step(stage.bot({ ...token, event: 'production-started', channel: '#deploys' }));
    expect(first.code).toBe(0);
    const last = await step(stage.bot({ ...token, status: 'failure', environment: 'production', channel: '#deploys' }), { env: { ...first.environment } });
    expect(last.outputs).toMatchObject({ delivered: 'yes', channel: stage.slack.channel('deploys').id });
    expect(stage.heads().filter(({ broadcast }) => broadcast !== true).map(({ text }) => text)).toEqual(['❌ shop v1.4.0: failed in production']);
  });

  test('what was not sent is in the summary with the command that sends it; no secret is in anything', async () => {
    const token = 'xoxb-2401-canary-canary';
    const pasted = 'see xoxb-9999-someone-elses and ghp_0123456789abcdefghij';
    const result = await step(stage.bot({ 'slack-token': token, status: 'failure', environment: 'production', message: pasted }), { env: { HTTP_PROXY: '' } });
    expect([result.code, result.annotations.map(({ level }) => level)]).toEqual([0, ['warning']]);
    expect(result.summary).toContain('curl --fail-with-body');
    const everything = JSON.stringify([result.log, result.summary, result.outputs, result.environment, stage.slack.requests.map(({ body }) => body)]);
    for (const secret of [token, 'someone-elses', '0123456789abcdefghij']) expect(everything).not.toContain(secret);
  });

  test('goes through the proxy that the environment names, and past it where NO_PROXY says so', async () => {
    const seen: string[] = [];
    const proxy = await loopback.web((incoming, response) => {
      seen.push(incoming.url ?? '');
      const target = forward(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(target);
    });
    const past = await step(stage.webhook({ status: 'success' }), { env: { http_proxy: proxy, no_proxy: '127.0.0.1' } });
    expect([past.outputs['delivered'], seen.length]).toEqual(['yes', 0]);
    const through = await step(stage.webhook({ status: 'success' }), { env: { HTTP_PROXY: proxy } });
    expect([through.outputs['delivered'], seen]).toEqual(['yes', [stage.slack.webhookUrl('deploys')]]);
  });
});

interface Button { readonly text: { readonly text: string }; readonly url: string }

/** Label and address of each button of a message. */
function buttonsOf(message: { readonly blocks?: readonly unknown[] } | undefined): readonly string[] {
  const rows = (message?.blocks ?? []) as readonly { readonly type: string; readonly elements?: readonly Button[] }[];
  return rows.filter(({ type }) => type === 'actions').flatMap(({ elements = [] }) => elements.map(({ text, url }) => `${text.text} ${url}`));
}
