import { setFailed, setSecret } from '@actions/core';
import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import type { Action, InputsOf, Job, Story } from './action.ts';
import { createEnding, type Ending } from './ending.ts';
import { describeFailure } from './failure.ts';
import { createJobLog, type JobLog } from './job-log.ts';
import { createMasks, type Masks } from './masks.ts';
import { neutralLines } from './neutral-text.ts';
import { setOutputs, writeSummary } from './outputs.ts';
import { readInputs } from './read-inputs.ts';
import { runIdentity } from './run-identity.ts';
import type { SummarySection } from './summary.ts';

/**
 * Runs an action from its first line to its exit code: reads the inputs, tells the story, and decides here alone what a failure is.
 * Never rejects. Cancelling and the `timeout` input abort `job.signal`; outputs and summary are kept whatever happens.
 */
export async function runAction<Anything extends Action>(action: Anything, story: Story<Anything>): Promise<void> {
  const masks = createMasks(setSecret);
  const log = createJobLog(masks);
  const sections: SummarySection[] = [];
  const ending = createEnding({
    log,
    conclude: (failure, reason) => {
      const message = describeFailure(action.name, failure, reason, (text) => log.output(text));
      if (message !== undefined) setFailed(neutralLines(masks.redact(message)).join('\n'));
      writeSummary(sections, masks);
    },
  });
  try {
    const inputs = await readInputs(action, process.env, masks);
    startTimeout(action, inputs, ending);
    await story(inputs, createJob(masks, log, sections, ending));
    ending.finish();
  } catch (error) {
    ending.finish(error);
  }
}

function createJob<Anything extends Action>(masks: Masks, log: JobLog, sections: SummarySection[], ending: Ending): Job<Anything> {
  return {
    log,
    run: runIdentity(),
    signal: ending.signal,
    output: (values) => setOutputs(values, masks),
    summarise: (section) => void sections.push(section),
    mask: masks.add,
    redact: masks.redact,
  };
}

function startTimeout<Anything extends Action>(action: Anything, inputs: InputsOf<Anything>, ending: Ending): void {
  const { timeout } = inputs as { readonly timeout?: unknown };
  if (action.inputs['timeout']?.kind !== 'duration' || typeof timeout !== 'number') return;
  const reason = new UserError(`${action.name} did not finish within ${formatDuration(timeout)}, the limit set by its input timeout. The log shows what it was doing; raise timeout if that may take longer.`);
  // Node fires a timer of more than 2^31 ms at once.
  setTimeout(() => ending.stop(reason), Math.min(timeout, 2 ** 31 - 1)).unref();
}
