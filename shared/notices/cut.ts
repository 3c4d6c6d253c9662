// Made when something is cut for the first time: few messages need it, and it takes milliseconds.
let segmenter: Intl.Segmenter | undefined;

/** The mark of a text that was cut. */
const CUT_MARK = '…';

/**
 * The text in at most `most` UTF-16 units, never cut inside a character that people see as one (an emoji with its skin tone, a
 * letter with its accents), nor inside anything that `whole` matches. What was cut ends with `mark`.
 */
export function cut(text: string, most: number, { mark = CUT_MARK, whole }: { readonly mark?: string; readonly whole?: RegExp } = {}): string {
  if (text.length <= most) return text;
  if (mark.length >= most) return '';
  const room = most - mark.length;
  let end = 0;
  for (const { segment, index } of pieces(text.slice(0, room + LONGEST_PIECE), whole)) {
    if (index + segment.length > room) break;
    end = index + segment.length;
  }
  return text.slice(0, end) + mark;
}

/** The last `most` UTF-16 units of a text, from the beginning of a line where there is one, `mark` before them when something was cut. */
export function lastOf(text: string, most: number, mark = `${CUT_MARK}\n`): string {
  if (text.length <= most) return text;
  const tail = text.slice(-Math.max(0, most - mark.length));
  const line = tail.indexOf('\n');
  const kept = line >= 0 && line < tail.length - 1 ? tail.slice(line + 1) : [...graphemesOf(tail)].slice(1).map(({ segment }) => segment).join('');
  return mark + kept;
}

// Looked at beyond the room there is, so that what straddles its end is seen whole; a grapheme can be as long as somebody likes.
const LONGEST_PIECE = 4_000;

function* pieces(text: string, whole: RegExp | undefined): Generator<{ readonly segment: string; readonly index: number }> {
  let done = 0;
  for (const match of whole === undefined ? [] : text.matchAll(whole)) {
    yield* within(text, done, match.index);
    yield { segment: match[0], index: match.index };
    done = match.index + match[0].length;
  }
  yield* within(text, done, text.length);
}

function* within(text: string, from: number, to: number): Generator<{ readonly segment: string; readonly index: number }> {
  for (const { segment, index } of graphemesOf(text.slice(from, to))) yield { segment, index: from + index };
}

function graphemesOf(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}
