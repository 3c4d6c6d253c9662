/** What a router counted of a slot by some moment, cumulative since the router or the plan began. What it cannot tell is left out. */
export interface Counters {
  /** `before` · `at-<percent>` · `switched` · `drained` */
  readonly when: string;
  readonly slot: string;
  readonly requests?: number;
  /** Answers with a status of 5xx. */
  readonly errors?: number;
  /** Response times, summed up. */
  readonly milliseconds?: number;
  /** Requests and streams that are open. */
  readonly open?: number;
}

/** Reads a line of counters, `WHEN SLOT REQUESTS ERRORS MILLISECONDS OPEN`, in which `-` is what cannot be told. */
export function parseCounters(line: string): Counters {
  const [when = '', slot = '', ...numbers] = line.split(' ');
  const names = ['requests', 'errors', 'milliseconds', 'open'];
  return { when, slot, ...Object.fromEntries(names.flatMap((name, index) => (/^\d+$/.test(numbers[index] ?? '') ? [[name, Number(numbers[index])]] : []))) };
}
