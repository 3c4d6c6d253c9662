import { endGroup, info, startGroup, warning } from '@actions/core';
import type { Log } from '#shared/core/log';
import type { Masks } from './masks.ts';
import { neutralLines } from './neutral-text.ts';

/** The log of a job step, which also knows what is going on. */
export interface JobLog extends Log {
  /** Titles of the groups that are open, outermost first. */
  readonly current: readonly string[];
}

/** A log that prints for GitHub: groups fold, warnings become annotations, secrets and commands in texts are disarmed. */
export function createJobLog(masks: Masks): JobLog {
  const current: string[] = [];
  // Secrets are replaced before the text is taken apart into lines: one with a line break in it would be torn otherwise.
  const print = (text: string): void => neutralLines(masks.redact(text)).forEach((line) => info(line));
  return {
    current,
    info: print,
    output: print,
    warning: (message) => warning(neutralLines(masks.redact(message)).join('\n')),
    group: async (title, task) => {
      // GitHub does not nest groups: an inner one would end the outer, so it is only a line.
      const isOutermost = current.length === 0;
      const shown = masks.redact(title).replace(/\s+/g, ' ');
      if (isOutermost) startGroup(shown);
      else print(`${shown} …`);
      current.push(title);
      try {
        return await task();
      } finally {
        current.splice(current.lastIndexOf(title), 1);
        if (isOutermost) endGroup();
      }
    },
  };
}
