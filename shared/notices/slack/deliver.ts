import type { Secret } from '#shared/core/secret';
import { messageOf, UserError } from '#shared/core/errors';
import { type DeploymentKey, type Entry, keyText } from '../entry.ts';
import type { Happening } from '../event.ts';
import { mentionsOf, type People } from '../mention.ts';
import { recall, type Remembered } from '../memory.ts';
import type { Outcome } from '../outcome.ts';
import type { Listener } from '../routing.ts';
import { STEP_CHANNEL } from '../routes.ts';
import { timelineOf } from '../timeline.ts';
import { templateValues } from '../values.ts';
import { attachFiles } from './attach.ts';
import { faultOf, faultText } from './faults.ts';
import { fillBlocks, type OwnBlocks } from './own-blocks.ts';
import { type Manners, patientFetch } from './patience.ts';
import type { Details } from './render.ts';
import { tellChannel } from './tell.ts';
import { headMessage, type Thread } from './thread.ts';
import { openWorkspace, type Workspace } from './web-api.ts';
import { incomingPayload, postToWebhook, startWorkflow, webhookKind, workflowVariables } from './webhook.ts';

/** Something that happened, with everything that can be told of it. */
export interface Notice {
  readonly happening: Happening;
  readonly key: DeploymentKey;
  readonly entry: Entry;
  readonly details: Details;
  /** Where the whole can be read. */
  readonly address: string;
  /** Seconds since 1970 from which on its message may be found. */
  readonly since: number;
}

/** How notices are sent. */
export interface Delivery {
  readonly token: Secret | undefined;
  readonly webhook: Secret | undefined;
  readonly apiUrl: string;
  readonly manners: Manners;
  readonly people: People;
  readonly memory: readonly Remembered[];
  /** `ts` of the message as the workflow handed it on. */
  readonly given: string | undefined;
  readonly isBroadcast: boolean;
  /** Webhooks tell of the start as well. */
  readonly onStart: boolean;
  readonly ownBlocks: OwnBlocks | undefined;
  /** For a workflow, in place of the usual variables. */
  readonly variables: Readonly<Record<string, string>> | undefined;
  readonly files: readonly string[];
  /** Told what a user should know. */
  say(note: string): void;
}

/** Tells every listener, all at once. Never rejects. */
export async function deliver(notice: Notice, listeners: readonly Listener[], delivery: Delivery): Promise<readonly Outcome[]> {
  const { token, webhook, apiUrl, manners } = delivery;
  const workspace = token === undefined ? undefined : await openWorkspace(token, apiUrl, patientFetch(manners));
  return Promise.all(listeners.map(async (listener): Promise<Outcome> => {
    const { id } = listener.channel;
    if (workspace !== undefined && id !== STEP_CHANNEL) return tellBySlack(notice, listener, delivery, workspace);
    if (webhook !== undefined && id === STEP_CHANNEL) return tellByWebhook(notice, listener, delivery, webhook);
    return { channel: id === STEP_CHANNEL ? '' : id, delivered: 'no', reason: missing(id, token), entries: [] };
  }));
}

function missing(channel: string, token: Secret | undefined): string {
  if (channel !== STEP_CHANNEL) return 'slack-token is empty, and a webhook is bound to its own channel.';
  return token === undefined ? 'slack-token and slack-webhook are both empty. Pull requests from forks get no secrets.' : 'channel is empty: give the ID of the channel to post to.';
}

/** The message that would be shown if the deployment were told only of these entries. */
export function previewMessage({ key, address, details }: Notice, entries: readonly Entry[], listener: Listener, delivery: Pick<Delivery, 'people' | 'ownBlocks' | 'say'>): ReturnType<typeof headMessage> {
  const { mentions } = calling(details, entries.at(-1)!, listener, delivery);
  return headMessage({ key, address, ...viewOf(key, delivery.ownBlocks) }, entries, { ...details, mentions });
}

async function tellBySlack(notice: Notice, listener: Listener, delivery: Delivery, workspace: Workspace): Promise<Outcome> {
  const { key, entry, address, since, happening } = notice;
  const { memory, given, isBroadcast, manners, files, say } = delivery;
  const thread: Thread = { workspace, channel: listener.channel.id, key, since, budget: manners.budget, address, isBroadcast, ...viewOf(key, delivery.ownBlocks) };
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
  if (happening.role === 'progress') return { ...base, delivered: 'no', isSilence: true, reason: 'A webhook cannot change its message, so stages are kept for the last one.' };
  if (happening.role === 'start' && !onStart) return { ...base, delivered: 'no', isSilence: true, reason: 'A webhook cannot change its message, so the start is told only with on-start: true.' };
  if (listener.isOnlyOnChange) say('A webhook cannot be asked what was told before, so only-on-change does nothing for it.');
  const fetch = patientFetch(manners);
  const isWorkflow = webhookKind(webhook) === 'workflow';
  const body = isWorkflow ? variables ?? workflowVariables(timelineOf(entries), key) : incomingPayload(webhookMessage(notice, entries, listener, delivery));
  try {
    await (isWorkflow ? startWorkflow(webhook, body as Readonly<Record<string, string>>, fetch) : postToWebhook(webhook, body, fetch));
    return { ...base, delivered: 'yes', reason: '' };
  } catch (error) {
    const fault = faultOf(error);
    return { ...base, delivered: fault.mayHaveArrived ? 'unknown' : 'no', reason: faultText(fault), unsent: { method: 'webhook', body } };
  }
}

// There is no thread for the details, so the one message has them, however many events it tells of.
function webhookMessage({ key, address, details }: Notice, entries: readonly Entry[], listener: Listener, delivery: Delivery): ReturnType<typeof headMessage> {
  const whole = { ...calling(details, entries.at(-1)!, listener, delivery) };
  return headMessage({ key, address, ...viewOf(key, delivery.ownBlocks), isWhole: true }, entries, whole);
}

function calling(details: Details, entry: Entry, { mention }: Listener, { people, say }: Pick<Delivery, 'people' | 'say'>): Details & { readonly mentions: readonly string[] } {
  const { texts, problems } = mentionsOf(mention, people, entry.facts);
  problems.forEach((problem) => say(`Not called: ${problem}.`));
  return { ...details, mentions: texts };
}

function viewOf(key: DeploymentKey, blocks: OwnBlocks | undefined): Pick<Thread, 'view'> {
  if (blocks === undefined) return {};
  return { view: (standard, entries) => ({ text: standard.text, blocks: fillBlocks(blocks, templateValues(timelineOf(entries), key)) }) };
}
