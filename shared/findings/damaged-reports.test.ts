import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistyped, scrambled, seeded, truncated, type Random } from '#shared/testing/mutations';
import { REPORTS } from '#shared/testing/report-lines';
import { evidenceOf } from './evidence.ts';
import { readReportBytes } from './read-report.ts';
import type { FormatName, Report } from './report.ts';
import { SEVERITIES } from './severity.ts';

const CASES = process.env['SLIPWAY_FULL'] === '1' ? 100_000 : 5_000;
const SEED = 20261121;

interface Sample { readonly path: string; readonly text: string; readonly format: FormatName; readonly whole: Report; readonly isLines: boolean }

const files = globSync('*/*.{json,jsonl,sarif,xml}', { cwd: REPORTS }).sort();
const expected = { commits: [], digests: [], needsSubject: false, takesIncomplete: false, now: new Date('2026-11-21T20:00:00Z') };

function read(content: string | Buffer, format?: FormatName): Promise<Report> {
  const bytes = Buffer.from(content as string);
  const open = async function* (): AsyncGenerator<Buffer> { yield* [bytes.subarray(0, 700), bytes.subarray(700)].filter(({ length }) => length > 0); };
  return readReportBytes({ path: 'report', open }, { sha256: '', bytes: bytes.length }, { hide: () => 'hash', format });
}

async function samples(): Promise<readonly Sample[]> {
  return Promise.all(files.map(async (path) => {
    const text = readFileSync(join(REPORTS, path), 'utf8');
    const format = path.split('/')[0] as FormatName;
    return { path, text, format, whole: await read(text, format), isLines: path.endsWith('.jsonl') };
  }));
}

const isOk = (report: Report): boolean => evidenceOf(report, expected).status === 'ok';
const rulesOf = ({ findings, suppressed }: Report): readonly string[] => [...findings, ...suppressed].flatMap(({ rule, occurrences }) => Array.from({ length: occurrences }, () => rule)).sort();

function assertSound(report: Report, what: string): void {
  const keys = report.findings.map(({ key }) => key);
  const isSound = new Set(keys).size === keys.length && report.findings.every(({ severity, rule, kind }) => SEVERITIES.includes(severity) && rule !== '' && report.kinds.includes(kind));
  if (!isSound) throw new Error(`${what}: not a sound report`);
}

async function forCases(cases: number, task: (sample: Sample, random: Random, name: string) => Promise<void>): Promise<void> {
  const all = await samples();
  const faults: string[] = [];
  for (let index = 0; index < cases; index++) {
    const random = seeded(SEED + index);
    const sample = all[random(all.length)] as Sample;
    await task(sample, random, `${sample.path}, case ${index}`).catch((error: unknown) => { faults.push(String(error)); });
  }
  expect(faults.slice(0, 10)).toEqual([]);
}

test('a report whose end is missing is never ok', async () => {
  await forCases(CASES * 0.3, async ({ text, format, isLines }, random, name) => {
    const cut = truncated(text, random);
    const report = await read(cut, format);
    assertSound(report, name);
    // Lines have no end of their own; a whole number of them is a report.
    const isWhole = isLines && (cut.endsWith('\n') || text[cut.length] === '\n');
    if (isOk(report) && !isWhole) throw new Error(`${name}: ok with ${cut.length} of ${text.length} characters`);
  });
});

test('a value of another type is a fault, or takes no finding away', async () => {
  await forCases(CASES * 0.5, async ({ text, format, isLines, whole, path }, random, name) => {
    if (path.endsWith('.xml')) return;
    const document = isLines ? text.trim().split('\n').map((line) => JSON.parse(line) as unknown) : JSON.parse(text) as unknown;
    const changed = mistyped(document, random);
    const lines = isLines && Array.isArray(changed.document) ? changed.document.map((line) => JSON.stringify(line)).join('\n') : JSON.stringify(changed.document);
    const report = await read(lines, format);
    assertSound(report, name);
    const left = rulesOf(report);
    const isLost = left.length < rulesOf(whole).length;
    if (isOk(report) && (isLost || !isOk(whole))) throw new Error(`${name}: ok with ${left.length} of ${rulesOf(whole).length}, ${changed.at}`);
  });
});

test.each([['yarn-audit/yarn-1.jsonl', -1], ['yarn-audit/yarn-4.jsonl', true], ['trufflehog/found.jsonl', 7]] as const)('a line that is a bare value is no log: %s', async (path, value) => {
  const [, ...rest] = readFileSync(join(REPORTS, path), 'utf8').split('\n');
  expect(isOk(await read([JSON.stringify(value), ...rest].join('\n'), path.split('/')[0] as FormatName))).toBe(false);
});

test('a list that became an object is not an empty one: Clair', async () => {
  const document = JSON.parse(readFileSync(join(REPORTS, 'clair/clair-scanner.json'), 'utf8')) as object;
  expect(isOk(await read(JSON.stringify({ ...document, vulnerabilities: {} })))).toBe(false);
});

test('a count that is no number does not stand for none: npm', async () => {
  const whole = readFileSync(join(REPORTS, 'npm-audit/counted-not-listed.json'), 'utf8');
  const withTotal = (total: unknown): string => {
    const document = JSON.parse(whole) as { metadata: { vulnerabilities: object } };
    return JSON.stringify({ ...document, metadata: { ...document.metadata, vulnerabilities: { ...document.metadata.vulnerabilities, total } } });
  };
  for (const total of ['', -1, 0.5, 'many']) expect((await read(withTotal(total), 'npm-audit')).fault?.kind).toBe('unreadable');
});

test('an advisory of no version counts all the same: yarn 4', async () => {
  const text = readFileSync(join(REPORTS, 'yarn-audit/yarn-4.jsonl'), 'utf8');
  const without = text.replaceAll(/"Tree Versions":\s*\[[^\]]*\]/g, '"Tree Versions":""');
  expect(without).not.toBe(text);
  expect((await read(without, 'yarn-audit')).findings.length).toBe((await read(text, 'yarn-audit')).findings.length);
});

test('a warning of a kind that nobody knows is of a file that was not looked at: Semgrep', async () => {
  const document = JSON.parse(readFileSync(join(REPORTS, 'semgrep/errors.json'), 'utf8')) as { errors: object[] };
  const withKind = (type: unknown): string => JSON.stringify({ ...document, errors: [{ ...document.errors[0], level: 'warn', type }] });
  expect(isOk(await read(withKind('Fixpoint timeout'), 'semgrep'))).toBe(true);
  for (const type of ['text', ['PartialParsing', []], 'Syntax error']) expect(isOk(await read(withKind(type), 'semgrep'))).toBe(false);
});

test('a finding without a name is damage: Safety', async () => {
  const text = readFileSync(join(REPORTS, 'safety/scan.json'), 'utf8').replace(/("id":\s*)"\d+"/, '$1""');
  expect((await read(text, 'safety')).fault?.reason).toContain('of which rule or advisory');
});

test('bytes that are changed, missing or doubled never end the reading without a verdict', async () => {
  await forCases(CASES * 0.2, async ({ text, format }, random, name) => {
    assertSound(await read(scrambled(text, random), format), name);
  });
});
