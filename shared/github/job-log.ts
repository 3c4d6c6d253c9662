/** When a step began and ended, ISO 8601 in whole seconds, as the API tells it. */
export interface LogWindow {
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}

const MOST_LINES = 20;
/** Kept of a log, in bytes: a job's may be hundreds of megabytes. */
const KEPT = 1_048_576;
const STAMP = /^\uFEFF?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z ?/;

/** The last lines that a step wrote, up to the error that ended it; without time stamps, colours and the runner's marks. */
export async function tailOf(log: AsyncIterable<Uint8Array>, window: LogWindow = {}): Promise<string> {
  const lines = (await lastBytes(log)).split(/\r?\n/).filter((line) => isWithin(line, window)).map(plain).filter((line) => line !== undefined);
  const lastError = lines.findLastIndex((line) => line.startsWith('Error: '));
  return lines.slice(0, lastError < 0 ? lines.length : lastError + 1).slice(-MOST_LINES).join('\n').trim();
}

async function lastBytes(log: AsyncIterable<Uint8Array>): Promise<string> {
  let kept = Buffer.alloc(0);
  let isCut = false;
  for await (const chunk of log) {
    const all = Buffer.concat([kept, chunk]);
    isCut ||= all.length > KEPT;
    kept = all.subarray(-KEPT);
  }
  const text = kept.toString();
  return isCut ? text.slice(text.indexOf('\n') + 1) : text;
}

// Steps are told to the second, lines more finely; a line without a time belongs to the one before and is kept.
function isWithin(line: string, { from, to }: LogWindow): boolean {
  const [, at] = STAMP.exec(line) ?? [];
  return at === undefined || ((!from || at >= from.slice(0, 19)) && (!to || at <= to.slice(0, 19)));
}

/** A line as people read it; undefined for a mark that is nothing to read. */
function plain(line: string): string | undefined {
  const text = line.replace(STAMP, '').replaceAll(/\u001B\[[\d;]*[A-Za-z]/g, '').trimEnd();
  if (text === '' || text.startsWith('##[endgroup]')) return undefined;
  return text.replace(/^##\[error\]/, 'Error: ').replace(/^##\[warning\]/, 'Warning: ').replace(/^##\[(?:group|command|section|debug|notice)\]/, '');
}
