import type { Database } from './engine.ts';
import { linesOf } from './seen.ts';

/** What a rehearsal did to a table. */
export interface Effect {
  readonly table: string;
  readonly is: 'new' | 'gone' | 'rewritten' | 'changed';
  /** Rows inserted, updated and deleted; where the database does not count those, by how many it has more or less. */
  readonly rows: number;
}

/** A lock that was held on a table while a migration ran, and for about how long. */
export interface Lock {
  readonly table: string;
  readonly mode: string;
  readonly seconds: number;
}

interface Figure {
  readonly file: string;
  readonly rows: number;
  readonly table: string;
}

const SAMPLE_SECONDS = 0.1;

/** What was done to each table, by figures before and after; tables with which nothing was done are left out. */
export function effectsOf(before: string, after: string, database: Database): readonly Effect[] {
  const [then, now] = [figuresOf(before), figuresOf(after)];
  const gone = [...then].flatMap(([number, { table }]) => (now.has(number) ? [] : [{ table, is: 'gone' as const, rows: 0 }]));
  const there = [...now].flatMap(([number, { table, file, rows }]): readonly Effect[] => {
    const old = then.get(number);
    if (old === undefined) return [{ table, is: 'new', rows }];
    const isRewritten = database !== 'sqlite' && old.file !== file;
    return isRewritten || rows !== old.rows ? [{ table, is: isRewritten ? 'rewritten' : 'changed', rows: rows - old.rows }] : [];
  });
  return [...gone, ...there];
}

/** The locks of the samples, the longest first. */
export function locksOf(samples: string): readonly Lock[] {
  const counts = new Map<string, number>();
  for (const line of linesOf(samples)) if (/^\w+\|"/.test(line)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([line, count]) => ({ table: JSON.parse(line.slice(line.indexOf('|') + 1)) as string, mode: line.slice(0, line.indexOf('|')), seconds: Math.round(count * SAMPLE_SECONDS * 10) / 10 }))
    .sort((one, other) => other.seconds - one.seconds);
}

function figuresOf(text: string): ReadonlyMap<string, Figure> {
  return new Map(linesOf(text).map((line) => {
    const [number = '', file = '', rows = ''] = line.split('|', 3);
    return [number, { file, rows: Number(rows), table: JSON.parse(line.slice(number.length + file.length + rows.length + 3)) as string }];
  }));
}
