import { StringDecoder } from 'node:string_decoder';
import { parseCounters, type Counters } from './counters.ts';

/** What a plan's output tells, line by line. `lines` are a program's own words. */
export type Progress =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'begin'; readonly step: string }
  | { readonly kind: 'end'; readonly step: string; readonly code: number }
  | { readonly kind: 'timeout'; readonly seconds: number }
  /** Free KiB and inodes, told where so little is left that a step may have failed for that. */
  | { readonly kind: 'full'; readonly kibibytes: number; readonly inodes: number }
  | { readonly kind: 'state'; readonly state: PlanState }
  | { readonly kind: 'refused'; readonly by: Successor }
  | { readonly kind: 'holder'; readonly pid: number; readonly command: string }
  | { readonly kind: 'newer'; readonly plan: string; readonly format: string }
  | { readonly kind: 'healing' | 'healed'; readonly plan: string }
  | { readonly kind: 'counters'; readonly counters: Counters }
  /** Users see the change, since so many milliseconds after 1970 by the server's clock, where that can tell. */
  | { readonly kind: 'acted'; readonly at: number | undefined }
  | { readonly kind: 'hook-failed'; readonly hook: string; readonly code: number }
  | { readonly kind: 'cancelled' };

/** How a plan stands: the first four are ends it was made for, the others say what a person must look at. */
export type PlanState =
  | 'completed' | 'unconfirmed' | 'cleared' | 'back'
  | 'refused' | 'cancelled' | 'locked' | 'blocked' | 'uncleared' | 'stuck' | 'barrier' | 'unfinished'
  | 'confirmed' | 'gone-back' | 'unverified';

/** The claim that superseded a plan. */
export interface Successor {
  readonly generation: number;
  readonly run: string;
  readonly time: string;
  readonly url: string;
}

/** Turns the bytes of a plan's output into progress; counts them, so that following can resume at `bytes`. */
export interface ProgressReader {
  readonly bytes: () => number;
  read(chunk: Buffer): void;
  end(): void;
}

/** A reader that hands each piece of progress on as soon as its line is whole. */
export function progressReader(mark: string, tell: (progress: Progress) => void): ProgressReader {
  const decoder = new StringDecoder('utf8');
  const sign = `\u001e${mark} `;
  let bytes = 0;
  let rest = '';
  const take = (line: string): void => {
    const [text, told] = splitAt(line, sign);
    if (text !== '' || told === undefined) tell({ kind: 'line', text });
    if (told !== undefined) tell(parseMark(told));
  };
  return {
    bytes: () => bytes,
    read(chunk) {
      bytes += chunk.length;
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() as string;
      lines.forEach(take);
    },
    end() {
      if (rest !== '') take(rest);
      rest = '';
    },
  };
}

function splitAt(line: string, sign: string): [string, string | undefined] {
  const at = line.indexOf(sign);
  return at < 0 ? [line, undefined] : [line.slice(0, at), line.slice(at + sign.length)];
}

function parseMark(told: string): Progress {
  const [kind, first = '', ...rest] = told.split(' ');
  switch (kind) {
    case 'begin': return { kind, step: first };
    case 'end': return { kind, step: first, code: Number(rest[0]) };
    case 'timeout': return { kind, seconds: Number(first) };
    case 'full': return { kind, kibibytes: Number(first), inodes: Number(rest[0]) };
    case 'state': return { kind, state: first as PlanState };
    case 'refused': return { kind, by: { generation: Number(first), run: rest[0] ?? '', time: rest[1] ?? '', url: rest[2] ?? '' } };
    case 'holder': return { kind, pid: Number(first), command: rest.join(' ').trim() };
    case 'newer': return { kind, plan: first, format: rest[0] ?? '' };
    case 'healing': case 'healed': return { kind, plan: first };
    case 'counters': return { kind, counters: parseCounters([first, ...rest].join(' ')) };
    case 'acted': return { kind, at: /^\d{13}$/.test(first) ? Number(first) : undefined };
    case 'hook-failed': return { kind, hook: first, code: Number(rest[0]) };
    case 'cancelled': return { kind };
    default: return { kind: 'line', text: told };
  }
}
