import { isSince, type Database } from './dialect.ts';
import { wordOf, type Token } from './token.ts';

// Functions of PostgreSQL that give every row of one statement the same value: the new column's value is then kept once, beside the table.
// https://www.postgresql.org/docs/current/xfunc-volatility.html
const STEADY = new Set([
  'NOW', 'CURRENT_TIMESTAMP', 'TRANSACTION_TIMESTAMP', 'STATEMENT_TIMESTAMP', 'LOCALTIMESTAMP', 'CURRENT_TIME', 'LOCALTIME', 'CURRENT_SETTING', 'CURRENT_DATABASE', 'CURRENT_SCHEMA', 'TIMEZONE', 'DATE_TRUNC',
  'EXTRACT', 'DATE_PART', 'MAKE_DATE', 'MAKE_INTERVAL', 'MAKE_TIMESTAMPTZ', 'TO_TIMESTAMP', 'TO_DATE', 'TO_CHAR', 'LOWER', 'UPPER', 'MD5', 'CONCAT', 'LENGTH', 'COALESCE', 'NULLIF', 'GREATEST', 'LEAST',
  'CAST', 'JSONB_BUILD_OBJECT', 'JSON_BUILD_OBJECT', 'JSONB_BUILD_ARRAY', 'JSON_BUILD_ARRAY', 'TO_JSONB', 'ABS', 'ROUND', 'FLOOR', 'CEIL', 'POWER', 'ARRAY', 'DECODE', 'ENCODE', 'REPEAT', 'TO_TSVECTOR', 'INT4RANGE',
  'TSTZRANGE', 'DATERANGE', 'NUMRANGE',
]);
// What stands before parentheses and is a type, as in 'x'::varchar(20).
const TYPES = new Set(['VARCHAR', 'CHARACTER', 'VARYING', 'CHAR', 'NUMERIC', 'DECIMAL', 'TIMESTAMP', 'TIMESTAMPTZ', 'TIME', 'BIT', 'INTERVAL', 'FLOAT', 'BPCHAR']);

/** A function within a default that may give each row another value, so that PostgreSQL has to write every row; undefined where none does. */
export function fickleFunction(preset: readonly Token[]): string | undefined {
  return preset.find((token, at) => {
    const isCall = (token.kind === 'word' || token.kind === 'name') && wordOf(preset[at + 1]) === '(';
    const name = token.text.toUpperCase();
    return isCall && !STEADY.has(name) && !TYPES.has(name);
  })?.text;
}

/** Why PostgreSQL writes every row for a column with this default, or undefined where it need not. */
export function whyRewritten(preset: readonly Token[] | undefined, database: Database): string | undefined {
  if (preset === undefined) return undefined;
  if (!isSince(database, [11])) return 'before PostgreSQL 11 any default is written into every row';
  const fickle = fickleFunction(preset);
  return fickle === undefined ? undefined : `${fickle}() may give each row another value`;
}
