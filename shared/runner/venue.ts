import { error, notice, setFailed, setSecret, warning } from '@actions/core';
import type { Annotation } from './action.ts';
import { createJobLog, type JobLog } from './job-log.ts';
import type { Masks } from './masks.ts';
import { neutralLines } from './neutral-text.ts';
import type { Environment } from './read-inputs.ts';

/** Where an action plays: in a workflow, or on a person's terminal. */
export interface Venue {
  /** Has whoever shows what is printed hide a value. */
  hide(value: string): void;
  createLog(masks: Masks): JobLog;
  annotate(annotation: Annotation, masks: Masks): void;
  /** Tells why the action failed. */
  fail(message: string): void;
  /** Where the inputs are read from; undefined when there is nothing to do. Throws UserError on a mistake in them. */
  environment(given: Environment): Environment | undefined;
}

const LEVELS = { error, warning, notice };

/** A step of a workflow: GitHub's runner reads what is printed. */
export const workflowVenue: Venue = {
  hide: setSecret,
  createLog: createJobLog,
  annotate: ({ level, title, message, path, line, endLine }, { redact }) => {
    const place = path === undefined ? {} : { file: redact(path), ...(line !== undefined && { startLine: line, endLine: endLine ?? line }) };
    LEVELS[level](neutralLines(redact(message)).join('\n'), { title: neutralLines(redact(title)).join(' '), ...place });
  },
  fail: (message) => setFailed(neutralLines(message).join('\n')),
  environment: (given) => given,
};
