import { writeFileSync } from 'node:fs';
import { startGitHub } from '#shared/testing/github-api';
import { asOf, pageOf, type Scene, type Shown } from '#shared/testing/slack/page';
import { findBrowser, photograph } from '#shared/testing/slack/picture';
import { type Slack, startSlack } from '#shared/testing/slack/slack';
import type { Message } from '#shared/testing/slack/workspace';
import type { DeliveredStep } from './delivery.ts';

const CHANNEL = 'deploys';
const REPOSITORY = 'acme/shop';
const CHANGES = ['Sell tea', 'Sell tea by the pound', 'Remember what was ordered'];

/** What the workflow told Slack: a Slack and a GitHub of the demo's own, on loopback. */
export interface Notices {
  /** What the workflow finds in the settings, and the runner says, of the first, second or third release. */
  of(index: number): { readonly secrets: Texts; readonly variables: Texts; readonly runner: Texts };
  /** The deployments' messages as they looked at each stage; `steps` are those of the workflow, by release. */
  scenes(steps: readonly ReleasedStep[]): readonly Scene[];
  /** How many messages stand in the channel itself. */
  count(): number;
  stop(): Promise<void>;
}

/** A step, and of which release it was. */
export type ReleasedStep = DeliveredStep & { readonly release: string };

type Texts = Readonly<Record<string, string>>;

/** Starts them. */
export async function startNotices(): Promise<Notices> {
  const slack = await startSlack({ channels: [{ name: CHANNEL }] });
  const githubs = await Promise.all(CHANGES.map((message, index) => startGitHub({
    repository: REPOSITORY, run: '', commit: { sha: '', message, name: 'Ada Lovelace', login: 'ada' }, pullRequests: [{ number: 11 + index, title: message, mergedAs: '' }],
  })));
  return {
    of: (index) => ({
      secrets: { SLACK_TOKEN: slack.token, GITHUB_TOKEN: githubs[index]?.token ?? '' },
      variables: { SLACK_API_URL: slack.apiUrl, SLACK_CHANNEL: slack.channel(CHANNEL).id },
      runner: { GITHUB_API_URL: githubs[index]?.apiUrl ?? '' },
    }),
    scenes: (steps) => scenesOf(slack, steps),
    count: () => slack.messages(CHANNEL).filter(isHead).length,
    stop: async () => void (await Promise.all([slack, ...githubs].map((one) => one.stop()))),
  };
}

/** Writes the scenes as a page, and as a picture where a browser is installed. Returns the files that were written. */
export async function paint(scenes: readonly Scene[], page: string, picture: string): Promise<readonly string[]> {
  const about = 'Each deployment has one message. It was posted once and changed at each stage; what happened is in its thread.';
  const html = pageOf({ title: 'What Slack showed', about, sender: 'Slipway', scenes });
  writeFileSync(page, html);
  const browser = findBrowser();
  if (browser === undefined) return [page];
  await photograph(browser, html, picture);
  return [page, picture];
}

/** A scene for each time that a message looked otherwise; the last one has the thread. */
export function scenesOf(slack: Pick<Slack, 'messages'>, steps: readonly ReleasedStep[]): readonly Scene[] {
  const all = slack.messages(CHANNEL);
  return all.filter(isHead).flatMap((head) => {
    const moments = head.at.filter((_, index) => index === 0 || looks(head, index) !== looks(head, index - 1));
    return moments.map((ts, index): Scene => ({
      moment: momentOf(ts, head.ts, steps), channel: CHANNEL, message: { ...asOf(head, ts)!, files: [] }, thread: index === moments.length - 1 ? threadOf(all, head) : [],
    }));
  });
}

function isHead({ ts, thread_ts: thread }: Message): boolean {
  return thread === undefined || thread === ts;
}

// What an app keeps with a message changes nothing that people see.
function looks({ versions }: Message, index: number): string {
  const { text, blocks } = versions[index] ?? {};
  return JSON.stringify([text, blocks]);
}

function threadOf(all: readonly Message[], head: Message): readonly Shown[] {
  return all.filter(({ ts, thread_ts: thread }) => thread === head.ts && ts !== head.ts).map((reply) => asOf(reply, head.at.at(-1) ?? reply.ts) ?? reply);
}

// By the step that ran then, as the message itself does not tell by whom it was changed.
function momentOf(ts: string, first: string, steps: readonly ReleasedStep[]): string {
  const at = Number(ts) * 1_000;
  const step = steps.findLast(({ began }) => began <= at);
  const passed = Math.round(Number(ts) - Number(first));
  const what = step?.name.replace(/^Tell Slack (?:that|how) /, '');
  return [step?.release, what, passed === 0 ? 'posted' : `${passed} s later`].filter((part) => part !== undefined).join(' · ');
}
