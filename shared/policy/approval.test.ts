import { describe, expect, test } from '@jest/globals';
import { NOW } from '#shared/testing/findings';
import { parse } from 'yaml';
import { withApprovals } from './approval.ts';
import { type Change, blobName, historyOf } from './history.ts';
import type { Repository } from '#shared/github/questions';
import { waiverLines } from './waiver-lines.ts';
import { parseWaivers } from './waiver.ts';

const FILE = `# Why what may stay
waivers:
  - finding: CVE-2026-1111
    stages: [staging]
    reason: Not reachable from outside.
    requested-by: ada
    approved-by: Grace
    created: 2026-11-10
    expires: 2026-12-01
`;
const change = (given: Partial<Change> = {}): Change => ({ from: 1, to: 9, commit: 'c'.repeat(40), authors: ['ada'], pulls: [{ number: 7, author: 'ada', approvers: ['grace'] }], ...given });

async function approval(history: readonly Change[] | string) {
  return withApprovals(parseWaivers(parse(FILE), NOW), history, await waiverLines(FILE)).waivers[0]?.approval;
}

test('a waiver stands at its lines', async () => {
  expect([...await waiverLines(FILE)]).toEqual([['waivers[0]', { from: 3, to: 9 }]]);
});

describe('an approval is', () => {
  test.each<[string, readonly Change[]]>([
    ['by the review of the pull request', [change()]],
    ['by the reviews of several', [change({ to: 4 }), change({ from: 5, pulls: [{ number: 8, author: 'bob', approvers: ['eve', 'grace'] }] })]],
    ['whoever wrote other lines', [change({ to: 2, authors: ['grace'], pulls: [] }), change({ from: 3 })]],
  ])('proven %s', async (_, history) => expect(await approval(history)).toMatchObject({ state: 'proven', by: expect.stringMatching(/^grace approved #7/) }));

  test.each<[string, readonly Change[]]>([
    ['grace allowed it and wrote it too (cccccccccccc)', [change({ authors: ['ada', 'grace'] })]],
    ['grace has not approved the pull request that brought it (#7)', [change({ pulls: [{ number: 7, author: 'ada', approvers: ['eve'] }] })]],
    ['grace has not approved the pull request that brought it (#7)', [change({ pulls: [{ number: 7, author: 'grace', approvers: ['grace'] }] })]],
    ['grace has not approved the pull request that brought it (none, commit cccccccccccc)', [change({ pulls: [] })]],
    ['grace has not approved the pull request that brought it (none, commit cccccccccccc)', [change({ to: 8 }), change({ from: 9, pulls: [] })]],
  ])('refuted: %s', async (reason, history) => expect(await approval(history)).toEqual({ state: 'refuted', reason }));

  test.each<[string, readonly Change[] | string]>([['GitHub did not answer', 'GitHub did not answer'], ['GitHub does not tell who brought its lines', [change({ to: 8 })]]])('unchecked: %s', async (reason, history) => {
    expect(await approval(history)).toEqual({ state: 'unchecked', reason });
  });
});

describe('the history', () => {
  const blame = (oid: string, reviewed = 'head') => ({ repository: { file: { oid }, commit: { blame: { ranges: [{ startingLine: 1, endingLine: 9, commit: {
    oid: 'c1', authors: { nodes: [{ user: { login: 'Ada' } }, { user: null }] },
    associatedPullRequests: { nodes: [{ number: 7, headRefOid: 'head', author: { login: 'Ada' }, reviews: { nodes: [{ author: { login: 'Grace' }, commit: { oid: reviewed } }] } }] },
  } }] } } } });
  const asking = (answer: () => unknown): Repository => ({ named: { owner: 'o', repo: 'r' }, ask: (async () => ({ data: answer() })) as unknown as Repository['ask'] });
  const ask = async (answer: () => unknown) => historyOf(asking(answer), { path: 'waivers.yml', commit: 'f'.repeat(40), text: FILE });
  const own = blobName(FILE);

  test('knows who wrote, and who approved what was merged', async () => {
    expect(await ask(() => ({ data: blame(own) }))).toEqual([{ from: 1, to: 9, commit: 'c1', authors: ['ada'], pulls: [{ number: 7, author: 'ada', approvers: ['grace'] }] }]);
  });

  test('counts no approval of an earlier state', async () => {
    expect(await ask(() => ({ data: blame(own, 'before') }))).toMatchObject([{ pulls: [{ approvers: [] }] }]);
  });

  test.each<[string, () => unknown]>([
    ['waivers.yml is not the same here as at commit ffffffffffff', () => ({ data: blame('other') })],
    ['GitHub has no waivers.yml at commit ffffffffffff: Not there', () => ({ data: { repository: { file: null, commit: null } }, errors: [{ message: 'Not there' }] })],
    ['GitHub tells nothing about the lines of waivers.yml', () => ({ data: { repository: { file: { oid: own }, commit: {} } } })],
    ['GitHub refused (403): the token needs contents: read and pull-requests: read', () => { throw Object.assign(new Error('no'), { status: 403 }); }],
    ['GitHub did not answer (hung up)', () => { throw new Error('hung up'); }],
  ])('is not known: %s', async (reason, answer) => expect(await ask(answer)).toBe(reason));

  test('names a file as git does', () => {
    expect(blobName('test content\n')).toBe('d670460b4b4aece5915caf5c68d12f560a9fe3e4'); // of the Git book, 10.2
  });
});
