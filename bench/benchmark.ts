/** One measurement of this project beside its peers. Its file is `bench/<name>.ts`, and `<name>` stands in `bench/names.ts`. */
export interface Benchmark {
  readonly title: string;
  /** What is measured and how, in Markdown, so that a reader could do it again. */
  readonly method: string;
  /** Programs without which it cannot run; `root` for the root user. */
  readonly needs?: readonly string[];
  /** Parts that can be measured alone: `script/bench NAME CHOICE`. */
  readonly choices?: readonly string[];
  /** What else it cannot do without and cannot be had here, such as a peer; undefined when all is there. */
  absent?(): Promise<string | undefined>;
  run(bench: Bench): Promise<readonly (Table | Grid)[]>;
}

/** What a benchmark is given. */
export interface Bench {
  /** Whether this is only a try: few rounds, and results are not kept. */
  readonly isQuick: boolean;
  /** Which of its `choices` to measure; empty for all of them. */
  readonly only: readonly string[];
  /** Tells whoever waits what is being done. */
  say(text: string): void;
}

/** What belongs side by side. */
export interface Table {
  readonly title: string;
  readonly unit: Unit;
  /** The heading over the ratios, such as `times node -e 0` or `Slipway / this`. */
  readonly ratio?: string;
  readonly rows: readonly Row[];
  /** What a reader must know to judge the figures: versions of peers, what was left out and why. */
  readonly notes?: readonly string[];
}

/** Counts side by side, in columns of their own, where there is no median: already as text. */
export interface Grid {
  readonly title: string;
  readonly columns: readonly string[];
  readonly lines: readonly (readonly string[])[];
  /** What of it missed its goal. */
  readonly missed: readonly string[];
  readonly notes?: readonly string[];
}

/** `ms` are shown as ms or s, `bytes` as kB or MB; a `share` is percent, a `rate` bytes a second. */
export type Unit = 'ms' | 'bytes' | 'count' | 'share' | 'rate';

/** One contender's figure, beside its peer's where there is one. */
export interface Row {
  readonly name: string;
  readonly figure: Figure;
  readonly ratio?: number;
  /** What was aimed for: the ratio, or the median, is to be no more than this. */
  readonly goal?: { readonly ratio: number } | { readonly median: number };
}

/** Many measurements as one: the median, and between which two values the middle half of them lay. */
export interface Figure {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The measurements of one contender, in the order of the rounds. */
export type Sample = readonly number[];

/**
 * Lets the contenders take turns (peer, ours, peer, ours ...), so that whatever else the machine does meets them all alike. Each
 * returns what it measured; a first round warms up and is not counted.
 */
export async function interleave<Name extends string>(contenders: Readonly<Record<Name, () => Promise<number>>>, rounds: number): Promise<Readonly<Record<Name, Sample>>> {
  const names = Object.keys(contenders) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const value = await contenders[name]();
      if (round > 0) samples[name].push(value);
    }
  }
  return samples;
}

/** How many milliseconds some work takes. */
export async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A sample in four numbers. */
export function figureOf(sample: Sample): Figure {
  return { median: quantile(sample, 0.5), low: quantile(sample, 0.25), high: quantile(sample, 0.75), count: sample.length };
}

/** How many times the peer's measure ours is: the median over the rounds, in each of which both met the same machine. */
export function ratioOf(ours: Sample, peer: Sample): number {
  return quantile(ours.map((value, round) => value / (peer[round] ?? NaN)), 0.5);
}

/** The value that this share (0 to 1) of a sample lies below, between neighbours in proportion. */
export function quantile(sample: Sample, share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return below + (above - below) * (at - Math.floor(at));
}
