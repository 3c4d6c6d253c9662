import { messageOf, UserError } from '#shared/core/errors';
import { startBudget } from '#shared/notices/budget';
import type { Outcome } from '#shared/notices/outcome';
import type { Job } from '#shared/runner/action';
import { audienceOf } from './audience.ts';
import type { action, Inputs } from './inputs.ts';
import { gatherNotice } from './notice.ts';
import { report } from './report.ts';
import { send } from './sending.ts';

/** Tells Slack what happened, within its budget; that it could not is a warning, and fails the step only where that was asked for. */
export async function notifySlack(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  if (inputs.explain || inputs.validateOnly || inputs.dryRun) return preview(inputs, job);
  const outcomes = await tell(inputs, job);
  job.signal.throwIfAborted();
  await report(inputs, job, outcomes);
}

async function tell(inputs: Inputs, job: Job<typeof action>): Promise<readonly Outcome[]> {
  try {
    const budget = startBudget(inputs.budget, job.signal);
    const notice = await gatherNotice(inputs, job, budget);
    const audience = await audienceOf(inputs, notice);
    if (audience.listeners.length === 0) return [silence('No route leads anywhere for this event.')];
    return await send(inputs, job, notice, audience, budget);
  } catch (error) {
    return [{ channel: '', delivered: 'no', reason: reasonOf(error, job), entries: [] }];
  }
}

async function preview(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  const { explain, showMessages, validate } = await import('./preview.ts');
  if (inputs.explain) return explain(inputs, job);
  const notice = await gatherNotice(inputs, job, startBudget(inputs.budget, job.signal));
  const audience = await audienceOf(inputs, notice);
  if (inputs.validateOnly) return validate(inputs, job, notice, audience);
  const { readBlocks } = await import('./audience.ts');
  showMessages(job, notice, audience, await readBlocks(inputs));
}

// Not even a bug of ours is worth a failed deployment; it is told with its stack.
function reasonOf(error: unknown, { log }: Job<typeof action>): string {
  if (error instanceof UserError) return error.message;
  log.output(error instanceof Error ? error.stack ?? error.message : String(error));
  return `This is a bug in notify-slack, please report it with the stack from the log: ${messageOf(error)}`;
}

function silence(reason: string): Outcome {
  return { channel: '', delivered: 'no', reason, isSilence: true, entries: [] };
}
