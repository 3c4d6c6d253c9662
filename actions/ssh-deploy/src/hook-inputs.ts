import { text } from '#shared/runner/fields';
import { HOOKS, type HookName, type Hooks } from '#shared/server/definition';

const hook = (description: string, example: string): ReturnType<typeof text<{ readonly description: string; readonly example: string; readonly multiline: true }>> =>
  text({ description: `${description} Every hook may come to run twice, and must stand it.`, multiline: true, example });

/** Commands of the user's at certain moments, one input each. */
export const hookFields = {
  'before-prepare': hook('Hook: the release\'s files are in their place, `prepare` comes next.', './bin/fetch-models'),
  'after-prepare': hook('Hook: the release is prepared, and with slots started and healthy; users do not reach it.', './bin/upload-assets'),
  'before-publish': hook('Hook: users reach the release next, here or in `blue-green-switch`. If it fails, they do not.', './bin/warm-caches'),
  'after-publish': hook('Hook: users reach the release, and it is confirmed. If it fails, that is told as a warning.', './bin/purge-cdn'),
  'on-failure': hook('Hook: the deployment or the switch came to nothing, whoever saw to that: a step, a cancelled job, the server itself.', './bin/tell-monitoring'),
  'on-rollback': hook('Hook: users were taken back from the release `$UNDONE_RELEASE`, by `rollback`, a failed proof, or the server itself.', './bin/purge-cdn'),
} as const satisfies Readonly<Record<HookName, unknown>>;

/** The hooks that were given, by name. */
export function hooksFrom(inputs: Readonly<Record<'beforePrepare' | 'afterPrepare' | 'beforePublish' | 'afterPublish' | 'onFailure' | 'onRollback', string | undefined>>): Hooks {
  const { beforePrepare, afterPrepare, beforePublish, afterPublish, onFailure, onRollback } = inputs;
  const commands = [beforePrepare, afterPrepare, beforePublish, afterPublish, onFailure, onRollback];
  return Object.fromEntries(HOOKS.flatMap((name, index) => (commands[index] === undefined ? [] : [[name, commands[index]]])));
}
