import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { promisify } from 'node:util';

const FULL = process.env['SLIPWAY_FULL'] === '1';
const [SMALL, LARGE] = FULL ? [30, 300] : [4, 24]; // MB

// The kernel counts the peak of the process that starts another as that one's own in getrusage: jest's would be measured. VmHWM begins anew.
const READ = `
const { readFileSync } = await import('node:fs');
const { readReports } = await import('#shared/findings/read-report');
const [report] = await readReports(process.argv[1], { hide: () => 'hash' });
const beyond = Object.values(report.beyond ?? {}).reduce((a, b) => a + b, 0);
const [, peak] = /^VmHWM:\\s+(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'));
console.log(JSON.stringify({ fault: report.fault, count: report.findings.length + beyond, peak: Number(peak) / 1024 }));
`;

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'large-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

interface Large { readonly path: string; readonly count: number }

async function written(megabytes: number, head: string, one: (index: number) => object, tail: string): Promise<Large> {
  const path = join(folder, `report-${megabytes}`);
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

async function peakOf({ path, count }: Large): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', READ, path], { cwd: join(import.meta.dirname, '../..') });
  const result = JSON.parse(stdout) as { fault?: unknown; count: number; peak: number };
  expect(result).toMatchObject({ count });
  expect(result.fault).toBeUndefined();
  return result.peak;
}

test('memory does not grow with the report: SARIF, each result at a place of its own', async () => {
  const result = (index: number): object => ({
    ruleId: `rule-${index % 100}`, level: 'warning', message: { text: `"variable_${index}" is used before it is checked, which an attacker may turn to use.` },
    locations: [{ physicalLocation: { artifactLocation: { uri: `src/module-${index % 5000}/file.ts` }, region: { startLine: index, snippet: { text: '   const x = foo(bar, baz);' } } } }],
  });
  const head = '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[';
  const small = await peakOf(await written(SMALL, head, result, ']}]}'));
  const large = await peakOf(await written(LARGE, head, result, ']}]}'));
  expect(large).toBeLessThan(200);
  expect(large - small).toBeLessThan(FULL ? 40 : 70);
});

test('a list that nobody wants, however long, takes no memory either', async () => {
  const large = await written(LARGE, '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"artifacts":[', (index) => ({ location: { uri: `file-${index}.ts` }, hashes: { 'sha-256': 'a'.repeat(64) } }), '],"results":[]}]}');
  expect(await peakOf({ ...large, count: 0 })).toBeLessThan(180);
});
