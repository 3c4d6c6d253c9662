import { type RunningStep, startBundle, type Step, type StepResult } from '../run-bundle.ts';
import type { Slack } from './slack.ts';

type Given = Readonly<Record<string, string>>;

/** The inputs by which a step of notify-slack reaches the loopback Slack's channel `deploys` with its token. */
export function byToken(slack: Slack, token = slack.token): Given {
  return { 'slack-token': token, 'slack-api-url': slack.apiUrl, channel: slack.channel('deploys').id };
}

/** The same through the channel's webhook. */
export function byWebhook(slack: Slack): Given {
  return { 'slack-webhook': slack.webhookUrl('deploys') };
}

/** Starts a step of notify-slack in run 812, about the service shop in production. */
export function startNotice(given: Given, step: Omit<Step, 'with'> = {}): RunningStep {
  return startBundle('notify-slack', { runId: '812', ...step, with: { service: 'shop', environment: 'production', ...given } });
}

/** The same to its end. */
export async function notice(given: Given, step?: Omit<Step, 'with'>): Promise<StepResult> {
  return startNotice(given, step).result;
}
