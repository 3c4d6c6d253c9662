import { Cancelled } from '#shared/core/cancelled';
import { messageOf, UserError } from '#shared/core/errors';

/**
 * What to tell about a failure, or undefined when there was none. A user's fault is its message; a bug also shows its stack, line by line.
 * `reason` is why the work was told to stop, if it was: what went wrong after that is told beneath it, unless it only repeats it.
 */
export function describeFailure(action: string, failure: unknown, reason: unknown, showStack: (text: string) => void): string | undefined {
  const faults = [reason, isEchoOf(reason, failure) ? undefined : failure].filter((fault) => fault !== undefined);
  if (faults.length === 0) return undefined;
  return faults.map((fault) => describe(action, fault, showStack)).join('\n');
}

function describe(action: string, fault: unknown, showStack: (text: string) => void): string {
  if (fault instanceof UserError || fault instanceof Cancelled) return fault.message;
  stacksOf(fault).forEach(showStack);
  return `${messageOf(fault)}\nThis is a bug in ${action}, not in your workflow: please report it with the stack from the log.`;
}

// Whatever was under way when the signal was aborted ends with the reason itself or with Node's AbortError.
function isEchoOf(reason: unknown, failure: unknown): boolean {
  if (reason === undefined) return false;
  if (failure === reason) return true;
  return failure instanceof Error && (failure.name === 'AbortError' || failure.cause === reason);
}

function stacksOf(fault: unknown, depth = 0): readonly string[] {
  if (!(fault instanceof Error)) return [String(fault)];
  const causes = fault instanceof AggregateError ? fault.errors : fault.cause === undefined ? [] : [fault.cause];
  return [fault.stack ?? fault.message, ...(depth < 5 ? causes.flatMap((cause) => stacksOf(cause, depth + 1)) : [])];
}
