import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FailureCase } from '#shared/testing/slack/failure-cases';
import type { Slack } from '#shared/testing/slack/slack';
import { capture } from '../script/src/process.ts';

/** The action that Slack itself publishes, at the version that is measured. */
export const PEER = { name: 'slack-github-action', version: 'v4.0.0', address: 'https://github.com/slackapi/slack-github-action' } as const;

/** The folder it is fetched into; whoever has it already may put it there. */
export const PEER_FOLDER = fileURLToPath(new URL(`../.tools/peers/${PEER.name}/`, import.meta.url));

/** The entry file of its bundle as published, fetched when it is not there yet; undefined where it cannot be had. */
export async function peerEntry(): Promise<string | undefined> {
  const entry = `${PEER_FOLDER}dist/index.js`;
  if (!existsSync(entry)) {
    await capture('git', ['-c', 'http.lowSpeedLimit=1000', '-c', 'http.lowSpeedTime=20', 'clone', '--quiet', '--depth', '1', '--branch', PEER.version, PEER.address, PEER_FOLDER], { env: { GIT_TERMINAL_PROMPT: '0' } });
  }
  return existsSync(entry) ? entry : undefined;
}

/** How its documentation says to post a text; the commit's subject is pasted in, as there. */
export function peerInputs(slack: Slack, { through, token = slack.token, subject = 'Sell tea' }: Pick<FailureCase, 'through' | 'token' | 'subject'>): Readonly<Record<string, string>> {
  const text = `text: "shop 1.4.0 is live in production: ${subject}"`;
  const usual = { errors: 'false', retries: '5', 'payload-templated': 'false' };
  return through === 'webhook'
    ? { ...usual, webhook: slack.webhookUrl('deploys'), 'webhook-type': 'incoming-webhook', payload: text }
    : { ...usual, method: 'chat.postMessage', token, api: slack.apiUrl, payload: `channel: ${slack.channel('deploys').id}\n${text}` };
}
