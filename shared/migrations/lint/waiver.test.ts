import { describe, expect, test } from '@jest/globals';
import { databaseOf } from './dialect.ts';
import { lint, type LintOptions } from './lint.ts';
import type { MigrationSql } from './sql-text.ts';
import { parseLevels, parseWaivers } from './waiver-list.ts';

const postgres = { database: databaseOf('postgres', '15'), hasLockTimeout: true };
const migration = (text: string, name = 'm1', firstLine: number | undefined = 1): MigrationSql => ({ name, up: { path: `db/${name}.sql`, text, firstLine, road: 'transaction' }, down: undefined });
const told = (text: string, options: Partial<LintOptions> = {}) => lint([migration(text)], { ...postgres, ...options }).map(({ rule, line, level, waived }) => [level, rule, line, ...(waived === undefined ? [] : [waived])].join(' '));

test('a finding tells where, what, why and what to do', () => {
  expect(lint([migration('\n-- old\n\nalter table orders\n  drop column total;\n')], postgres)).toEqual([{
    rule: 'drop-column', level: 'error', migration: 'm1', path: 'db/m1.sql', line: 4,
    message: 'orders.total is dropped. The release that runs fails at each query that names it, and its values are gone. Drop it in a later migration, once no release that may still run, or that you may go back to, uses it; then allow this rule there, with that reason.',
  }]);
});

test('a line within a DO is the line of the file; of SQL that a tool printed there is none', () => {
  expect(told('\ndo $$\nbegin\n  -- why\n  drop table a;\nend\n$$;\n')).toEqual(['error drop-table 5']);
  expect(lint([{ ...migration('drop table a'), up: { path: 'shop/migrations/0002.py', text: 'drop table a', firstLine: undefined, road: 'transaction' } }], postgres)).toMatchObject([{ path: 'shop/migrations/0002.py', line: undefined }]);
});

describe('a waiver in the file', () => {
  test.each([
    ['-- slipway: allow drop-table: nobody reads it since v1.4\ndrop table a;', ['error drop-table 2 nobody reads it since v1.4']],
    ['drop table a; -- slipway: allow drop-table: unused', ['error drop-table 1 unused']],
    ['drop table a; -- slipway: allow drop-table: unused\ndrop table b;', ['error drop-table 1 unused', 'error drop-table 2']],
    ['drop table a;\n-- slipway: allow drop-table: unused\ndrop table b;', ['error drop-table 1', 'error drop-table 3 unused']],
    ['drop table /* SLIPWAY: allow drop-table , drop-cascade: gone: long ago */ a cascade', ['error drop-table 1 gone: long ago', 'error drop-cascade 1 gone: long ago']],
    ['-- slipway: allow drop-table: inside\ndo $$ begin drop table a; end $$;', ['error drop-table 2 inside']],
  ])('holds: %j', (text, wanted) => expect(told(text)).toEqual(wanted));

  test.each([
    ['-- slipway: allow drop-table\ndrop table a;', 'The waiver of drop-table gives no reason; write it behind a second colon.'],
    ['-- slipway: allow drop-table: …\ndrop table a;', 'The waiver of drop-table gives no reason; write it behind a second colon.'],
    ['-- slipway: allow drop-tabel: unused\ndrop table a;', 'This waiver cannot hold: there is no rule drop-tabel, perhaps drop-table was meant.'],
    ['-- slipway: ignore drop-table\ndrop table a;', 'This comment is no waiver; accepted is "slipway: allow RULE: REASON".'],
    ['-- slipway: allow truncate: unused\ndrop table a;', 'The waiver of truncate matches nothing here. Remove it, or put it at the statement that it is for.'],
    ['drop table a;\n\n-- slipway: allow drop-table: at the end\n', 'The waiver of drop-table matches nothing here. Remove it, or put it at the statement that it is for.'],
  ])('does not hold: %j', (text, message) => {
    expect(lint([migration(text)], postgres)).toEqual([expect.objectContaining({ rule: 'drop-table', line: expect.any(Number) }), expect.objectContaining({ rule: 'waiver', level: 'error', path: 'db/m1.sql', message })]);
  });

  test('that only resembles one is a comment', () => expect(told('-- the slipway: allow what you like\nselect 1')).toEqual([]));
});

describe('waivers of the input', () => {
  const waiver = { rule: 'drop-table', migration: 'm1', reason: 'unused' };
  test('hold for their migration', () => expect(told('drop table a', { waivers: [waiver] })).toEqual(['error drop-table 1 unused']));
  test('that match nothing are faults, those of applied migrations are not', () => {
    expect(told('select 1', { waivers: [waiver] })).toEqual(['error waiver ']);
    expect(told('select 1', { waivers: [{ ...waiver, migration: 'm0' }], applied: [migration('drop table a', 'm0')] })).toEqual([]);
    expect(lint([migration('select 1')], { ...postgres, waivers: [{ ...waiver, migration: 'm7' }] })).toMatchObject([{ message: 'The waiver of drop-table is for m7, and no migration has that name. Correct or remove it.' }]);
  });
  test('are read from YAML', () => expect(parseWaivers([waiver])).toEqual([waiver]));
  test.each([[[{ rule: 'drop-table', migration: 'm1' }], 'waivers[0].reason is missing'], [[{ ...waiver, reason: '-' }], 'waivers[0].reason is missing'], [[{ ...waiver, rule: 'drop-tables' }], 'waivers[0].rule: there is no rule drop-tables, perhaps drop-table was meant'], [[{ ...waiver, expires: 'x' }], 'waivers[0].expires is unknown']])('refuses %j', (yaml, message) => {
    expect(() => parseWaivers(yaml)).toThrow(message);
  });
});

describe('levels', () => {
  test('are by rule', () => expect(told('drop index i; alter table t add column a json', { levels: { 'drop-index-blocks': 'error', 'json-column': 'off' } })).toEqual(['error drop-index-blocks 1', 'warning several-tables-locked 1']));
  test('turn a rule off without making its waivers faults', () => expect(told('drop table a -- slipway: allow drop-table: unused', { levels: { 'drop-table': 'off' } })).toEqual([]));
  test('are read from YAML', () => expect(parseLevels({ 'json-column': false, truncate: 'notice' })).toEqual({ 'json-column': 'off', truncate: 'notice' }));
  test.each([[{ truncates: 'off' }, 'there is no rule truncates, perhaps truncate was meant'], [{ truncate: 'fatal' }, 'truncate: accepted is one of off, notice, warning, error'], [['truncate'], 'accepted is a mapping']])('refuse %j', (yaml, message) => expect(() => parseLevels(yaml)).toThrow(message));
});
