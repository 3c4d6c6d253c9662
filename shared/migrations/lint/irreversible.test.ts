import { describe, expect, test } from '@jest/globals';
import { databaseOf, type Dialect } from './dialect.ts';
import { irreversibleOf } from './irreversible.ts';
import { sectionsOf } from './sections.ts';

const reasons = (up: string, dialect: Dialect = 'postgres', down = 'select 1;'): readonly string[] =>
  irreversibleOf([sectionsOf('m1', 'db/m1.sql', `-- migrate:up\n${up}\n-- migrate:down\n${down}\n`)], databaseOf(dialect)).map(({ reason, line }) => `${line ?? ''} ${reason}`.trim());

describe('cannot be taken back', () => {
  test.each<[string, string, Dialect?]>([
    ['drop table a', '2 DROP TABLE removes a and its rows.'], ['\nalter table a drop column b, add c int', '3 DROP COLUMN removes the values of a.b.'], ['truncate a', '2 TRUNCATE removes the rows of a.'], ['delete from a where b = 1', '2 DELETE removes rows of a.'],
    ['update a set b = 1 where c', '2 UPDATE overwrites values of a, unless they were empty.'], ['insert into a select * from b on conflict (id) do update set c = 1', '2 Rows of a are overwritten.'], ['alter type e add value \'x\'', '2 PostgreSQL cannot take \'x\' from the type e again.'],
    ['alter table a alter b type int using b::int', '2 a.b is computed anew by USING, and its old values are gone.'], ['alter table a alter b type date', '2 a.b becomes date, and what does not fit into it is rounded or cut.'], ['alter table a alter b type numeric(10,2)', '2 a.b becomes numeric(10,2), and what does not fit into it is rounded or cut.'],
    ['drop schema s cascade', '2 DROP removes all that is in s.'], ['drop view v cascade', '2 CASCADE removes what depends on v, and nothing tells what that is.'], ['do $$ begin drop table a; end $$', '2 DROP TABLE removes a and its rows.'], ['do $$ begin execute x; end $$', '2 It puts SQL together that is known only when it runs.'],
    ['with x as (delete from a returning *) insert into b select * from x', '2 DELETE removes rows of a.'],
    ['alter table a modify b varchar(10)', '2 a.b becomes varchar(10), and what does not fit into it is rounded or cut.', 'mysql'], ['alter table a change b c text', '2 a.b becomes text, and what does not fit into it is rounded or cut.', 'mariadb'], ['replace into a values (1)', '2 Rows of a are overwritten.', 'mysql'],
    ['alter table a convert to character set latin1', '2 Letters of a that the new character set does not have are gone.', 'mysql'], ['drop table a', '2 DROP TABLE removes a and its rows.', 'sqlite'],
  ])('%j', (up, reason, dialect: Dialect = 'postgres') => expect(reasons(up, dialect)).toEqual([reason]));

  test.each(['', '-- nothing', ';', '/* drop table a; */ ;'])('what has no way back: %j', (down) => expect(reasons('create table a (b int)', 'postgres', down)).toEqual(['Nothing is written that takes it back.']));
});

test.each<[string, Dialect?]>([
  ['create table a (b int); insert into a values (1); delete from a; drop table a'], ['alter table a add b int; alter table a drop b'], ['alter table a alter b type text'], ['alter table a alter b type varchar(200)'], ['drop index i; drop view v; alter table a drop constraint c'],
  ['alter table a rename b to c; alter table a rename to d'], ['insert into a values (1)'], ['insert into a values (1) on conflict do nothing'], ['create table n (id int); insert into n select * from a; drop table a; alter table n rename to a', 'sqlite'],
])('can be taken back: %j', (up, dialect: Dialect = 'postgres') => expect(reasons(up, dialect)).toEqual([]));

describe('the sections of a file', () => {
  test('are what dbmate takes them for', () => {
    expect(sectionsOf('m', 'p', '-- made by ada\n\n-- migrate:up transaction:false\na;\n\n-- migrate:down\nb;\n')).toEqual({
      name: 'm', up: { path: 'p', text: '\na;\n\n', firstLine: 3, road: 'message' }, down: { path: 'p', text: '\nb;\n', firstLine: 6, road: 'transaction' },
    });
    expect(sectionsOf('m', 'p', '--migrate:up\r\na;')).toMatchObject({ up: { firstLine: 1, road: 'transaction' }, down: undefined });
  });
  test.each([['a;', 'of no section'], ['-- migrate:down\n-- migrate:up', 'down, up'], ['-- migrate:up\n-- migrate:up', 'up, up'], ['-- migrate:up\n-- migrate:down\n-- migrate:up', 'up, down, up'], ['-- migrate:up transaction:no', 'transaction:no'], ['-- migrate:up fast', 'fast']])('are refused: %j', (text, named) => {
    expect(() => sectionsOf('m', 'db/m.sql', text)).toThrow(named);
  });
});
