import { afterEach, describe, expect, test } from '@jest/globals';
import type { Run } from '#shared/core/run';
import { Secret } from '#shared/core/secret';
import { repositoryOf } from '#shared/github/questions';
import { environmentApproval } from '#shared/policy/environment-approval';
import { decided, finding, merged } from '#shared/testing/findings';
import { startPullRequestApi, type PullRequestApi, type PullRequestSettings } from '#shared/testing/pull-request-api';
import { commentBody, putComment } from './comment.ts';
import { summarySections } from './summary.ts';

const RUN: Run = { id: '812', attempt: 1, url: '', actor: 'ada', commit: 'c0ffee', ref: '', repository: 'octo-org/shop', workflow: 'CI' };
const MARK = '<!-- slipway security-gate: build -->';
const apis: PullRequestApi[] = [];
afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.stop()));
});

async function start(settings: PullRequestSettings = {}) {
  const api = await startPullRequestApi(settings);
  apis.push(api);
  return { api, repository: await repositoryOf({ apiUrl: api.apiUrl, token: new Secret(api.token) }, RUN, new AbortController().signal) };
}

const body = (text: string): string => `${MARK}\n${text}`;
const bot = 'github-actions[bot]';
const bodies = (api: PullRequestApi): readonly string[] => api.comments.map(({ user, body: text }) => `${user.login}: ${text.replace(`${MARK}\n`, '[mark] ')}`);

describe('the comment', () => {
  test('is made once, and changed from then on', async () => {
    const { api, repository } = await start();
    for (const text of ['one', 'two', 'two']) expect(await putComment(repository, 7, 'build', body(text))).toBeUndefined();
    expect(bodies(api)).toEqual([`${bot}: [mark] two`]);
    expect(api.requests.filter((request) => request.startsWith('PATCH'))).toHaveLength(1);
  });

  test('is found among hundreds, and is never somebody else\'s', async () => {
    const others = Array.from({ length: 150 }, (_, index) => ({ login: 'eve', body: index === 3 ? body('mine, says eve') : `about ${MARK}` }));
    const { api, repository } = await start({ comments: [...others, { login: bot, body: `${MARK.replace('build', 'staging')}\nanother stage` }, { login: bot, body: body('old') }] });
    await putComment(repository, 7, 'build', body('new'));
    expect(api.comments).toHaveLength(152);
    expect(bodies(api).slice(-2)).toEqual([`${bot}: <!-- slipway security-gate: staging -->\nanother stage`, `${bot}: [mark] new`]);
    expect(bodies(api)[3]).toBe('eve: [mark] mine, says eve');
  });

  test('is one, also when another run makes its own at the same moment', async () => {
    let isFirst = true;
    const { api, repository } = await start({ meanwhile: (add) => {
      if (isFirst) add(bot, body('of the other run'));
      isFirst = false;
    } });
    await putComment(repository, 7, 'build', body('of this run'));
    expect(bodies(api)).toEqual([`${bot}: [mark] of this run`]);
  });

  test('that is there twice is one afterwards', async () => {
    const { api, repository } = await start({ comments: [{ login: bot, body: body('one') }, { login: bot, body: body('two') }] });
    await putComment(repository, 7, 'build', body('three'));
    expect(bodies(api)).toEqual([`${bot}: [mark] three`]);
  });

  test('is refused to a token that may only read, and says which permission lacks', async () => {
    const { repository } = await start({ isReadOnly: true });
    expect(await putComment(repository, 7, 'build', body('x'))).toContain('the token needs pull-requests: write');
  });

  test('of thousands of findings is one that GitHub takes', async () => {
    const findings = Array.from({ length: 3_000 }, (_, index) => merged(finding({ key: `k${index}`, rule: `CVE-2026-${1_000 + index}`, aliases: [`CVE-2026-${1_000 + index}`], title: 'ü|<b>`*'.repeat(20) })));
    const text = commentBody(summarySections(decided('staging', findings), undefined), 'staging');
    const { api, repository } = await start();
    expect(await putComment(repository, 7, 'staging', text)).toBeUndefined();
    expect(api.comments[0]?.body).toBe(text);
    expect(text).toMatch(/^<!-- slipway security-gate: staging -->\n## ❌ Security gate · staging\n\nstaging is blocked by 3000 findings \(3000 high\)/);
    expect(text).toContain('more rows were left out');
  });
});

describe('the approval of an environment', () => {
  const ask = async (approvals: PullRequestSettings['approvals'] & object) => environmentApproval((await start({ approvals })).repository, { run: '812', environment: 'Security', actor: 'ada' });

  test('is by whoever gave it, other than who started the run', async () => {
    expect(await ask([{ environment: 'security', login: 'Ada', state: 'approved' }, { environment: 'security', login: 'grace', state: 'approved' }])).toEqual({ by: 'grace' });
  });

  test.each([
    ['nobody has approved this run', []], ['nobody has approved this run', [{ environment: 'production', login: 'grace', state: 'approved' as const }]], ['nobody but ada', [{ environment: 'security', login: 'ada', state: 'approved' as const }]],
    ['nobody but ada', [{ environment: 'security', login: 'grace', state: 'approved' as const }, { environment: 'security', login: 'eve', state: 'rejected' as const }]],
  ])('is none: %s', async (reason, approvals) => expect(await ask(approvals)).toContain(reason));
});
