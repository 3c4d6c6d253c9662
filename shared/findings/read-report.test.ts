import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zip } from '#shared/testing/zip';
import { linesOf, readReport, REPORTS } from '#shared/testing/report-lines';
import { readReports } from './read-report.ts';

const FOUND = ['high sast B602 at py/app.py:9', 'low sast B105 at py/app.py:5', 'medium sast B301 at py/app.py:13'];
const text = readFileSync(join(REPORTS, 'bandit/found.json'), 'utf8');
let folder: string;

beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'reports-')); });
afterAll(() => { rmSync(folder, { recursive: true }); });

function file(content: string | Buffer, name = 'report'): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function utf16(content: string, isBig: boolean, mark: boolean): Buffer {
  const bytes = Buffer.from(`${mark ? '\uFEFF' : ''}${content}`, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
}

test.each<[string, Buffer | string]>([
  ['UTF-8 with a mark', `\uFEFF${text}`], ['UTF-16, as PowerShell writes it', utf16(text, false, true)], ['UTF-16 with the other end first', utf16(text, true, true)],
  ['UTF-16 without a mark', utf16(text, false, false)], ['UTF-16 without a mark, the other end first', utf16(text, true, false)],
  ['gzip', gzipSync(text)], ['gzip of UTF-16', gzipSync(utf16(text, false, true))], ['gzip in two members', Buffer.concat([gzipSync(text.slice(0, 500)), gzipSync(text.slice(500))])],
  ['Windows line ends', text.replaceAll('\n', '\r\n')], ['one line', JSON.stringify(JSON.parse(text))],
  ['a log around it', `[INFO] running on 3.11\n\u001B[33mWARN\u001B[0m 2 files\n${text}\ndone in 3.2 s\n`],
])('%s is read', async (_name, content) => {
  const report = await readReport(file(content));
  expect(report.fault).toBeUndefined();
  expect(linesOf(report.findings)).toEqual(FOUND);
});

test('lines of a log are remarked', async () => {
  expect((await readReport(file(`first\n${text}`))).signs.remarks).toEqual(['1 lines of a log are mixed into the report: let the tool write it to a file of its own.']);
});

test('a file name says nothing', async () => {
  expect((await readReport(file(text, 'trivy-results.sarif'))).format).toBe('bandit');
});

test.each<[string, Buffer | string, string, string]>([
  ['nothing', '', 'empty', 'The file is empty: the scan did not run, or did not write its report.'],
  ['spaces', ' \n\n', 'empty', 'There is no document in the file.'], ['a byte order mark', '\uFEFF', 'empty', 'There is no document in the file.'],
  ['a log alone', 'could not start\n', 'empty', 'There is no document in the file.'], ['null', 'null', 'empty', 'There is no document in the file.'],
  ['an empty object', '{}', 'unrecognised', 'empty list or object'], ['other JSON', '{"name":"shop","version":"1.0.0"}', 'unrecognised', 'no report of a tool that is known'],
  ['a page', '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>', 'unreadable', 'XML'], ['other XML', '<?xml version="1.0"?><testsuite/>', 'unreadable', 'no report of ZAP'],
  ['a cut off document', text.slice(0, -3), 'unreadable', 'ends in the middle'], ['a document whose head is cut off', text.slice(200), 'unreadable', 'neither JSON nor a line of a log'],
  ['cut off gzip', gzipSync(text).subarray(0, -20), 'unreadable', 'compressed, and damaged or cut off'], ['cut off UTF-16', utf16(text, false, true).subarray(0, 900), 'unreadable', 'ends in the middle'],
  ['two documents', text + text, 'unreadable', 'several documents'], ['a member twice', text.replace('"results"', '"errors"'), 'unreadable', 'errors is there twice'],
  ['a wrong type', text.replace('"results": [', '"results": {"a": [').replace(/\]\s*\}\s*$/, ']}}'), 'unreadable', 'results is an object'],
  ['a wrong type in a finding', text.replace('"issue_severity": "HIGH"', '"issue_severity": 3'), 'unreadable', 'results.1.issue_severity is a number, expected is a text'],
  ['a missing comma', text.replace('"issue_text"', ' "issue_text" "x"'), 'unreadable', 'not valid JSON, in results.0'],
  ['an endless nesting', '['.repeat(200_000), 'unreadable', 'It is'], ['a nesting in a finding', text.replace(/"col_offset": \d+/, `"col_offset": ${'['.repeat(2_000)}${']'.repeat(2_000)}`), 'unreadable', 'nested more than 500 deep'],
  ['an encoding nobody has', '<?xml version="1.0" encoding="x-none"?><OWASPZAPReport/>', 'unreadable', 'encoding which is not known'],
])('%s is not a report', async (_name, content, kind, reason) => {
  const { fault } = await readReport(file(content));
  expect(fault).toMatchObject({ kind, reason: expect.stringContaining(reason) });
});

test('what is no file', async () => {
  expect((await readReport(join(folder, 'none'))).fault).toEqual({ kind: 'missing', reason: 'There is no such file.' });
  expect((await readReport(folder)).fault).toEqual({ kind: 'unreadable', reason: 'It is a folder.' });
});

test('a fault never quotes the report', async () => {
  const path = file(readFileSync(join(REPORTS, 'gitleaks/found.json'), 'utf8').replace('"placeholder-of-secret-1",\n  "File"', '"placeholder-of-secret-1" broken,\n  "File"'));
  const { fault } = await readReport(path);
  expect(fault?.kind).toBe('unreadable');
  expect(JSON.stringify(fault)).not.toMatch(/placeholder|broken/);
});

test('entities that a document declares are no bomb', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "${'x'.repeat(50)}"><!ENTITY b "&a;&a;&a;">]><OWASPZAPReport><site name="&b;"/></OWASPZAPReport>`;
  expect((await readReport(file(bomb))).fault).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining('not valid XML') });
});

test('a bomb is left when it grows beyond the limit', async () => {
  const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024, ' '), { level: 1 });
  expect((await readReport(file(bomb), { largest: 1024 * 1024 })).fault).toMatchObject({ kind: 'unreadable', reason: expect.stringContaining('larger than 1 MiB') });
});

test('an archive is each of its reports', async () => {
  const archive = zip({ 'b/found.json': text, 'a.json': readFileSync(join(REPORTS, 'gitleaks/found.json'), 'utf8'), 'notes.txt': 'nothing here\n' });
  const path = file(archive);
  const reports = await readReports(path, { hide: () => 'hash' });
  expect(reports.map((report) => [report.path, report.format, report.fault?.kind])).toEqual([[`${path}!a.json`, 'gitleaks', undefined], [`${path}!b/found.json`, 'bandit', undefined], [`${path}!notes.txt`, undefined, 'empty']]);
  expect(new Set(reports.map(({ sha256 }) => sha256)).size).toBe(1);
});

test.each<[string, Buffer, string]>([
  ['cut off', zip({ 'a.json': text }).subarray(0, -30), 'damaged or cut off'], ['without files', zip({}), 'no files'],
  ['with a wrong checksum', zip({ 'a.json': text }, { sum: 1 }), 'checksum'], ['that climbs', zip({ '../a.json': text }), 'damaged or cut off'],
  ['with too many files', zip(Object.fromEntries(Array.from({ length: 201 }, (_, index) => [`${index}.json`, '{}']))), 'more than 200 files'],
])('an archive %s is no evidence', async (_name, content, reason) => {
  const [report] = await readReports(file(content), { hide: () => '' });
  expect(report?.fault?.reason).toContain(reason);
});

test('of more findings than are kept the worst stay, and the others still count', async () => {
  const report = await readReport('sarif/kinds.sarif', { most: 3 });
  expect(linesOf(report.findings)).toEqual(['critical sast A1 at src/a.c:9', 'high sast A4 at src/a.c:8', 'medium sast A3 at src/a.c:7']);
  expect(report.beyond).toEqual({ medium: 2, low: 1 });
});
