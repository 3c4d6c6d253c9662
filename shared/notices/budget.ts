/** The time that all of a piece of work may take. */
export interface Budget {
  /** Aborted when time is up, or the job is. */
  readonly signal: AbortSignal;
  /** Milliseconds that are left. */
  left(): number;
}

/** A budget that begins now. */
export function startBudget(ms: number, signal: AbortSignal): Budget {
  const end = performance.now() + ms;
  return { signal: AbortSignal.any([signal, AbortSignal.timeout(ms)]), left: () => Math.max(0, end - performance.now()) };
}
