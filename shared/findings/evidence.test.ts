import { describe, expect, test } from '@jest/globals';
import { NOW, report } from '#shared/testing/findings';
import { evidenceOf, type Expectation } from './evidence.ts';
import type { Report } from './report.ts';

const EXPECTED: Expectation = { commits: [], digests: [], needsSubject: false, takesIncomplete: false, now: NOW };
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const subject = (given: object) => ({ signs: { subject: { commits: [], digests: [], names: [], ...given } } });
const worth = (given: Parameters<typeof report>[0], expected: Partial<Expectation> = {}): string => {
  const { status, reason } = evidenceOf(report(given), { ...EXPECTED, ...expected });
  return reason === '' ? status : `${status}: ${reason}`;
};

describe('a report', () => {
  test.each<[Parameters<typeof report>[0], Partial<Expectation>, string]>([
    [{}, {}, 'ok'],
    [{ fault: { kind: 'missing', reason: 'No such file.' } }, {}, 'missing: No such file.'],
    [{ fault: { kind: 'empty', reason: 'It has 0 bytes.' } }, {}, 'empty: It has 0 bytes.'],
    [{ fault: { kind: 'unreadable', reason: 'It ends in the middle.' } }, {}, 'unreadable: It ends in the middle.'],
    [{ fault: { kind: 'unrecognised', reason: 'No report we know.' }, tools: [] }, {}, 'unreadable: No report we know.'],
    [{ fault: { kind: 'unrecognised', reason: 'No report we know.' } }, { tool: 'grype' }, 'wrong tool: It is no report of grype: No report we know.'],
    [{}, { tool: 'grype' }, 'wrong tool: It was to be of grype, and is of trivy.'],
    [{}, { tool: 'trivy' }, 'ok'],
    [{ tools: [] }, {}, 'unreadable: It does not tell which tool made it.'],
    [{ kinds: [] }, {}, 'unreadable: It does not tell which tool made it.'],
    [{ signs: { failures: ['It was stopped.', 'And again.'] } }, {}, 'scanner failed: It was stopped. (and 1 more)'],
    [{ signs: { nothingScanned: ['No lock file.'] } }, {}, 'nothing scanned: No lock file.'],
    [{ signs: { scanned: { count: 0, of: 'files' } } }, {}, 'nothing scanned: It scanned 0 files.'],
    [{ signs: { gaps: ['a.py does not parse.'] } }, {}, 'incomplete: a.py does not parse.'],
    [{ signs: { gaps: ['a.py does not parse.'] } }, { takesIncomplete: true }, 'ok'],
    [{ signs: { gaps: ['a.py does not parse.'], failures: ['It was stopped.'] } }, { takesIncomplete: true }, 'scanner failed: It was stopped.'],
    [{ signs: { remarks: ['Debian 10 is at its end of life.'] } }, {}, 'ok'],
  ])('%j, with %j expected: %s', (given, expected, wanted) => expect(worth(given, expected)).toBe(wanted));
});

describe('its age', () => {
  test.each<[string | undefined, number | undefined, string]>([
    ['2026-11-21T11:00:00Z', 3_600_000, 'ok'],
    ['2026-11-21T10:59:59Z', 3_600_000, 'stale: It was made 1h ago, and may be 1h old at most. Scan again.'],
    ['2020-01-01T00:00:00Z', undefined, 'ok'],
    [undefined, 3_600_000, 'stale: It does not tell when it was made, and may be 1h old at most.'],
    ['soon', 3_600_000, 'stale: It was made at no time that can be read.'],
    ['2026-11-21T12:59:00Z', undefined, 'ok'],
    ['2026-11-21T13:01:00Z', undefined, 'stale: It was made in the future, at 2026-11-21T13:01:00Z: one of the clocks is wrong.'],
  ])('made %s, may be %s ms: %s', (createdAt, maxAge, wanted) => expect(worth({ signs: createdAt === undefined ? {} : { createdAt } }, { maxAge })).toBe(wanted));

  test('is also that of its database, where it tells', () => {
    expect(worth({ signs: { databaseAt: '2026-11-01T00:00:00Z' } }, { maxDatabaseAge: 86_400_000 })).toContain('stale: Its vulnerability database was made 20d');
    expect(worth({}, { maxDatabaseAge: 86_400_000 })).toBe('ok');
  });
});

describe('what it is of', () => {
  test.each<[ReturnType<typeof subject>, Partial<Expectation>, string]>([
    [subject({ commits: [COMMIT] }), { commits: [COMMIT] }, 'ok'],
    [subject({ commits: ['0123456'] }), { commits: ['other', COMMIT] }, 'ok'],
    [subject({ commits: ['012345'] }), { commits: [COMMIT] }, 'wrong subject: It is of commit 012345, and not of 0123456789ab.'],
    [subject({ commits: ['f'.repeat(40)] }), { commits: [COMMIT] }, 'wrong subject: It is of commit ffffffffffff, and not of 0123456789ab.'],
    [subject({ commits: [COMMIT] }), {}, 'ok'],
    [subject({ digests: [DIGEST, 'sha256:0'] }), { digests: [DIGEST.toUpperCase()] }, 'ok'],
    [subject({ digests: ['sha256:0'] }), { digests: [DIGEST] }, 'wrong subject: It is of image sha256:0, and not of sha256:abababababab.'],
    [subject({ commits: [COMMIT], digests: ['sha256:0'] }), { commits: [COMMIT], digests: [DIGEST] }, 'wrong subject: It is of image sha256:0, and not of sha256:abababababab.'],
    [subject({}), { commits: [COMMIT], needsSubject: true }, 'wrong subject: It does not tell which commit or image it is of, as this stage asks.'],
    [subject({ commits: [COMMIT] }), { needsSubject: true }, 'wrong subject: It does not tell which commit or image it is of, as this stage asks.'],
    [subject({ commits: [COMMIT] }), { commits: [COMMIT], needsSubject: true }, 'ok'],
  ])('%j, with %j: %s', (given, expected, wanted) => expect(worth(given, expected)).toBe(wanted));
});

test('what is worth knowing comes along', () => {
  const given: Partial<Omit<Report, 'signs'>> = { toolVersion: '0.70.0' };
  expect(evidenceOf(report({ ...given, signs: { scanned: { count: 214, of: 'packages' }, createdAt: '2026-11-21T11:00:00Z', remarks: ['Debian 10 is at its end of life.'] } }), EXPECTED).remarks)
    .toEqual(['version 0.70.0', '214 packages', 'made 2026-11-21T11:00:00Z', 'Debian 10 is at its end of life.']);
});
