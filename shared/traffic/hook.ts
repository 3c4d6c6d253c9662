import { runMembers, type Run } from '#shared/core/run';
import type { HookName, ServiceDefinition } from '#shared/server/definition';
import type { Step } from '#shared/server/plan';
import { userCommand, type Occasion } from '#shared/server/user-command';

const LIMIT = 300_000;
// Going back and clearing away have two minutes in all, and users come first.
const LIMIT_IN_A_HURRY = 30_000;
const MARGIN = 15_000;

/** What a hook is told beside the release and its place. */
export interface HookOccasion extends Occasion {
  readonly run: Run;
  /** The release before, or for `on-rollback` the one that was taken back. */
  readonly other: string | undefined;
}

/** The step that runs a hook which has to succeed before anything users see changes; none where the service has no such hook. */
export function hookBefore(definition: ServiceDefinition, hook: HookName, occasion: HookOccasion): Step[] {
  const command = definition.hooks?.[hook];
  if (command === undefined) return [];
  return [{ name: hook, title: `Running the hook ${hook}`, phase: 'before', timeout: LIMIT, script: userCommand(definition, toldOf(hook, occasion), command) }];
}

/** The step that runs a hook when users are served already: its failure is told, and changes nothing. */
export function hookAfter(definition: ServiceDefinition, hook: HookName, occasion: HookOccasion): Step[] {
  const command = definition.hooks?.[hook];
  if (command === undefined) return [];
  return [{ name: hook, title: `Running the hook ${hook}`, phase: 'after', timeout: LIMIT + MARGIN, script: attempt(definition, hook, occasion, command, LIMIT) }];
}

/** Sh text that runs a hook at the end of going back or clearing away, if there is one. Its failure is told, and changes nothing. */
export function hookLast(definition: ServiceDefinition, hook: HookName, occasion: HookOccasion): string[] {
  const command = definition.hooks?.[hook];
  return command === undefined ? [] : [attempt(definition, hook, occasion, command, LIMIT_IN_A_HURRY)];
}

function attempt(definition: ServiceDefinition, hook: HookName, occasion: HookOccasion, command: string, limit: number): string {
  return `{\n${userCommand(definition, toldOf(hook, occasion), command, true, limit)}\n} || mark hook-failed ${hook} "$?"`;
}

function toldOf(hook: HookName, { run, other = '', ...occasion }: HookOccasion): Occasion {
  const { url, actor, commit } = runMembers(run);
  const about = { HOOK: hook, RUN_ID: run.id, RUN_URL: url, ACTOR: actor, COMMIT: commit, [hook === 'on-rollback' ? 'UNDONE_RELEASE' : 'PREVIOUS_RELEASE']: other };
  return { ...occasion, about };
}
