import { rateLimited } from './limits.ts';
import { answerInstead, answerNeverSent, cutAfterAcceptance, htmlOutage, rollupError } from './misbehaviour.ts';
import type { Slack } from './slack.ts';

/** A way in which telling Slack goes wrong, as it did for users of the actions there are. */
export interface FailureCase {
  readonly name: string;
  /** What the notice goes through. */
  readonly through: 'token' | 'webhook';
  /** What the commit's author wrote, where that is the point. */
  readonly subject?: string;
  /** Another token than the workspace's. */
  readonly token?: string;
  /** Has Slack behave so. */
  arrange(slack: Slack): void;
}

const ALWAYS = 1_000;
const nothing = (): void => undefined;

/** Made to break YAML and JSON, to call everybody, and to look like a link that it is not. */
export const HOSTILE_SUBJECT = `Fix "quotes", 'more', \`ticks\`: <!channel> &lt;!here&gt; <https://evil.test|our site>\n- {a: [b`;

/** The eight cases in which the actions that people use fail them. */
export const FAILURE_CASES: readonly FailureCase[] = [
  { name: 'a webhook says "not so fast"', through: 'webhook', arrange: (slack) => slack.misbehave('webhook', answerInstead(rateLimited(1, true))) },
  { name: 'Slack asks for a minute of patience', through: 'token', arrange: (slack) => slack.misbehave('chat.postMessage', answerInstead(rateLimited(60, false)), ALWAYS) },
  { name: 'a webhook posts, and says 500', through: 'webhook', arrange: (slack) => slack.misbehave('webhook', rollupError({ accepted: true }), ALWAYS) },
  { name: 'a webhook posts, and never answers', through: 'webhook', arrange: (slack) => slack.misbehave('webhook', answerNeverSent, ALWAYS) },
  { name: 'the connection is cut after Slack has posted', through: 'token', arrange: (slack) => slack.misbehave('chat.postMessage', cutAfterAcceptance) },
  { name: 'Slack is down', through: 'token', arrange: (slack) => slack.misbehave('*', htmlOutage(), ALWAYS) },
  { name: 'the token is wrong', through: 'token', token: 'xoxb-wrong', arrange: nothing },
  { name: 'a commit message is hostile', through: 'token', subject: HOSTILE_SUBJECT, arrange: nothing },
];
