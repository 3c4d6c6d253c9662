/** Hears what inspect.sh prints. */
export interface InspectionReader {
  read(chunk: Buffer): void;
  /** All that was printed but the content of the section `base`. */
  text(): string;
}

/**
 * A reader that hands on the content of the section `base` as it comes, and holds nothing of it: it is the manifest of a release,
 * which may have tens of megabytes.
 */
export function inspectionReader(mark: string, hearBase: (chunk: Buffer) => void): InspectionReader {
  const [opening, closing] = [Buffer.from(`\u001e${mark} base\n`), Buffer.from(`\u001e${mark} `)];
  let stage: 'before' | 'base' | 'after' = 'before';
  let kept: Buffer = Buffer.alloc(0);
  let waiting: Buffer = kept;
  const read = (chunk: Buffer): void => {
    if (stage === 'base') pass(chunk);
    else waiting = Buffer.concat([waiting, chunk]);
    if (stage === 'before') enter();
  };
  const enter = (): void => {
    const at = waiting.indexOf(opening);
    if (at < 0) return;
    stage = 'base';
    kept = waiting.subarray(0, at + opening.length);
    const begun = waiting.subarray(kept.length);
    waiting = waiting.subarray(0, 0);
    pass(begun);
  };
  // What may be the beginning of the closing mark waits for the next chunk.
  const pass = (chunk: Buffer): void => {
    const all = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    const at = all.indexOf(closing);
    const end = at < 0 ? whereMarkMayBegin(all) : at;
    if (end > 0) hearBase(all.subarray(0, end));
    waiting = all.subarray(end);
    if (at >= 0) stage = 'after';
  };
  const whereMarkMayBegin = (text: Buffer): number => {
    const at = text.indexOf(closing[0]!, Math.max(0, text.length - closing.length));
    return at < 0 ? text.length : at;
  };
  return { read, text: () => Buffer.concat([kept, waiting]).toString() };
}
