import { expect, test } from '@jest/globals';
import { UserError } from '#shared/core/errors';
import { command } from './command.ts';
import { sql } from './sql.ts';

const inFolder = { database: 'postgres', directory: 'db/migrations', options: {} } as const;

test('sql: the status of dbmate, and what only the database knows', () => {
  const printed = '[X] 001_users.sql\n[ ] 003_it\'s odd.sql\n001\n002\n';
  expect(sql.parseStatus(printed, inFolder)).toEqual({
    applied: [{ name: '001_users.sql', file: 'db/migrations/001_users.sql' }], pending: [{ name: '003_it\'s odd.sql', file: 'db/migrations/003_it\'s odd.sql' }], unknown: ['002'],
  });
  expect(() => sql.parseStatus('Error: something\n', inFolder)).toThrow(UserError);
  // dbmate takes the second for applied once the first is.
  expect(() => sql.parseStatus('[X] 001_users.sql\n[X] 001_orders.sql\n001\n', inFolder)).toThrow('001_users.sql and 001_orders.sql are of one version');
});

test('sql: each migration is run alone, and its name is data', () => {
  const [call] = sql.apply(inFolder, [{ name: '-rf $(x).sql' }]);
  expect(call?.script).toContain('cp \'./db/migrations/-rf $(x).sql\' "$ROOM/alone/"');
  expect(call?.script).toMatch(/--migrations-dir "\$ROOM\/alone" migrate$/);
});

test('sql: a file is read as its two sections', () => {
  expect(sql.read?.({ name: '1.sql', file: 'm/1.sql' }, '-- migrate:up\nselect 1;\n-- migrate:down\n')).toMatchObject({ name: '1.sql', up: { path: 'm/1.sql', text: '\nselect 1;\n' } });
});

test('command: a line a migration', () => {
  const setup = { ...inFolder, options: { status: 'list', apply: 'go', undo: '' } };
  expect(command.parseStatus('applied a\npending b c\tdb/b.sql\n', setup)).toEqual({ applied: [{ name: 'a' }], pending: [{ name: 'b c', file: 'db/b.sql' }], unknown: [] });
  expect(() => command.parseStatus('done a\n', setup)).toThrow('neither "applied NAME" nor "pending NAME"');
  expect(command.apply(setup, [{ name: 'a' }, { name: 'b' }])).toEqual([{ title: 'a, b', script: 'sh -e -c go' }]);
  expect(() => command.undo?.(setup, [{ name: 'a' }])).toThrow('cannot be taken back');
  expect(command.undo?.({ ...setup, options: { ...setup.options, undo: 'back' } }, [{ name: 'b' }, { name: 'a' }])).toEqual([{ title: 'b, a', script: "export 'MIGRATIONS=b\na'\nsh -e -c back" }]);
});
