import { UserError, messageOf } from '#shared/core/errors';
import type { Attempt, Check, CheckContext } from './check.ts';
import { patience, tryCommand } from './command-check.ts';
import { orAborted, within } from './deadline.ts';
import { NotMeasured, failureOf, type Progress } from './failure.ts';
import { shownUrl } from './redaction.ts';
import { shown } from './shown.ts';

// An answer over a line that works takes one round trip.
const LINE_LIMIT_MS = 3_000;

/** Measures the check once, within its own time limit or the context's. Never rejects: whatever goes wrong is a verdict. */
export async function attempt(check: Check, context: CheckContext): Promise<Attempt> {
  const limitMs = check.timeout ?? context.attemptTimeout;
  const progress: Progress = { phase: 'connecting', target: check.name, bytes: 0 };
  return within(check.kind === 'command' ? patience(limitMs) : limitMs, context.signal, async (signal) => {
    try {
      return await measure(check, limitMs, { ...context, signal }, progress);
    } catch (error) {
      const cause = await lineFault(check, context, error) ?? error;
      return { ...failureOf(cause, progress, signal), evidence: evidenceOf(check) };
    }
  });
}

// Loaded on demand: HTTP is a tenth of the start-up time of what makes no such check.
async function measure(check: Check, limitMs: number, context: CheckContext, progress: Progress): Promise<Attempt> {
  switch (check.kind) {
    case 'http': return (await import('./http-check.ts')).tryHttp(check, context, progress);
    case 'tcp': return (await import('./tcp-check.ts')).tryTcp(check, context, progress);
    case 'command': return tryCommand(check, limitMs, context, progress);
  }
}

// A forwarded connection ends alike whether the service closed it or SSH broke off underneath; asking SSH for anything tells which.
async function lineFault(check: Check, { server, signal }: CheckContext, error: unknown): Promise<NotMeasured | undefined> {
  const isForwarded = check.kind !== 'command' && check.from === 'server';
  if (!isForwarded || server === undefined || signal.aborted || error instanceof NotMeasured || error instanceof UserError) return undefined;
  try {
    await within(LINE_LIMIT_MS, signal, async (limit) => orAborted((await orAborted(server(), limit)).exec('exit 0'), limit));
    return undefined;
  } catch (fault) {
    return new NotMeasured(`the SSH connection was lost: ${shown(messageOf(fault))}`);
  }
}

function evidenceOf(check: Check): Attempt['evidence'] {
  return check.kind === 'http' ? { target: `${check.method ?? 'GET'} ${shownUrl(check.url)}` } : {};
}
