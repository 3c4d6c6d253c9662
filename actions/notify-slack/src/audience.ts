import { readFile } from 'node:fs/promises';
import { messageOf, UserError } from '#shared/core/errors';
import { isAtLeast } from '#shared/notices/event';
import type { People } from '#shared/notices/mention';
import { type Listener, listenersOf, rulingsOn } from '#shared/notices/routing';
import { parseRoutes, STEP_CHANNEL, type Routes } from '#shared/notices/routes';
import { parseOwnBlocks, type OwnBlocks } from '#shared/notices/slack/own-blocks';
import type { Notice } from '#shared/notices/slack/notice';
import { parseYaml } from '#shared/runner/yaml-text';
import type { Inputs } from './inputs.ts';

/** Who hears of the notice, and whom the routing file knows. */
export interface Audience {
  readonly listeners: readonly Listener[];
  readonly people: People;
}

/** Who hears of a notice: whom the routing file names, else the channels or the webhook of the step. @throws {UserError} when the file cannot be read. */
export async function audienceOf(inputs: Inputs, { happening, key }: Pick<Notice, 'happening' | 'key'>): Promise<Audience> {
  const routes = await readRoutes(inputs);
  const people = { ...routes?.people, ...inputs.people };
  if (routes === undefined) return { listeners: stepListeners(inputs, isAtLeast(happening.severity, inputs.mentionFrom)), people };
  const listeners = listenersOf(rulingsOn(routes.routes, { ...happening, service: key.service }, new Date()));
  return { listeners: listeners.flatMap((listener) => resolved(listener, inputs)), people };
}

/** The routes that the step names, if it does. @throws {UserError} that names the file and its first mistake. */
export async function readRoutes({ routesFile }: Pick<Inputs, 'routesFile'>): Promise<Routes | undefined> {
  return routesFile === undefined ? undefined : read('routes-file', routesFile, parseRoutes);
}

/** The user's own blocks, if the step names some. @throws {UserError} that names the file and its first mistake. */
export async function readBlocks({ blocksFile }: Pick<Inputs, 'blocksFile'>): Promise<OwnBlocks | undefined> {
  return blocksFile === undefined ? undefined : read('blocks-file', blocksFile, parseOwnBlocks);
}

function stepListeners(inputs: Inputs, mayCall: boolean): readonly Listener[] {
  const ids = inputs.channel.length > 0 && inputs.slackToken !== undefined ? inputs.channel : [STEP_CHANNEL];
  return ids.map((id) => ({ channel: { kind: 'slack', id }, mention: mayCall ? inputs.mention : [], isOnlyOnChange: false, by: [] }));
}

// `default` in a routing file stands for what the step would have told.
function resolved(listener: Listener, inputs: Inputs): readonly Listener[] {
  if (listener.channel.id !== STEP_CHANNEL) return [listener];
  return stepListeners(inputs, false).map(({ channel }) => ({ ...listener, channel }));
}

async function read<Value>(input: string, path: string, parse: (yaml: unknown) => Value): Promise<Value> {
  try {
    return parse(await parseYaml(await readFile(path, 'utf8')));
  } catch (error) {
    const reason = error instanceof UserError ? error.message : `it cannot be read (${messageOf(error)})`;
    throw new UserError(`${input} ${path}: ${reason.replace(/\.$/, '')}.`);
  }
}
