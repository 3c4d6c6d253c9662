import type { Act } from './act.ts';
import { referencedBy } from './read-column.ts';
import { hasWords, listOf, sayingOf, type Reader } from './reader.ts';
import type { Token } from './token.ts';

/** What follows CREATE. */
export function readCreate(reader: Reader, tokens: readonly Token[]): Act {
  reader.take('OR', 'REPLACE');
  const isTemporary = reader.takeOne('TEMPORARY', 'TEMP', 'GLOBAL TEMPORARY', 'LOCAL TEMPORARY') !== undefined;
  reader.takeOne('UNLOGGED', 'FOREIGN');
  if (reader.takeOne('TABLE', 'MATERIALIZED VIEW', 'VIEW', 'VIRTUAL TABLE') !== undefined) return readCreateTable(reader, isTemporary);
  reader.takeOne('ONLINE', 'OFFLINE');
  const type = reader.takeOne('UNIQUE', 'FULLTEXT', 'SPATIAL');
  if (reader.take('INDEX')) return readCreateIndex(reader, type ?? 'INDEX');
  reader.take('CONSTRAINT');
  if (reader.is('TRIGGER')) return { kind: 'trigger', isDropped: false, table: triggeredBy(reader) };
  return { kind: 'other', verb: sayingOf(tokens.slice(0, 2)).toUpperCase() };
}

function readCreateTable(reader: Reader, isTemporary: boolean): Act {
  reader.take('IF', 'NOT', 'EXISTS');
  const table = reader.name() ?? '';
  const partitionOf = reader.take('PARTITION', 'OF') ? reader.name() : undefined;
  const references = listOf(reader.group()).flatMap((part) => referencedBy(part) ?? []);
  return { kind: 'create-table', table, isTemporary, references, partitionOf };
}

function readCreateIndex(reader: Reader, type: string): Act {
  const isConcurrent = reader.take('CONCURRENTLY');
  const isIfNotExists = reader.take('IF', 'NOT', 'EXISTS');
  const index = reader.is('ON') ? undefined : reader.name();
  reader.until('ON');
  reader.take('ON');
  reader.take('ONLY');
  const table = reader.name() ?? '';
  const rest = reader.rest();
  return { kind: 'create-index', table, index, isConcurrent, isIfNotExists, type, options: ['COPY', 'SHARED', 'EXCLUSIVE', 'INPLACE', 'INSTANT', 'NOCOPY', 'NONE'].filter((word) => hasWords(rest, word)) };
}

function triggeredBy(reader: Reader): string {
  reader.until('ON');
  return reader.take('ON') ? reader.name() ?? '' : '';
}
