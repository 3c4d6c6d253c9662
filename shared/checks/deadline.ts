/** The reason of a signal that aborted because time ran out. */
export class TimeLimit extends Error {
  override readonly name = 'TimeLimit';
  readonly limitMs: number;

  constructor(limitMs: number) {
    super(`time limit of ${limitMs} ms`);
    this.limitMs = limitMs;
  }
}

/**
 * Runs the task with a signal that aborts after `limitMs` (its reason a TimeLimit) or together with `signal`.
 * The task is what ends itself; nothing is raced.
 */
export async function within<Result>(limitMs: number, signal: AbortSignal, task: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const own = new AbortController();
  const timer = setTimeout(() => own.abort(new TimeLimit(limitMs)), limitMs);
  const follow = (): void => own.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  if (signal.aborted) follow();
  try {
    return await task(own.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', follow);
  }
}

/**
 * What the promise gives, unless the signal aborts first: then rejects with its reason, and hands what still comes to `discard`.
 */
export async function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal, discard: (late: Value) => void = () => undefined): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await Promise.race([promise, aborted]);
  } catch (error) {
    if (signal.aborted) promise.then(discard, () => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
