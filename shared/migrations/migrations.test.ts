import { describe, expect, test } from '@jest/globals';
import { UserError } from '#shared/core/errors';
import type { LedgerEvent } from '#shared/server/ledger';
import { historyFaults, nextChain, parseChain, renderChain } from './chain.ts';
import { parseDatabase } from './database-entry.ts';
import { effectsOf, locksOf } from './effects.ts';
import type { Status } from './engine.ts';
import { alembic } from './engines/alembic.ts';
import { sql } from './engines/sql.ts';
import { historyToRead, judge } from './judge.ts';
import { optionMistakes } from './options.ts';
import { appliedBy } from './own-migrations.ts';
import { matching, mismatch, type Rehearsal } from './rehearsal.ts';
import { changedBetween, stateFound } from './state-found.ts';

const migrations = (...names: string[]) => names.map((name) => ({ name, file: `m/${name}` }));
const status = (applied: string[], pending: string[], unknown: string[] = []): Status => ({ applied: migrations(...applied), pending: migrations(...pending), unknown });
const hash = (sign: string): string => sign.repeat(64);
const hashes = (...entries: [string, string][]): ReadonlyMap<string, string> => new Map(entries.map(([name, sign]) => [`m/${name}`, hash(sign)]));

describe('the chain of what was applied', () => {
  const links = nextChain(status([], ['1', '2 b']), [], hashes(['1', 'a'], ['2 b', 'b']), false);

  test('holds together as text, and not once a link is taken out, changed or put in between', () => {
    const text = renderChain(links);
    expect(parseChain(text)).toEqual(links);
    const [first = '', second = ''] = text.split('\n');
    for (const changed of [`${second}\n`, `${second}\n${first}\n`, text.replace('2 b', '2 c'), text.replace(hash('a'), hash('c')), `${first}\nnonsense\n`]) expect(() => parseChain(changed)).toThrow(UserError);
  });

  test('tells edited files and such as are gone, and knows nothing against what it never saw', () => {
    expect(historyFaults(status(['1', '2 b', '0'], []), links, hashes(['1', 'a'], ['2 b', 'c'], ['0', 'z']))).toEqual([expect.stringMatching(/^2 b was edited/)]);
    expect(historyFaults(status([], [], ['7']), links, hashes())).toEqual([expect.stringMatching(/^7 was applied, and its file is not/)]);
  });

  test('keeps the files of what is applied as they were then, unless they are accepted as they are; what failed may be mended', () => {
    const now = hashes(['1', 'x'], ['2 b', 'y']);
    expect(nextChain(status(['1'], ['2 b']), links, now, false).map(({ sha256 }) => sha256)).toEqual([hash('a'), hash('y')]);
    expect(nextChain(status(['1'], ['2 b']), links, now, true).map(({ sha256 }) => sha256)).toEqual([hash('x'), hash('y')]);
  });
});

test.each([
  ['nothing', status(['1'], ['2', '3']), false, 'untouched'], ['only the schema', status(['1'], ['2', '3']), true, 'partially-applied'],
  ['one', status(['1', '2'], ['3']), true, 'partially-applied'], ['all', status(['1', '2', '3'], []), true, 'applied'],
] as const)('after a kill, %s changed', (_, now, isSchemaChanged, state) => {
  expect(stateFound('apply', status(['1'], ['2', '3']), now, isSchemaChanged)).toBe(state);
});
test('an undo that was killed', () => {
  const before = status(['1', '2'], []);
  expect(stateFound('undo', before, before, false)).toBe('untouched');
  expect(stateFound('undo', before, status(['1'], ['2']), true)).toBe('partially-applied');
  expect(changedBetween('undo', before, status(['1'], ['2']))).toEqual(migrations('2'));
});

test('a rehearsal matches by files, release and schema; what does not is told', () => {
  const facts = { schema: 's', files: 'f', release: 'r', server: '' };
  const rehearsal = (changes: Partial<Rehearsal>): Rehearsal => ({ token: 't', set: 'x', time: '2026-11-21T14:00:00Z', seconds: 1, result: 'y', ...facts, ...changes });
  const newer = rehearsal({ token: 'u', time: '2026-11-22T14:00:00Z' });
  expect(matching([newer, rehearsal({})], facts)).toBe(newer);
  for (const key of ['schema', 'files', 'release'] as const) expect(matching([rehearsal({ [key]: 'other' })], facts)).toBeUndefined();
  expect(mismatch([rehearsal({ schema: 'o', files: 'o' })], facts)).toBe('since the rehearsal of 2026-11-21T14:00:00Z (set x), the files of the migrations and the schema of the database changed');
});

test('the lint knows what applied migrations have proven, and that waivers for them have done their work', () => {
  const texts = new Map([
    ['1', '-- migrate:up\nalter table t add constraint c check (a is not null) not valid;\n-- migrate:down\n'], ['2', '-- migrate:up\nalter table t validate constraint c;\n-- migrate:down\n'],
    ['0', 'no marks'], ['3', '-- migrate:up\nalter table t alter a set not null;\n-- migrate:down\nalter table t alter a drop not null;\n'],
  ]);
  const [facts, judging] = [{ server: 'PostgreSQL 15.18' }, { levels: {}, waivers: [{ rule: 'create-index-blocks', migration: '1', reason: 'ten rows' }] }];
  const rules = (known: Status) => judge(known, texts, sql, facts, judging).findings.map(({ rule }) => rule);
  expect(rules(status(['0', '1', '2'], ['3']))).toEqual([]);
  expect(rules(status(['0', '1'], ['3']))).toEqual(['set-not-null']);
  expect(rules(status([], ['3']))).toEqual(['set-not-null', 'waiver']);
  const pending = new Map([['3', texts.get('3') ?? '']]);
  expect([historyToRead(status(['0', '1'], ['3']), sql, pending), historyToRead(status(['0', '1'], ['3']), sql, new Map([['3', 'select 1']]))]).toEqual([migrations('0', '1'), []]);
  expect(historyToRead(status(Array.from({ length: 20 }, (_, index) => String(index)), ['3']), alembic, pending)).toHaveLength(10);
});

test('what a run has applied and not undone since', () => {
  const event = (run: string, what: string, names: string[], state = 'applied'): LedgerEvent => ({ event: 'migration', generation: 1, time: '', run, what, migrations: names, state, database: 'shop', engine: 'sql' });
  const isOfRun2 = ({ run }: LedgerEvent): boolean => run === '2';
  const of = { database: parseDatabase({ postgres: 'shop' }), engine: sql };
  const events = [event('1', 'apply', ['a']), event('2', 'apply', ['b', 'c']), event('2', 'apply', ['d'], 'untouched'), event('2', 'apply', ['e'], 'partially-applied'), { ...event('2', 'apply', ['x']), database: 'other' }];
  expect(appliedBy(events, isOfRun2, of)).toEqual(['b', 'c', 'e']);
  expect(appliedBy([...events, event('3', 'undo', ['c'])], isOfRun2, of)).toEqual(['b', 'e']);
});

test('effects and locks of a rehearsal', () => {
  expect(effectsOf('1|10|5|"a"\n2|20|0|"b|\\"c"\n3|30|1|"d"\n', '1|11|5|"a"\n2|20|7|"b|\\"c"\n4|40|3|"e"\n', 'postgres')).toEqual([
    { table: 'd', is: 'gone', rows: 0 }, { table: 'a', is: 'rewritten', rows: 0 }, { table: 'b|"c', is: 'changed', rows: 7 }, { table: 'e', is: 'new', rows: 3 },
  ]);
  expect(locksOf('ShareLock|"a"\n\nAccessExclusiveLock|"b"\nAccessExclusiveLock|"b"\n')).toEqual([{ table: 'b', mode: 'AccessExclusiveLock', seconds: 0.2 }, { table: 'a', mode: 'ShareLock', seconds: 0.1 }]);
});

test('a database, an engine and its options that do not go together', () => {
  expect(parseDatabase({ mariadb: 'shop', user: 'a' })).toMatchObject({ kind: 'mysql', name: 'shop' });
  expect(() => parseDatabase({ files: '/srv' })).toThrow('accepted is exactly one of postgres, mysql, sqlite');
  expect(() => parseDatabase({ postgres: 'shop', prot: 1 })).toThrow(/^database\.prot is unknown; the nearest is port/);
  expect(() => parseDatabase([{ postgres: 'shop' }])).toThrow('not a list');
  expect(() => parseDatabase({ sqlite: '/srv/a?b' })).toThrow('question mark');
  expect(optionMistakes({ engine: 'command', options: { status: 'x' }, database: parseDatabase({ postgres: 'shop' }) })).toEqual([expect.stringMatching(/^options\.apply is missing/)]);
  expect(optionMistakes({ engine: 'sql', options: { status: 'x' }, database: parseDatabase({ postgres: 'shop' }) })).toEqual(['options.status does not belong to engine sql']);
});
