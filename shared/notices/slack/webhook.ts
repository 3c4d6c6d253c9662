import type { FetchFunction } from '@slack/web-api';
import type { Secret } from '#shared/core/secret';
import type { DeploymentKey } from '../entry.ts';
import type { Timeline } from '../timeline.ts';
import { headline, LOOKS, tookText } from '../wording.ts';
import type { Message } from './message.ts';

/** What kind of webhook an address is: one that posts a message, or one that starts a workflow with variables. */
export function webhookKind(address: Secret): 'incoming' | 'workflow' {
  const path = URL.parse(address.reveal())?.pathname ?? '';
  return /^\/(?:triggers|workflows)\//.test(path) ? 'workflow' : 'incoming';
}

/** What an incoming webhook gets. */
export function incomingPayload(message: Message): object {
  return { ...message, parse: 'none', link_names: false, unfurl_links: false, unfurl_media: false };
}

/** Posts through an incoming webhook. Rejects with an error that faults.ts can read. */
export async function postToWebhook(address: Secret, payload: object, fetch: FetchFunction): Promise<void> {
  const { IncomingWebhook } = await import('@slack/webhook');
  await new IncomingWebhook(address.reveal(), { fetch, timeout: 0 }).send(payload);
}

/** Starts a workflow. Rejects with an error that faults.ts can read. */
export async function startWorkflow(address: Secret, variables: Readonly<Record<string, string>>, fetch: FetchFunction): Promise<void> {
  const { WebhookTrigger } = await import('@slack/webhook');
  const answer = await new WebhookTrigger(address.reveal(), { fetch }).send(variables);
  if (!answer.ok) throw Object.assign(new Error('The workflow was not started'), { data: { error: answer.error ?? 'unreadable_answer' } });
}

/** What a workflow can show of a deployment: flat text, which its own message lays out. */
export function workflowVariables(timeline: Timeline, key: DeploymentKey): Readonly<Record<string, string>> {
  const { facts, state, started, ended, links, stages } = timeline;
  const all: Readonly<Record<string, string | undefined>> = {
    title: headline(timeline, key), status: LOOKS[state].word, service: key.service, environment: key.environment, release: facts.release, actor: facts.actor,
    commit: facts.sha?.slice(0, 7), subject: facts.subject, author: facts.author, run_url: facts.runUrl, url: links['Open site'], took: tookText(started, ended),
    message: facts.message, failed_at: [facts.failingJob, facts.failingStep].filter(Boolean).join(' › '),
    stages: stages.map((stage) => `${LOOKS[stage.state].mark} ${stage.name}`).join('\n'),
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value ?? '']));
}
