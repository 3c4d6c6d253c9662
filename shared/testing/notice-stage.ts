import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Run } from '#shared/core/run';
import { action } from '../../actions/notify-slack/src/inputs.ts';
import { notifySlack } from '../../actions/notify-slack/src/notify-slack.ts';
import { startSlack, type Slack } from './slack/slack.ts';
import { tellStory, type Told } from './tell-story.ts';

/** Inputs as written under `with:`. */
export type Given = Readonly<Record<string, string>>;

/** notify-slack and a Slack of its own. */
export interface NoticeStage {
  readonly slack: Slack;
  /** Where files of the test, and what was not sent, are. */
  readonly folder: string;
  /** Inputs that tell the channel `deploys` with a bot token. */
  bot(more: Given): Given;
  /** Inputs that tell it by its webhook. */
  webhook(more: Given): Given;
  /** Tells within this process. Rejects when the step would fail. */
  tell(given: Given, run?: Partial<Run>): Promise<Told>;
  /** The messages people see in a channel, those in threads left out. */
  heads(channel?: string): Slack['messages'] extends (name: string) => infer Messages ? Messages : never;
  /** Writes a file and returns its path. */
  file(name: string, text: string): string;
  stop(): Promise<void>;
}

/** Sets one up; its Slack lets posts through as fast as they come. */
export async function noticeStage(): Promise<NoticeStage> {
  const slack = await startSlack({ limits: { burst: 100 } });
  const folder = mkdtempSync(join(tmpdir(), 'notices-'));
  return {
    slack, folder,
    bot: (more) => ({ 'slack-token': slack.token, 'slack-api-url': slack.apiUrl, channel: slack.channel('deploys').id, service: 'shop', release: 'v1.4.0', 'replay-folder': folder, ...more }),
    webhook: (more) => ({ 'slack-webhook': slack.webhookUrl('deploys'), service: 'shop', environment: 'production', 'replay-folder': folder, ...more }),
    tell: async (given, run = {}) => {
      const told = await tellStory(action, notifySlack, given, run);
      if (told.failure !== undefined) throw told.failure;
      return told;
    },
    heads: (channel = 'deploys') => slack.messages(channel).filter(({ ts, thread_ts: thread }) => thread === undefined || thread === ts),
    file: (name, text) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    stop: async () => {
      await slack.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The blocks of a message, as text to look into. */
export function shown(message: { readonly blocks?: readonly unknown[] } | undefined): string {
  return JSON.stringify(message?.blocks);
}
