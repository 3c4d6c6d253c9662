import type { Collector } from './collector.ts';
import { isoTime } from './draft.ts';
import { plainText } from './plain-text.ts';
import type { Signs } from './report.ts';

type SignCollector = Omit<Collector, 'tool' | 'kind' | 'add'>;

// Every file of a repository may be one; people read the first few.
const MOST = 20;

/** Collects what a tool tells of its own run: lists of sentences, of limited length, and the oldest of several times. */
export function createSignCollector(): { readonly collect: SignCollector; readonly collected: () => Signs } {
  const lists = { failures: sentences(), gaps: sentences(), nothingScanned: sentences(), remarks: sentences() };
  const subject = { commits: new Set<string>(), digests: new Set<string>(), names: new Set<string>() };
  const times: { createdAt?: string; databaseAt?: string } = {};
  const scanned = new Map<string, number>();
  const older = (name: 'createdAt' | 'databaseAt') => (time: string | undefined): void => {
    const iso = time === undefined ? undefined : isoTime(time);
    if (iso !== undefined && (times[name] === undefined || iso < times[name])) times[name] = iso;
  };
  return {
    collect: {
      failure: lists.failures.add, gap: lists.gaps.add, nothingScanned: lists.nothingScanned.add, remark: lists.remarks.add,
      scanned: (count, of) => { scanned.set(of, (scanned.get(of) ?? 0) + count); },
      createdAt: older('createdAt'), databaseAt: older('databaseAt'),
      subject: (of, value) => { if (value !== undefined && value !== '' && subject[of].size < MOST) subject[of].add(plainText(value)); },
    },
    collected: () => ({
      failures: lists.failures.all(), gaps: lists.gaps.all(), nothingScanned: lists.nothingScanned.all(), remarks: lists.remarks.all(),
      ...scannedMost(scanned), ...times, subject: { commits: [...subject.commits], digests: [...subject.digests], names: [...subject.names] },
    }),
  };
}

function scannedMost(scanned: ReadonlyMap<string, number>): Pick<Signs, 'scanned'> {
  const [most] = [...scanned].sort(([, a], [, b]) => b - a);
  return most === undefined ? {} : { scanned: { count: most[1], of: most[0] } };
}

function sentences(): { readonly add: (sentence: string) => void; readonly all: () => readonly string[] } {
  const kept = new Set<string>();
  let more = 0;
  return {
    add(sentence) {
      if (kept.size < MOST) kept.add(plainText(sentence, 400).replace(/\.{2,}$/, '.'));
      else more++;
    },
    all: () => (more === 0 ? [...kept] : [...kept, `And ${more} more of the sort.`]),
  };
}
