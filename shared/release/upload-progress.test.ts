import { expect, it } from '@jest/globals';
import { uploadProgress } from './upload-progress.ts';

/** Sends one file of 1 MB every second; returns what was told, and when. */
function told(seconds: number): (readonly [second: number, line: string])[] {
  const lines: (readonly [number, string])[] = [];
  let clock = 0;
  const progress = uploadProgress({ files: 600, bytes: 600e6 }, (line) => lines.push([clock / 1_000, line]), () => clock);
  for (clock = 1_000; clock <= seconds * 1_000; clock += 1_000) {
    progress.begun();
    progress.sent(1e6);
  }
  return lines;
}

it('says nothing of a short upload', () => expect(told(4)).toEqual([]));

it('tells files, bytes, rate and time left', () => {
  expect(told(5)).toEqual([[5, 'Sent 5 of 600 files, 5 MB of 600 MB, at 1 MB/s; about 9m 55s left.']]);
});

it('tells it less and less often', () => {
  expect(told(200).map(([second]) => second)).toEqual([5, 15, 25, 35, 45, 55, 65, 95, 125, 155, 185]);
});

it('tells one line after a long silence', () => {
  const lines: string[] = [];
  let clock = 0;
  const progress = uploadProgress({ files: 2, bytes: 100 }, (line) => lines.push(line), () => clock);
  clock = 300_000;
  progress.sent(50);
  progress.sent(25);
  expect(lines).toEqual(['Sent 0 of 2 files, 50 B of 100 B, at 0 B/s; about 5m left.']);
});
