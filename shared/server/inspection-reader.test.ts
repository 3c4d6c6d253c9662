import { expect, test } from '@jest/globals';
import { inspectionReader } from './inspection-reader.ts';

const PRINTED = Buffer.from('hello\n\u001em state\n/srv\n\u001em base\nfile \u001e a\n\u001ex\n\u001em tools\n\u001em end\n');

test.each([1, 2, 3, 5, 8, 1_000])('a manifest is heard and not held, whatever comes together: %d bytes at a time', (size) => {
  const heard: Buffer[] = [];
  const reader = inspectionReader('m', (chunk) => void heard.push(chunk));
  for (let at = 0; at < PRINTED.length; at += size) reader.read(PRINTED.subarray(at, at + size));
  expect(Buffer.concat(heard).toString()).toBe('file \u001e a\n\u001ex\n');
  expect(reader.text()).toBe('hello\n\u001em state\n/srv\n\u001em base\n\u001em tools\n\u001em end\n');
});
