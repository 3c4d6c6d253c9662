import type { Act, Thing } from './act.ts';
import { readAlterTable } from './read-alter.ts';
import { readCreate } from './read-create.ts';
import { hasWords, listOf, readerOf, sayingOf, type Reader } from './reader.ts';
import { wordOf, type Token } from './token.ts';

/** What a statement does; several where one of its parts writes too, as in WITH x AS (DELETE …). */
export function readActs(tokens: readonly Token[]): readonly Act[] {
  const reader = readerOf(tokens);
  const verb = wordOf(reader.next());
  switch (verb) {
    case 'CREATE': return [readCreate(reader, tokens)];
    case 'ALTER': return [readAlter(reader)];
    case 'DROP': return [readDrop(reader)];
    case 'UPDATE':
    case 'DELETE': return [readWrite(tokens)];
    case 'WITH': return [...writesWithin(tokens), ...readActs(afterWith(tokens))];
    case 'INSERT':
    case 'REPLACE': return [readInsert(reader, verb, tokens)];
    default: return [readOther(reader, verb, tokens)];
  }
}

function readOther(reader: Reader, verb: string, tokens: readonly Token[]): Act {
  switch (verb) {
    case 'TRUNCATE': return readTruncate(reader);
    case 'RENAME': return reader.take('TABLE') ? { kind: 'rename-table', table: reader.name() ?? '', to: reader.take('TO') ? reader.name() ?? '' : '' } : { kind: 'other', verb };
    case 'MERGE': return { kind: 'insert', table: reader.take('INTO') ? reader.name() ?? '' : '', from: undefined, replaces: true };
    case 'REINDEX': return readReindex(reader);
    case 'REFRESH': {
      reader.take('MATERIALIZED', 'VIEW');
      return { kind: 'refresh', isConcurrent: reader.take('CONCURRENTLY'), name: reader.name() ?? '' };
    }
    case 'CLUSTER': return { kind: 'rewrite', how: 'CLUSTER', table: reader.name() ?? '' };
    case 'VACUUM': return readVacuum(tokens);
    case 'OPTIMIZE': return { kind: 'rewrite', how: 'OPTIMIZE TABLE', table: reader.takeOne('TABLE', 'LOCAL TABLE') === undefined ? '' : reader.name() ?? '' };
    case 'LOCK': return readLock(reader, tokens);
    case 'DO': return { kind: 'block', body: bodyOf(tokens) };
    case 'SET':
    case 'RESET':
    case 'PRAGMA': return readSetting(reader, verb);
    default: return readTransaction(reader, verb);
  }
}

function readAlter(reader: Reader): Act {
  if (reader.take('TYPE')) return readAlterType(reader);
  reader.takeOne('ONLINE IGNORE', 'ONLINE', 'IGNORE', 'FOREIGN');
  if (reader.take('TABLE')) return readAlterTable(reader);
  const thing = reader.takeOne('MATERIALIZED VIEW', 'VIEW', 'SEQUENCE');
  if (thing === undefined) return { kind: 'other', verb: 'ALTER' };
  reader.take('IF', 'EXISTS');
  const name = reader.name() ?? '';
  return thing !== 'SEQUENCE' && reader.take('RENAME', 'TO') ? { kind: 'rename-table', table: name, to: reader.name() ?? '' } : { kind: 'other', verb: 'ALTER' };
}

function readAlterType(reader: Reader): Act {
  const type = reader.name() ?? '';
  if (reader.take('ADD', 'VALUE')) {
    reader.take('IF', 'NOT', 'EXISTS');
    return { kind: 'enum', type, added: reader.next()?.text, renamed: undefined };
  }
  return reader.take('RENAME', 'VALUE') ? { kind: 'enum', type, added: undefined, renamed: reader.next()?.text } : { kind: 'other', verb: 'ALTER TYPE' };
}

const THINGS: Readonly<Record<string, Thing>> = {
  'TABLE': 'table', 'TEMPORARY TABLE': 'other', 'FOREIGN TABLE': 'table', 'VIEW': 'view', 'MATERIALIZED VIEW': 'materialized view', 'INDEX': 'index', 'SCHEMA': 'schema', 'DATABASE': 'database', 'TYPE': 'type', 'OWNED BY': 'owned',
};

function readDrop(reader: Reader): Act {
  const what = reader.takeOne(...Object.keys(THINGS));
  if (what === undefined && reader.take('TRIGGER')) {
    reader.until('ON');
    return { kind: 'trigger', isDropped: true, table: reader.take('ON') ? reader.name() ?? '' : '' };
  }
  const isConcurrent = reader.take('CONCURRENTLY');
  reader.take('IF', 'EXISTS');
  const rest = reader.rest();
  const names = listOf(rest).flatMap((part) => readerOf(part).name() ?? []);
  const on = readerOf(rest);
  on.until('ON');
  return { kind: 'drop', thing: what === undefined ? 'other' : THINGS[what] as Thing, isConcurrent, isCascading: hasWords(rest, 'CASCADE'), names: on.take('ON') ? [`${names[0]}`, on.name() ?? ''] : names };
}

function readWrite(tokens: readonly Token[]): Act {
  const reader = readerOf(tokens);
  const verb = wordOf(reader.next()) === 'UPDATE' ? 'update' : 'delete';
  while (reader.takeOne('LOW_PRIORITY', 'QUICK', 'IGNORE', 'FROM', 'ONLY') !== undefined);
  if (reader.take('OR')) reader.next();
  const table = reader.name() ?? '';
  return { kind: 'write', verb, table, isBounded: isBounded(reader.rest()) };
}

// WHERE that is always true bounds nothing.
function isBounded(tokens: readonly Token[]): boolean {
  const reader = readerOf(tokens);
  reader.until('WHERE', 'LIMIT');
  if (reader.take('LIMIT')) return true;
  return reader.take('WHERE') && !/^\(*(?:true|1|1 = 1|'1' = '1')\)*$/.test(sayingOf(reader.until('RETURNING', 'ORDER')));
}

function writesWithin(tokens: readonly Token[]): readonly Act[] {
  return tokens.flatMap((token, at) => {
    const isWrite = wordOf(tokens[at - 1]) === '(' && ['UPDATE', 'DELETE'].includes(wordOf(token));
    return isWrite ? [readWrite(readerOf(tokens.slice(at - 1)).group())] : [];
  });
}

function afterWith(tokens: readonly Token[]): readonly Token[] {
  const reader = readerOf(tokens.slice(1));
  reader.until('SELECT', 'INSERT', 'UPDATE', 'DELETE', 'MERGE', 'VALUES');
  return reader.rest();
}

function readInsert(reader: Reader, verb: string, tokens: readonly Token[]): Act {
  while (reader.takeOne('IGNORE', 'LOW_PRIORITY', 'DELAYED', 'HIGH_PRIORITY') !== undefined);
  const orElse = reader.take('OR') ? wordOf(reader.next()) : '';
  reader.take('INTO');
  const table = reader.name() ?? '';
  const rest = reader.rest();
  const select = readerOf(rest);
  select.until('SELECT');
  select.until('FROM');
  const replaces = verb === 'REPLACE' || orElse === 'REPLACE' || hasWords(tokens, 'DO', 'UPDATE') || hasWords(tokens, 'DUPLICATE', 'KEY', 'UPDATE');
  return { kind: 'insert', table, replaces, from: select.take('FROM') ? select.name() : undefined };
}

function readTruncate(reader: Reader): Act {
  reader.take('TABLE');
  reader.take('ONLY');
  const rest = reader.rest();
  return { kind: 'truncate', tables: listOf(rest).flatMap((part) => readerOf(part).name() ?? []), isCascading: hasWords(rest, 'CASCADE') };
}

function readReindex(reader: Reader): Act {
  const options = reader.group();
  const what = reader.takeOne('INDEX', 'TABLE', 'SCHEMA', 'DATABASE', 'SYSTEM');
  const isConcurrent = reader.take('CONCURRENTLY') || hasWords(options, 'CONCURRENTLY');
  return { kind: 'reindex', isConcurrent, name: `${what?.toLowerCase() ?? 'index'} ${reader.name() ?? ''}` };
}

function readVacuum(tokens: readonly Token[]): Act {
  const reader = readerOf(tokens.slice(1));
  const isFull = hasWords(reader.group(), 'FULL') || reader.take('FULL');
  while (reader.takeOne('FREEZE', 'VERBOSE', 'ANALYZE') !== undefined);
  return isFull ? { kind: 'rewrite', how: 'VACUUM FULL', table: reader.name() ?? '' } : { kind: 'vacuum' };
}

function readLock(reader: Reader, tokens: readonly Token[]): Act {
  reader.takeOne('TABLES', 'TABLE');
  reader.take('ONLY');
  const tables = listOf(reader.until('IN')).flatMap((part) => readerOf(part).name() ?? []);
  const mode = reader.take('IN') ? sayingOf(reader.until('MODE')) : hasWords(tokens, 'READ') ? 'share' : 'access exclusive';
  return { kind: 'lock', tables, mode };
}

function bodyOf(tokens: readonly Token[]): string | undefined {
  const text = tokens.find(({ kind }) => kind === 'string')?.text;
  const tag = text === undefined ? undefined : /^\$[^$]*\$/.exec(text)?.[0] ?? "'";
  return tag === undefined ? undefined : text?.slice(tag.length, -tag.length);
}

function readSetting(reader: Reader, verb: string): Act {
  reader.takeOne('LOCAL', 'SESSION', 'GLOBAL', 'STATEMENT');
  const name = (reader.name() ?? '').replace(/^@@/, '').replace(/^session\./, '');
  reader.takeOne('=', 'TO', ':');
  reader.take('=');
  const value = sayingOf(reader.until(',')).replaceAll(/^'|'$/g, '').replaceAll(/^\(|\)$/g, '');
  return { kind: 'set', name, value: verb === 'RESET' ? 'default' : value };
}

function readTransaction(reader: Reader, verb: string): Act {
  if (verb === 'BEGIN' && reader.is('NOT')) return { kind: 'block', body: undefined };
  if (verb === 'BEGIN' || (verb === 'START' && reader.is('TRANSACTION'))) return { kind: 'transaction', verb: 'begin' };
  if (verb === 'COMMIT' || verb === 'END') return { kind: 'transaction', verb: 'commit' };
  if (verb === 'ABORT' || (verb === 'ROLLBACK' && !reader.is('TO') && !reader.is('TRANSACTION', 'TO') && !reader.is('WORK', 'TO'))) return { kind: 'transaction', verb: 'rollback' };
  return { kind: 'other', verb };
}
