// Whatever people write into commits, branches, names and inputs: nobody is called, Slack takes the message, and what is cut says so.
import { expect, test } from '@jest/globals';
import type { Entry } from '#shared/notices/entry';
import { fit } from '#shared/notices/slack/fit';
import { renderDeployment, renderEvent } from '#shared/notices/slack/render';
import { timelineOf } from '#shared/notices/timeline';
import { startGitHub } from '#shared/testing/github-api';
import { calledBy, linksIn, shownTexts } from '#shared/testing/slack/audience';
import { faultsOfBlocks, isTooMuch } from '#shared/testing/slack/block-kit';
import { unescaped } from '#shared/testing/slack/mrkdwn';
import { byToken, byWebhook, notice } from '#shared/testing/slack/notice-step';
import { startSlack } from '#shared/testing/slack/slack';
import type { Content } from '#shared/testing/slack/workspace';

const key = { repository: 'octo-org/shop', run: '812', environment: 'production', service: 'shop' };
const PIECES = [
  '<!channel>', '<!here|here>', '<@U024BE7LH>', '<!subteam^S012|team>', '&lt;', '&amp;lt;!channel&amp;gt;', '<https://evil.test|https://shop.example.com>', '@channel', '<#C024BE91L>', '<', '>', '|', '&', '```', '`', '*', '_', '~',
  '\u202E', '\u2066', '\u0000', '\u001B[31m', '\r\n', '\n', '\uD83D', '👩‍👩‍👧‍👦', '🏳️‍🌈', 'e\u0301\u0302\u0303', 'Z\u0351\u036B\u0343', '漢字', '${{ secrets.TOKEN }}', '{{ actor }}', '"}],"text":"', "'; exit 1; '", '::error::forged', '%0A', 'word ',
];
const URLS = ['javascript:alert(1)', 'https://x.test/a|b>c<d&e', 'https://x.test/?q=<!channel>', ' https://x.test/ ', `https://x.test/${'a'.repeat(4_000)}`];

/** Numbers that look like chance and are the same in every run: a failure can be looked at again. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function hostileText(pick: (below: number) => number): string {
  const length = [1, 5, 40, 400, 4_000][pick(5)] ?? 1;
  const text = Array.from({ length }, () => PIECES[pick(PIECES.length)]).join('');
  return pick(200) === 0 ? text.repeat(Math.ceil(102_400 / text.length)) : text;
}

function hostileEntry(pick: (below: number) => number, index: number): Entry {
  const text = (): string => hostileText(pick);
  const url = (): string => (pick(2) === 0 ? 'https://github.com/octo-org/shop' : URLS[pick(URLS.length)] ?? '');
  const events = ['production-started', 'stage', 'failed', 'custom', 'production-succeeded'] as const;
  const states = ['running', 'succeeded', 'failed', 'noted', 'succeeded'] as const;
  return {
    id: String(index), attempt: 1, event: events[index % 5] ?? 'stage', state: states[index % 5] ?? 'running', at: 1_795_277_743 + index, ...(index % 5 === 1 && { stage: text().slice(0, 60) }),
    facts: {
      release: text(), actor: text(), sha: text(), subject: text(), author: text(), commitUrl: url(), compareUrl: url(), pull: text(), pullTitle: text(), pullUrl: url(), runUrl: url(), workflow: text(),
      ...(pick(4) === 0 && { title: text() }), ...(pick(2) === 0 && { message: text() }), ...(index % 5 === 2 && { failingJob: text(), failingStep: text(), failingUrl: url() }),
    },
    fields: Object.fromEntries(Array.from({ length: pick(14) }, () => [text(), text()])),
    links: Object.fromEntries(Array.from({ length: pick(8) }, () => [text(), url()])),
  };
}

function expectSound(message: Content, seed: number): void {
  expect({ seed, faults: faultsOfBlocks(message.blocks), isTooMuch: isTooMuch(message.blocks ?? []), called: calledBy(message), isLong: message.text.length > 4_000 })
    .toEqual({ seed, faults: [], isTooMuch: false, called: [], isLong: false });
  // Nothing that somebody wrote has become a link: they lead where the addresses lead that were given as such.
  expect(linksIn(message).map(({ url }) => new URL(url).hostname).filter((host) => !/^(?:github\.com|github\.example|x\.test)$/.test(host))).toEqual([]);
  expect(JSON.stringify([message.text, message.blocks])).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|\\u0000|\\ud83d(?!\\ud)/);
}

test('messages made of them are sound', () => {
  const rounds = process.env['SLIPWAY_FULL'] === '1' ? 300 : 30;
  for (let seed = 1; seed <= rounds; seed += 1) {
    const pick = chance(seed);
    const entries = Array.from({ length: 1 + pick(7) }, (_, index) => hostileEntry(pick, index));
    const details = { log: hostileText(pick), jobs: [hostileText(pick)] };
    const last = entries.at(-1) as Entry;
    expectSound(fit(renderDeployment(timelineOf(entries), key, details), 'https://github.com/octo-org/shop/actions/runs/812').message, seed);
    expectSound(fit(renderEvent(last, timelineOf(entries), key, details), 'https://github.com/octo-org/shop/actions/runs/812').message, seed);
  }
});

test.each([...PIECES, 'emoji at the cut 👩‍👩‍👧‍👦'.padStart(320, 'x'), 'x'.repeat(102_400)])('a subject of %j is shown whole, or cut with a mark', (piece) => {
  const entry: Entry = { ...hostileEntry(chance(1), 0), facts: { subject: `before${piece}after`, sha: '0123456789' }, fields: {}, links: {} };
  const { message } = fit(renderDeployment(timelineOf([entry]), key), 'https://github.com/octo-org/shop');
  const shown = unescaped(shownTexts(message).join('\n'));
  const visible = `before${piece}after`.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD').toWellFormed().replace(/\s+/g, ' ');
  expect(shown.includes(visible) || (/before.*…/s.test(shown) && visible.length > 300)).toBe(true);
});

test('a step that is given all of it tells it by token and by webhook', async () => {
  const hostile = PIECES.filter((piece) => !piece.includes('\0') && piece !== '\uD83D').join(' ');
  const github = await startGitHub({
    commit: { sha: '0123456789abcdef0123456789abcdef01234567', message: hostile, name: hostile, login: '<!channel>' },
    pullRequests: [{ number: 7, title: hostile, mergedAs: '0123456789abcdef0123456789abcdef01234567' }],
    jobs: [{ name: hostile, conclusion: 'failure', log: `${hostile}\n`.repeat(500), steps: [{ name: hostile, number: 2, status: 'completed', conclusion: 'failure' }] }],
  });
  const slack = await startSlack();
  const line = hostile.replaceAll(/[\u0000-\u001F]/g, ' ');
  const given = { 'github-token': github.token, status: 'failure', release: line, service: line, title: hostile, message: hostile.repeat(200), fields: `A: ${line}` };
  const step = { actor: hostile, ref: `refs/heads/${hostile}`, workflow: hostile, env: { GITHUB_API_URL: github.apiUrl } };
  const results = await Promise.all([byToken(slack), byWebhook(slack)].map((place) => notice({ ...given, ...place }, step)));
  await Promise.all([slack.stop(), github.stop()]);
  expect(results.map(({ outputs }) => [outputs['delivered'], outputs['reason']])).toEqual([['yes', ''], ['yes', '']]);
  for (const message of slack.messages('deploys')) expectSound(message, 0);
  expect(slack.messages('deploys')).toHaveLength(2);
});
