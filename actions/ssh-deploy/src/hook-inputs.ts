import { lines, text } from '#shared/runner/fields';
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

const PATH = 'paths below path such as shared/config, or absolute ones: letters, digits and . _ - + @ /, without ".."';
// What Slipway itself keeps below `path` goes back by other means.
const OURS = /^(releases|slots|current|shares|\.slipway|)(\/|$)/;

/** The files outside of releases that hooks change. */
export const configFields = {
  'config-paths': lines({
    description: 'Files and folders on the server that hooks of a release change, below `path` or absolute. They are kept with the release that they belong to, and put back when users go back to it.',
    example: 'shared/config', check: checkPaths,
  }),
};

function checkPaths(paths: readonly string[]): string | undefined {
  const wrong = paths.find((path) => path.length > 200 || !/^\/?[\w.@+-][\w.@+/-]*$/.test(path) || path.split('/').includes('..') || (!path.startsWith('/') && OURS.test(path)));
  return wrong === undefined ? undefined : `accepted are ${PATH}; and none of what Slipway keeps there itself, such as releases`;
}

/** The hooks that were given, by name. */
export function hooksFrom(inputs: Readonly<Record<'beforePrepare' | 'afterPrepare' | 'beforePublish' | 'afterPublish' | 'onFailure' | 'onRollback', string | undefined>>): Hooks {
  const { beforePrepare, afterPrepare, beforePublish, afterPublish, onFailure, onRollback } = inputs;
  const commands = [beforePrepare, afterPrepare, beforePublish, afterPublish, onFailure, onRollback];
  return Object.fromEntries(HOOKS.flatMap((name, index) => (commands[index] === undefined ? [] : [[name, commands[index]]])));
}
