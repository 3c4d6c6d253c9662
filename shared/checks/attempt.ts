import type { Attempt, Check, CheckContext } from './check.ts';
import { patience, tryCommand } from './command-check.ts';
import { within } from './deadline.ts';
import { failureOf, type Progress } from './failure.ts';
import { tryHttp } from './http-check.ts';
import { shownUrl } from './redaction.ts';
import { tryTcp } from './tcp-check.ts';

/** Measures the check once, within its own time limit or the context's. Never rejects: whatever goes wrong is a verdict. */
export async function attempt(check: Check, context: CheckContext): Promise<Attempt> {
  const limitMs = check.timeout ?? context.attemptTimeout;
  const progress: Progress = { phase: 'connecting', target: check.name, bytes: 0 };
  return within(check.kind === 'command' ? patience(limitMs) : limitMs, context.signal, async (signal) => {
    try {
      return await measure(check, limitMs, { ...context, signal }, progress);
    } catch (error) {
      return { ...failureOf(error, progress, signal), evidence: evidenceOf(check) };
    }
  });
}

async function measure(check: Check, limitMs: number, context: CheckContext, progress: Progress): Promise<Attempt> {
  switch (check.kind) {
    case 'http': return tryHttp(check, context, progress);
    case 'tcp': return tryTcp(check, context, progress);
    case 'command': return tryCommand(check, limitMs, context, progress);
  }
}

function evidenceOf(check: Check): Attempt['evidence'] {
  return check.kind === 'http' ? { target: `${check.method ?? 'GET'} ${shownUrl(check.url)}` } : {};
}
