import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import type { Action, InputsOf, Job, Story } from './action.ts';
import { createEnding, type Ending } from './ending.ts';
import { describeFailure } from './failure.ts';
import { createMasks, type Masks } from './masks.ts';
import { setOutputs, writeSummary } from './outputs.ts';
import { readInputs } from './read-inputs.ts';
import { runIdentity } from './run-identity.ts';
import { workflowVenue, type Venue } from './venue.ts';
import type { SummarySection } from './summary.ts';

/**
 * Runs an action from its first line to its exit code: reads the inputs, tells the story, and decides here alone what a failure is.
 * Never rejects. Cancelling and the `timeout` input abort `job.signal`; outputs and summary are kept whatever happens.
 */
export async function runAction<Anything extends Action>(action: Anything, story: Story<Anything>): Promise<void> {
  const words = action.commandLine === undefined ? [] : process.argv.slice(2);
  const venue = words.length === 0 ? workflowVenue : (await import('./terminal.ts')).terminalVenue(action, words);
  const masks = createMasks(venue.hide);
  const log = venue.createLog(masks);
  const sections: SummarySection[] = [];
  const ending = createEnding({
    log,
    conclude: (failure, reason) => {
      const message = describeFailure(action.name, failure, reason, (text) => log.output(text));
      if (message !== undefined) venue.fail(masks.redact(message));
      writeSummary(sections, masks);
    },
  });
  try {
    const environment = venue.environment(process.env);
    if (environment === undefined) return ending.finish();
    const inputs = await readInputs(action, environment, masks);
    startTimeout(action, inputs, ending);
    await story(inputs, createJob(masks, { ...venue, log }, sections, ending));
    ending.finish();
  } catch (error) {
    ending.finish(error);
  }
}

function createJob<Anything extends Action>(masks: Masks, { log, annotate }: Venue & { readonly log: Job['log'] }, sections: SummarySection[], ending: Ending): Job<Anything> {
  return {
    log,
    run: runIdentity(),
    signal: ending.signal,
    output: (values) => setOutputs(values, masks),
    summarise: (section) => void sections.push(section),
    annotate: (annotation) => annotate(annotation, masks),
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
