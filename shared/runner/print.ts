import { writeSync } from 'node:fs';

let isSlow = false;

/**
 * Prints a line of the job's log. Not through `process.stdout`, which for a pipe loads sockets and streams: an eighth of the time in which Node
 * starts. Only where whoever reads is slower than the pipe is long, or gone, it is left to that.
 */
export function printLine(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  const left = isSlow ? bytes : printNow(bytes);
  if (left.length === 0) return;
  isSlow = true;
  process.stdout.write(left);
}

function printNow(bytes: Buffer): Buffer {
  let left = bytes;
  try {
    while (left.length > 0) left = left.subarray(writeSync(1, left));
  } catch {
    // Told by process.stdout, as it always is.
  }
  return left;
}
