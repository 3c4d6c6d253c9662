import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { promisify } from 'node:util';
import { needsFull } from '#shared/testing/equipment';

const FULL = process.env['SLIPWAY_FULL'] === '1';
const [SMALL, LARGE] = FULL ? [30, 300] : [4, 24]; // MB
const GOAL = 200; // MB, of which some 40 go to stripping the types, which a bundle does not do

// The kernel counts the peak of the process that starts another as that one's own in getrusage: jest's would be measured. VmHWM begins anew.
const READ = `
const { readFileSync } = await import('node:fs');
const { readReports } = await import('#shared/findings/read-report');
const [report] = await readReports(process.argv[1], { hide: () => 'hash' });
const beyond = Object.values(report.beyond ?? {}).reduce((a, b) => a + b, 0);
const [, peak] = /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
console.log(JSON.stringify({ fault: report.fault, count: report.findings.length + beyond, peak: Number(peak) / 1024 }));
`;

const HEAD = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[';
const result = (index: number): object => ({
  ruleId: `rule-${index % 100}`, level: ['error', 'warning', 'note'][index % 3], message: { text: `"variable_${index}" is used before it is checked, which an attacker may turn to use.` },
  locations: [{ physicalLocation: { artifactLocation: { uri: `src/module-${index % 5000}/file.ts` }, region: { startLine: index, snippet: { text: '   const x = foo(bar, baz);' } } } }],
});

let folder: string;
let small: Large;
let large: Large;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'large-'));
  small = await written('small', SMALL, HEAD, result, ']}]}');
  large = await written('large', LARGE, HEAD, result, ']}]}');
});
afterAll(() => { rmSync(folder, { recursive: true }); });

interface Large { readonly path: string; readonly count: number }

async function written(name: string, megabytes: number, head: string, one: (index: number) => object, tail: string): Promise<Large> {
  const path = join(folder, name);
  const file = createWriteStream(path);
  file.write(head);
  let count = 0;
  for (let size = 0; size < megabytes * 1e6; count++) {
    const text = `${count === 0 ? '' : ',\n'}${JSON.stringify(one(count))}`;
    size += text.length;
    if (!file.write(text)) await once(file, 'drain');
  }
  file.end(tail);
  await once(file, 'close');
  return { path, count };
}

async function peakOf({ path, count }: Large, ...flags: readonly string[]): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, '--input-type=module', '--disable-warning=ExperimentalWarning', '-e', READ, path], { cwd: join(import.meta.dirname, '../..') });
  const result = JSON.parse(stdout) as { fault?: unknown; count: number; peak: number };
  expect(result).toMatchObject({ count });
  expect(result.fault).toBeUndefined();
  return result.peak;
}

test('memory does not grow with the report: SARIF, each result at a place of its own', async () => {
  const [least, most] = [await peakOf(small), await peakOf(large)];
  expect(most).toBeLessThan(GOAL);
  expect(most - least).toBeLessThan(FULL ? 40 : 70);
});

test('nor does it depend on the machine, of whose memory V8 makes its first limits: these are far beyond any', async () => {
  expect(await peakOf(large, '--max-semi-space-size=64', '--initial-old-space-size=2000')).toBeLessThan(GOAL);
});

test('a compressed one takes little more', async () => {
  const path = join(folder, 'large.gz');
  await pipeline(createReadStream(large.path), createGzip({ level: 1 }), createWriteStream(path));
  expect(await peakOf({ ...large, path })).toBeLessThan(GOAL);
});

test('a list that nobody wants, however long, takes no memory either', async () => {
  const unwanted = await written('unwanted', LARGE, '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"artifacts":[', (index) => ({ location: { uri: `file-${index}.ts` }, hashes: { 'sha-256': 'a'.repeat(64) } }), '],"results":[]}]}');
  expect(await peakOf({ ...unwanted, count: 0 })).toBeLessThan(GOAL - 50);
});

needsFull()('a million small findings do not fall over: most of the memory is what was kept and gave way to worse', async () => {
  const { path, count } = await written('million', 190, HEAD, (index) => ({ ruleId: `r${index % 7}`, level: ['error', 'warning', 'note'][index % 3], message: { text: `at ${index}` }, locations: [{ physicalLocation: { artifactLocation: { uri: `src/file-${index % 900}.ts` }, region: { startLine: index } } }] }), ']}]}');
  expect(count).toBeGreaterThan(1_000_000);
  expect(await peakOf({ path, count })).toBeLessThan(GOAL + 100);
});
