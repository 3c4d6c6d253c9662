import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EVIDENCE_STATUSES, type EvidenceStatus } from '#shared/findings/evidence';
import { mergeFindings } from '#shared/findings/merge';
import { readReports } from '#shared/findings/read-report';
import { FORMATS, type FormatName } from '#shared/findings/report';
import { decided, NOW } from '#shared/testing/findings';
import { SOUND_REPORTS, type SoundReport } from '#shared/testing/sound-reports';
import type { Decision } from '#shared/policy/decision';
import { parsePolicy } from '#shared/policy/parse-policy';
import type { Target } from '#shared/policy/require';

// Each evidence status, and each way in which a format can come to it: none of them may let a stage pass.

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'truth-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Asked {
  readonly tool?: string | undefined;
  readonly stage?: object;
  readonly target?: Target;
}

let number = 0;
function put(content: string | Buffer | undefined): string {
  const path = join(folder, `report-${(number += 1)}`);
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

/** What the gate makes of one file, where a report of that kind is all that it asks for, and anything at all blocks. */
async function judge(content: string | Buffer | undefined, { kind }: Pick<SoundReport, 'kind'>, { tool, stage = {}, target = { commits: [], digests: [] } }: Asked = {}): Promise<Decision> {
  const read = await readReports(put(content), { hide: (value) => `h${value.length}`, format: FORMATS.find((format) => format === tool) as FormatName | undefined });
  const policy = parsePolicy({ stages: { s: { require: kind, block: [{ severity: 'info' }, { severity: 'unknown' }], ...stage } } });
  return decided('s', mergeFindings(read.flatMap(({ findings, suppressed }) => [...findings, ...suppressed])), { policy, reports: read.map((report) => ({ report, tool })), target, now: NOW });
}

function statusOf({ evidence, verdict }: Decision): string {
  return `${evidence[0]?.status}, ${verdict}`;
}

// Some say only in words that nothing was found: which tool an empty list is of has to be told.
const typedAs = (format: string): Asked => (format === 'gitleaks' ? { tool: 'gitleaks' } : {});
const formats = Object.entries(SOUND_REPORTS);
const covered = new Map<string, Set<EvidenceStatus>>();
const cover = (format: string, status: EvidenceStatus): void => void covered.set(format, (covered.get(format) ?? new Set()).add(status));

test('every format that is read has its rows', () => {
  expect(Object.keys(SOUND_REPORTS).sort()).toEqual([...FORMATS].sort());
});

describe.each(formats)('%s', (format, sound) => {
  const expectNone = async (status: EvidenceStatus, content: string | Buffer | undefined, asked: Asked = typedAs(format)): Promise<void> => {
    expect(statusOf(await judge(content, sound, asked))).toBe(`${status}, inconclusive`);
    cover(format, status);
  };
  const expectClosed = async (content: string | Buffer, asked: Asked = typedAs(format)): Promise<void> => {
    expect({ content: content.toString(), verdict: (await judge(content, sound, asked)).verdict }).toEqual({ content: content.toString(), verdict: 'inconclusive' });
  };

  test('passes when it is sound, packed too, and only then', async () => {
    expect(statusOf(await judge(sound.text, sound, typedAs(format)))).toBe('ok, pass');
    expect(statusOf(await judge(gzipSync(sound.text), sound, typedAs(format)))).toBe('ok, pass');
    cover(format, 'ok');
  });

  test('missing, or empty', async () => {
    await expectNone('missing', undefined);
    for (const text of ['', ' \n', gzipSync('')]) await expectNone('empty', text);
  });

  test('cut off, wherever, or something else', async () => {
    const text = sound.text.trimEnd();
    const lengths = [0.2, 0.4, 0.6, 0.8].map((part) => Math.floor(text.length * part)).filter((length) => length > 0);
    await Promise.all([...lengths, text.length - 1].flatMap((length) => [{}, { tool: format }].map((asked) => expectClosed(text.slice(0, length), asked))));
    await expectNone('unreadable', gzipSync(sound.text).subarray(0, -6));
    await expectNone('unreadable', `${text}}`);
    const others = ['<html><body>502 Bad Gateway</body></html>', 'Error: connect ECONNREFUSED', '{"name":"shop","version":"1.0.0"}', '"clean"', '0', 'null', '{}', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])];
    await Promise.all(others.flatMap((other) => [{}, { tool: format }].map((asked) => expectClosed(other, asked))));
  });

  test('of another tool than it was said to be', async () => {
    await expectNone('wrong tool', sound.text, { tool: 'another-scanner' });
    await expectNone('wrong tool', JSON.stringify({ name: 'shop' }), { tool: 'another-scanner' });
    // The right tool, and a sound report of it, for a stage that asks for other evidence.
    expect((await judge(sound.text, { kind: sound.kind === 'dast' ? 'iac' : 'dast' }, typedAs(format))).verdict).toBe('inconclusive');
  });

  test('too old, of unknown age, or of another commit', async () => {
    await expectNone('stale', sound.text, { ...typedAs(format), stage: { 'max-age': '1h' } });
    await expectNone('wrong subject', sound.text, { ...typedAs(format), stage: { subject: 'required' }, target: { commits: ['f'.repeat(40)], digests: [`sha256:${'cd'.repeat(32)}`] } });
  });

  const told = ([['scanner failed', sound.failed], ['incomplete', sound.incomplete], ['nothing scanned', sound.nothing]] as const).flatMap(([status, texts]) => texts.map((text) => [status, text] as const));
  for (const [index, [status, text]] of told.entries()) test(`${status}, as it says itself (${index + 1})`, async () => expectNone(status, text));
});

test('every status was seen in every format that can have it', () => {
  const everybodys: readonly EvidenceStatus[] = ['ok', 'missing', 'empty', 'unreadable', 'wrong tool', 'stale', 'wrong subject'];
  for (const [format] of formats) expect([...covered.get(format) ?? []]).toEqual(expect.arrayContaining([...everybodys]));
  expect(new Set([...covered.values()].flatMap((statuses) => [...statuses]))).toEqual(new Set(EVIDENCE_STATUSES));
});
