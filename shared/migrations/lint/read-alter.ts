import type { Act, Change } from './act.ts';
import { readColumn, readConstraint } from './read-column.ts';
import { listOf, readerOf, sayingOf, type Reader } from './reader.ts';
import { wordOf, type Token } from './token.ts';

/** What follows ALTER TABLE: the table, and each change of it. */
export function readAlterTable(reader: Reader): Act {
  reader.take('IF', 'EXISTS');
  reader.take('ONLY');
  const table = reader.name() ?? '';
  reader.take('*');
  if (reader.take('WAIT')) reader.next();
  reader.take('NOWAIT');
  reader.take(',');
  return { kind: 'alter-table', table, changes: listOf(reader.rest()).flatMap(readChanges) };
}

function readChanges(tokens: readonly Token[]): readonly Change[] {
  const reader = readerOf(tokens);
  const verb = reader.takeOne('ADD', 'ALTER', 'DROP', 'RENAME', 'MODIFY', 'CHANGE', 'VALIDATE CONSTRAINT', 'ATTACH PARTITION', 'DETACH PARTITION', 'ALGORITHM', 'LOCK', 'SET', 'CONVERT TO');
  switch (verb) {
    case 'ADD': return readAdd(reader, tokens);
    case 'ALTER': return [readAlterColumn(reader, tokens)];
    case 'DROP': return [readDrop(reader, tokens)];
    case 'RENAME': return [readRename(reader)];
    case 'MODIFY':
    case 'CHANGE': return [readModify(reader, verb, tokens)];
    case 'VALIDATE CONSTRAINT': return [{ kind: 'validate', name: reader.name() ?? '' }];
    case 'ATTACH PARTITION': return [{ kind: 'attach-partition', name: reader.name() ?? '' }];
    case 'DETACH PARTITION': return [{ kind: 'detach-partition', name: reader.name() ?? '', isConcurrent: reader.take('CONCURRENTLY') }];
    case 'ALGORITHM':
    case 'LOCK': {
      reader.take('=');
      const option: Change = { kind: 'option', name: verb, value: wordOf(reader.next()) };
      return [option, ...(reader.isDone ? [] : readChanges(reader.rest()))]; // PARTITION BY stands behind without a comma
    }
    case 'CONVERT TO': return [{ kind: 'rewrite', how: 'CONVERT TO CHARACTER SET' }];
    case 'SET': return [readSet(reader)];
    default: return [readRest(tokens)];
  }
}

function readAdd(reader: Reader, tokens: readonly Token[]): readonly Change[] {
  const constraint = readConstraint(tokens.slice(1));
  if (constraint !== undefined) return [{ kind: 'add-constraint', constraint }];
  const index = reader.takeOne('FULLTEXT', 'SPATIAL', 'INDEX', 'KEY');
  if (index !== undefined) return [{ kind: 'add-index', type: index }];
  if (reader.is('PARTITION')) return [{ kind: 'brief', how: 'ADD PARTITION' }];
  reader.take('COLUMN');
  reader.take('IF', 'NOT', 'EXISTS');
  const definitions = reader.is('(') ? listOf(reader.group()) : [reader.rest()];
  return definitions.map((definition) => {
    const column = readColumn(definition);
    return column === undefined ? unknown(tokens) : { kind: 'add-column', column };
  });
}

function readAlterColumn(reader: Reader, tokens: readonly Token[]): Change {
  if (reader.is('INDEX') || reader.is('CONSTRAINT') || reader.is('CHECK')) return { kind: 'brief', how: sayingOf(tokens.slice(0, 2)) };
  reader.take('COLUMN');
  const name = reader.name() ?? '';
  if (reader.takeOne('SET DATA TYPE', 'TYPE') !== undefined) {
    const type = sayingOf(reader.until('USING', 'COLLATE'));
    reader.until('USING');
    return { kind: 'change-type', name, type, isComputed: reader.take('USING') };
  }
  if (reader.take('SET', 'NOT', 'NULL')) return { kind: 'set-not-null', name };
  if (reader.is('SET', 'EXPRESSION')) return { kind: 'rewrite', how: 'SET EXPRESSION' };
  if (reader.is('ADD', 'GENERATED') || reader.is('SET') || reader.is('DROP') || reader.is('RESET') || reader.is('RESTART')) return { kind: 'brief', how: sayingOf(reader.rest().slice(0, 2)).toUpperCase() };
  return unknown(tokens);
}

function readDrop(reader: Reader, tokens: readonly Token[]): Change {
  const of = reader.takeOne('CONSTRAINT', 'FOREIGN KEY', 'INDEX', 'KEY', 'PRIMARY KEY', 'CHECK', 'PARTITION', 'PERIOD', 'SYSTEM VERSIONING', 'COLUMN');
  reader.take('IF', 'EXISTS');
  const name = reader.name() ?? '';
  switch (of) {
    case 'CONSTRAINT':
    case 'FOREIGN KEY':
    case 'CHECK': return { kind: 'drop-constraint', name };
    case 'INDEX':
    case 'KEY': return { kind: 'brief', how: 'DROP INDEX' };
    case 'PRIMARY KEY': return { kind: 'rewrite', how: 'DROP PRIMARY KEY' };
    case 'PARTITION':
    case 'PERIOD':
    case 'SYSTEM VERSIONING': return { kind: 'unknown', how: `DROP ${of}` };
    default: return name === '' ? unknown(tokens) : { kind: 'drop-column', name };
  }
}

function readRename(reader: Reader): Change {
  if (reader.takeOne('TO', 'AS') !== undefined) return { kind: 'rename-table', to: reader.name() ?? '' };
  if (reader.takeOne('CONSTRAINT', 'INDEX', 'KEY') !== undefined) return { kind: 'brief', how: 'RENAME CONSTRAINT' };
  reader.take('COLUMN');
  const name = reader.name() ?? '';
  if (reader.take('TO')) return { kind: 'rename-column', name, to: reader.name() ?? '' };
  return { kind: 'rename-table', to: name }; // MySQL takes RENAME without TO
}

function readModify(reader: Reader, verb: 'MODIFY' | 'CHANGE', tokens: readonly Token[]): Change {
  reader.take('COLUMN');
  reader.take('IF', 'EXISTS');
  const was = verb === 'CHANGE' ? reader.name() : undefined;
  const column = readColumn(reader.rest());
  return column === undefined ? unknown(tokens) : { kind: 'modify-column', column, was: was ?? column.name };
}

const REWRITING = ['LOGGED', 'UNLOGGED', 'TABLESPACE', 'ACCESS METHOD'];

function readSet(reader: Reader): Change {
  const how = reader.takeOne(...REWRITING);
  if (how !== undefined) return { kind: 'rewrite', how: `SET ${how}` };
  if (reader.take('SCHEMA')) return { kind: 'rename-table', to: `${reader.name() ?? ''}.` };
  return { kind: 'brief', how: reader.is('(') ? 'SET (…)' : 'SET' };
}

const BRIEF = ['ENABLE', 'DISABLE', 'OWNER', 'CLUSTER', 'RESET', 'REPLICA', 'INHERIT', 'NO', 'NOT', 'FORCE ROW', 'COMMENT', 'AUTO_INCREMENT', 'DEFAULT', 'OF', 'STATS_PERSISTENT', 'STATS_AUTO_RECALC'];
// Of MySQL's table options, those that build the table anew.
const REBUILDING = ['ENGINE', 'FORCE', 'ROW_FORMAT', 'KEY_BLOCK_SIZE', 'ORDER BY', 'PARTITION BY', 'REMOVE PARTITIONING', 'REORGANIZE PARTITION', 'COALESCE PARTITION', 'CHARACTER SET', 'PAGE_COMPRESSED', 'ENCRYPTED', 'ENCRYPTION', 'ADD SYSTEM'];

function readRest(tokens: readonly Token[]): Change {
  const reader = readerOf(tokens);
  const brief = reader.takeOne(...BRIEF);
  if (brief !== undefined) return { kind: 'brief', how: sayingOf(tokens.slice(0, 2)).toUpperCase() };
  const rebuilding = reader.takeOne(...REBUILDING);
  return rebuilding === undefined ? unknown(tokens) : { kind: 'rewrite', how: rebuilding };
}

function unknown(tokens: readonly Token[]): Change {
  return { kind: 'unknown', how: sayingOf(tokens.slice(0, 3)) };
}
