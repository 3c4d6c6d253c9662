import { describe, expect, test } from '@jest/globals';
import { needsFull } from '#shared/testing/equipment';
import { scrambled, seeded, truncated, type Random } from '#shared/testing/mutations';
import { databaseOf, type Dialect } from './dialect.ts';
import { irreversibleOf } from './irreversible.ts';
import { lint } from './lint.ts';
import { statementsOf } from './statement.ts';
import { tokensOf } from './token.ts';

const DIALECTS: readonly Dialect[] = ['postgres', 'mysql', 'mariadb', 'sqlite'];
// Whatever begins or ends something somewhere, and a little that does not.
const PIECES = [
  "'", '"', '`', '[', ']', '$', '$$', '$x$', '$1', '\\', "\\'", "''", "E'", '--', '-- ', '#', '/*', '*/', '/*!50001', '/*M!', '\n', ' ', '\t', '\0', '\ufeff', ';', '(', ')', ',', '.', '=', 'DELIMITER //\n', '//', '\nDELIMITER ;\n',
  'CREATE TRIGGER t ', 'CREATE RULE r ', ' BEGIN ', ' END ', ' END IF', ' CASE ', 'ALTER TABLE t ', 'ADD COLUMN ', 'DROP ', 'UPDATE t SET ', ' WHERE ', 'DO ', 'WITH x AS (', 'é', '😀', '1e5', 'a', '-- slipway: allow drop-table: no\n', 'BEGIN;',
];

const made = (random: Random): string => Array.from({ length: 1 + random(30) }, () => PIECES[random(PIECES.length)]).join('');

function expectWhole(text: string, dialect: Dialect): void {
  const tokens = tokensOf(text, dialect);
  expect(tokens.map((token) => token.text).join('')).toBe(text);
  expect(tokens.every(({ at, text: piece }) => piece.length > 0 && text.startsWith(piece, at))).toBe(true);
  const statements = statementsOf(text, dialect);
  expect(statements.flatMap(({ tokens: own }) => own).every((token, index) => token.text === tokens[index]?.text)).toBe(true);
  const lines = text.split('\n').length;
  expect(statements.every(({ line, lastLine }) => line >= 1 && line <= lastLine && lastLine <= lines)).toBe(true);
  const migration = { name: 'm', up: { path: 'm.sql', text, firstLine: 1, road: 'transaction' as const }, down: undefined };
  expect(lint([migration], { database: databaseOf(dialect) }).every(({ message, line }) => /^[^\n]+\.$/.test(message) && (line ?? 0) <= lines)).toBe(true);
  expect(irreversibleOf([migration], databaseOf(dialect)).length).toBeGreaterThan(0);
}

describe.each(DIALECTS)('%s: not a letter is lost', (dialect) => {
  test.each([['', 0], ['a', 1], ['a;b', 2], [';;', 2], ['-- a;b\nc', 1], ["'a;b';", 1]])('of %j', (text, count) => {
    expectWhole(text, dialect);
    expect(statementsOf(text, dialect)).toHaveLength(count);
  });
  test('of what chance puts together', () => {
    const random = seeded(1);
    for (let count = 0; count < 400; count += 1) expectWhole(made(random), dialect);
  });
  test('of what is damaged', () => {
    const random = seeded(2);
    const sound = "-- x\nCREATE TABLE t (a int DEFAULT 'it''s', \"b;\" text);\nALTER TABLE t ADD COLUMN c text DEFAULT $x$;$x$, DROP COLUMN d;\nUPDATE t SET a = (SELECT 1 /* ; */) WHERE b;\nDO $$ BEGIN IF a THEN DROP TABLE t; END IF; END $$;\n";
    for (let count = 0; count < 200; count += 1) expectWhole(count % 2 === 0 ? truncated(sound, random) : scrambled(sound, random).toString(), dialect);
  });
  needsFull()('of 100,000 more', () => {
    const random = seeded(3);
    for (let count = 0; count < 100_000; count += 1) expectWhole(made(random), dialect);
  });
});

test.each([['statements', "insert into t values ('it''s', 2);\n", 15_000], ['quotes', "''", 250_000], ['openings', '/*', 250_000], ['parentheses', '(', 300_000], ['dollars', '$', 500_000]])('500 KB of %s take a moment', (_, piece, count) => {
  const from = performance.now();
  expect(statementsOf(`'${piece.repeat(count)}`.slice(piece === "''" ? 0 : 1), 'postgres').length).toBeGreaterThan(0);
  expect(performance.now() - from).toBeLessThan(10_000);
});
