import type { Secret } from '#shared/core/secret';
import { messageOf, UserError } from '#shared/core/errors';
import { keyText } from '../entry.ts';
import { recall, type Remembered } from '../memory.ts';
import type { Outcome } from '../outcome.ts';
import type { Listener } from '../routing.ts';
import { STEP_CHANNEL } from '../routes.ts';
import { timelineOf } from '../timeline.ts';
import { attachFiles } from './attach.ts';
import { faultOf, faultText } from './faults.ts';
import { webAddress } from './mrkdwn.ts';
import { calling, viewOf, webhookSilence, wholeMessage, type Notice, type Style } from './notice.ts';
import { type Manners, patientFetch } from './patience.ts';
import { tellChannel } from './tell.ts';
import type { Thread } from './thread.ts';
import { openWorkspace, type Workspace } from './web-api.ts';
import { incomingPayload, postToWebhook, startWorkflow, webhookKind, workflowVariables } from './webhook.ts';

/** How notices are sent. */
export interface Delivery extends Style {
  readonly token: Secret | undefined;
  readonly webhook: Secret | undefined;
  readonly apiUrl: string;
  readonly manners: Manners;
  readonly memory: readonly Remembered[];
  /** `ts` of the message as the workflow handed it on. */
  readonly given: string | undefined;
  readonly isBroadcast: boolean;
  /** Webhooks tell of the start as well. */
  readonly onStart: boolean;
  /** For a workflow, in place of the usual variables. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly files: readonly string[];
}

/** Tells every listener, all at once. Never rejects. */
export async function deliver(notice: Notice, listeners: readonly Listener[], delivery: Delivery): Promise<readonly Outcome[]> {
  const { token, webhook, apiUrl, manners } = delivery;
  const workspace = token === undefined ? undefined : await openWorkspace(token, apiUrl, patientFetch(manners));
  return Promise.all(listeners.map(async (listener): Promise<Outcome> => {
    const { id } = listener.channel;
    if (workspace !== undefined && id !== STEP_CHANNEL) return tellBySlack(notice, listener, delivery, workspace);
    if (webhook !== undefined && webAddress(webhook.reveal()) === undefined) return { channel: '', delivered: 'no', reason: 'slack-webhook is no address that begins with https://. Copy it whole into the secret.', entries: [] };
    if (webhook !== undefined && id === STEP_CHANNEL) return tellByWebhook(notice, listener, delivery, webhook);
    return { channel: id === STEP_CHANNEL ? '' : id, delivered: 'no', reason: missing(id, token), entries: [] };
  }));
}

function missing(channel: string, token: Secret | undefined): string {
  if (channel !== STEP_CHANNEL) return 'slack-token is empty, and a webhook is bound to its own channel.';
  return token === undefined ? 'slack-token and slack-webhook are both empty. Pull requests from forks get no secrets.' : 'channel is empty: give the ID of the channel to post to.';
}

async function tellBySlack(notice: Notice, listener: Listener, delivery: Delivery, workspace: Workspace): Promise<Outcome> {
  const { key, entry, address, since, happening } = notice;
  const { memory, given, isBroadcast, manners, files, say } = delivery;
  const thread: Thread = { workspace, channel: listener.channel.id, key, since, budget: manners.budget, address, isBroadcast, view: viewOf(key, delivery.ownBlocks) };
  const details = calling(notice.details, entry, listener, delivery);
  const outcome = await tellChannel({ thread, entry, role: happening.role, details, memory, given, isOnlyOnChange: listener.isOnlyOnChange, say });
  if (files.length === 0 || outcome.at === undefined || outcome.delivered !== 'yes') return outcome;
  return attachFiles(workspace, files, outcome.at, manners).then(() => outcome, (error: unknown) => ({ ...outcome, reason: error instanceof UserError ? error.message : messageOf(error) }));
}

async function tellByWebhook(notice: Notice, listener: Listener, delivery: Delivery, webhook: Secret): Promise<Outcome> {
  const { key, entry, happening } = notice;
  const { memory, manners, onStart, variables, say } = delivery;
  const entries = [...(recall(memory, keyText(key), '')?.entries ?? []), entry];
  const base = { channel: '', entries };
  const silence = webhookSilence(happening.role, onStart);
  if (silence !== undefined) return { ...base, delivered: 'no', isSilence: true, reason: silence };
  if (listener.isOnlyOnChange) say('A webhook cannot be asked what was told before, so only-on-change does nothing for it.');
  const fetch = patientFetch(manners);
  const isWorkflow = webhookKind(webhook) === 'workflow';
  const body = isWorkflow ? variables ?? workflowVariables(timelineOf(entries), key) : incomingPayload(wholeMessage(notice, entries, listener, delivery).message);
  try {
    await (isWorkflow ? startWorkflow(webhook, body as Readonly<Record<string, string>>, fetch) : postToWebhook(webhook, body, fetch));
    return { ...base, delivered: 'yes', reason: '' };
  } catch (error) {
    const fault = faultOf(error);
    return { ...base, delivered: fault.mayHaveArrived ? 'unknown' : 'no', reason: faultText(fault), unsent: { method: 'webhook', body } };
  }
}
