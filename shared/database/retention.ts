import type { Manifest } from './backup-set.ts';
import type { Proof } from './source.ts';

/** How many sets are kept: the newest, and the newest of each of so many days, weeks and months. */
export interface Retention {
  readonly last: number;
  readonly daily: number;
  readonly weekly: number;
  readonly monthly: number;
  /** Never fewer proven sets than this. */
  readonly minimum: number;
}

type Dated = Pick<Manifest, 'set' | 'time' | 'proof'>;

const DAY_MS = 86_400_000;

/** Whether a proof is one that a restore may be promised by. */
export function isProven(proof: Proof): boolean {
  return proof === 'restored' || proof === 'equal';
}

/**
 * The sets that nobody asked to keep once one more is taken, oldest first; none where that is not proven, or nothing is said about keeping.
 * The one that is taken is the newest, whatever a clock said of others, and always kept. Days, weeks (from Monday) and months are those of UTC.
 */
export function expiredSets(taken: Dated, others: readonly Dated[], { last, daily, weekly, monthly, minimum }: Retention): readonly string[] {
  const newestFirst = [taken, ...[...others].sort((one, other) => (one.time < other.time || (one.time === other.time && one.set < other.set) ? 1 : -1))];
  const proven = newestFirst.filter(({ proof }) => isProven(proof));
  if (last + daily + weekly + monthly === 0 || !isProven(taken.proof)) return [];
  const kept = new Set([
    ...newestFirst.slice(0, last), ...proven.slice(0, Math.max(1, minimum)),
    ...newestOfEach(proven, daily, (time) => time.slice(0, 10)),
    ...newestOfEach(proven, weekly, weekOf),
    ...newestOfEach(proven, monthly, (time) => time.slice(0, 7)),
  ]);
  return newestFirst.filter((set) => !kept.has(set)).map(({ set }) => set).reverse();
}

function newestOfEach(newestFirst: readonly Dated[], count: number, span: (time: string) => string): readonly Dated[] {
  const newest = new Map<string, Dated>();
  for (const set of newestFirst) if (!newest.has(span(set.time))) newest.set(span(set.time), set);
  return [...newest.values()].slice(0, count);
}

// 1 January 1970 was a Thursday.
function weekOf(time: string): string {
  return String(Math.floor((Date.parse(time) / DAY_MS + 3) / 7));
}
