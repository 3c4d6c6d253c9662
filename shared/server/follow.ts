import { outcomeOf, type Outcome } from './outcome.ts';
import { progressReader, type Progress, type ProgressReader } from './progress.ts';

const LINES_KEPT = 500;
const HEADING = /([0-9a-f]{16}) (\d+)\n/;

/** Hears a plan's output, tells its progress, and knows the byte at which to go on after the line dropped. */
export interface Follower {
  hear(chunk: Buffer): void;
  /** The byte of the output to go on at; undefined as long as nothing was heard, so that it is not known to run. */
  offset(): number | undefined;
  outcome(): Outcome;
}

/** A follower of a plan that was just sent: its mark is known, and its output begins at byte 0. */
export function followSent(plan: string, mark: string, tell: (progress: Progress) => void): Follower {
  const told: Progress[] = [];
  const reader = progressReader(mark, (progress) => remember(told, progress, tell));
  return {
    hear: (chunk) => reader.read(chunk),
    offset: () => reader.bytes() || undefined,
    outcome: () => conclude(plan, reader, told),
  };
}

/** A follower of a verb asked of a plan that was there before: a line `MARK OFFSET` comes ahead of its output, and whatever a login shell has to say ahead of that. */
export function followAsked(plan: string, tell: (progress: Progress) => void): Follower {
  const told: Progress[] = [];
  let heading = Buffer.alloc(0);
  let reader: ProgressReader | undefined;
  let start = 0;
  return {
    hear(chunk) {
      if (reader !== undefined) return reader.read(chunk);
      heading = Buffer.concat([heading, chunk]);
      const found = HEADING.exec(heading.toString('latin1'));
      if (found === null) return;
      const [line, mark = '', offset = ''] = found;
      start = Number(offset);
      reader = progressReader(mark, (progress) => remember(told, progress, tell));
      reader.read(heading.subarray(found.index + line.length));
    },
    offset: () => (reader === undefined ? undefined : start + reader.bytes()),
    outcome: () => conclude(plan, reader, told),
  };
}

function remember(told: Progress[], progress: Progress, tell: (progress: Progress) => void): void {
  told.push(progress);
  if (told.length > 2 * LINES_KEPT) {
    const marks = told.slice(0, -LINES_KEPT).filter(({ kind }) => kind !== 'line');
    told.splice(0, told.length - LINES_KEPT, ...marks);
  }
  tell(progress);
}

function conclude(plan: string, reader: ProgressReader | undefined, told: readonly Progress[]): Outcome {
  reader?.end();
  return outcomeOf(plan, told);
}
