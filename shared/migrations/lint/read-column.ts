import type { Column, Constraint, ConstraintKind } from './act.ts';
import { hasWords, readerOf, sayingOf } from './reader.ts';
import { wordOf, type Token } from './token.ts';

// What ends the type of a column, and each of its constraints.
const CLAUSES = [
  'NOT', 'NULL', 'DEFAULT', 'CONSTRAINT', 'CHECK', 'UNIQUE', 'PRIMARY', 'KEY', 'REFERENCES', 'GENERATED', 'AS', 'COLLATE', 'AUTO_INCREMENT', 'AUTOINCREMENT', 'COMMENT', 'FIRST', 'AFTER', 'ON',
  'USING', 'DEFERRABLE', 'INITIALLY', 'STORAGE', 'COMPRESSION', 'VIRTUAL', 'STORED', 'PERSISTENT', 'INVISIBLE', 'VISIBLE',
];

/** A column's definition: name, type and constraints; undefined where no name is. */
export function readColumn(tokens: readonly Token[]): Column | undefined {
  const reader = readerOf(tokens);
  const name = reader.name();
  if (name === undefined) return undefined;
  const type = sayingOf(reader.until(...CLAUSES));
  const clauses: (readonly Token[])[] = [];
  while (!reader.isDone) {
    const head = reader.next() as Token;
    clauses.push([head, ...reader.until(...CLAUSES)]);
  }
  const heads = clauses.map(([head]) => wordOf(head));
  const clauseOf = (word: string): readonly Token[] | undefined => clauses[heads.indexOf(word)]?.slice(1);
  const preset = presetOf(clauses, heads);
  return {
    name, type, preset, isNotNull: clauses.some((clause, at) => wordOf(clause[0]) === 'NOT' && clause.length === 1 && heads[at + 1] === 'NULL'), isUnique: heads.includes('UNIQUE'), isPrimary: heads.includes('PRIMARY'), isChecked: heads.includes('CHECK'),
    references: readerOf(clauseOf('REFERENCES') ?? []).name(), generated: generationOf(type, heads, clauses),
  };
}

// `DEFAULT NULL` is none; `DEFAULT (x) NOT NULL` ends at NOT. A default may begin with a word that ends other clauses: NULL.
function presetOf(clauses: readonly (readonly Token[])[], heads: readonly string[]): readonly Token[] | undefined {
  const at = heads.findIndex((head, index) => head === 'DEFAULT' && heads[index - 1] !== 'GENERATED');
  if (at === -1) return undefined;
  const preset = clauses[at]?.slice(1) ?? [];
  return preset.length === 0 || (preset.length === 1 && wordOf(preset[0]) === 'NULL') ? undefined : preset;
}

const SERIALS = ['serial', 'bigserial', 'smallserial', 'serial4', 'serial8', 'serial2'];

function generationOf(type: string, heads: readonly string[], clauses: readonly (readonly Token[])[]): Column['generated'] {
  if (SERIALS.includes(type) || heads.includes('AUTO_INCREMENT') || clauses.some((clause) => hasWords(clause, 'IDENTITY'))) return 'identity';
  if (heads.includes('STORED') || heads.includes('PERSISTENT')) return 'stored';
  return heads.includes('AS') ? 'virtual' : undefined;
}

const KINDS: Readonly<Record<string, ConstraintKind>> = { CHECK: 'check', FOREIGN: 'foreign key', UNIQUE: 'unique', PRIMARY: 'primary key', EXCLUDE: 'exclude' };

/** A table's constraint, `CONSTRAINT name CHECK (…) NOT VALID`; undefined where the tokens are none. */
export function readConstraint(tokens: readonly Token[]): Constraint | undefined {
  const reader = readerOf(tokens);
  const isNamed = reader.take('CONSTRAINT');
  const name = isNamed && KINDS[wordOf(tokens[1])] === undefined ? reader.name() : undefined;
  const kind = KINDS[wordOf(reader.next())];
  if (kind === undefined) return undefined;
  const rest = reader.rest();
  return {
    name, kind, isLater: hasWords(rest, 'NOT', 'VALID'), usesIndex: hasWords(rest, 'USING', 'INDEX') && !hasWords(rest, 'USING', 'INDEX', 'TABLESPACE'), notNull: kind === 'check' ? notNullOf(rest) : undefined,
    references: kind === 'foreign key' ? referencedBy(rest) : undefined,
  };
}

/** The table that a REFERENCES among these tokens names. */
export function referencedBy(tokens: readonly Token[]): string | undefined {
  const reader = readerOf(tokens);
  reader.until('REFERENCES');
  return reader.take('REFERENCES') ? reader.name() : undefined;
}

// CHECK (x IS NOT NULL), in as many parentheses as anybody likes.
function notNullOf(tokens: readonly Token[]): string | undefined {
  let inner = readerOf(tokens).group();
  while (wordOf(inner[0]) === '(') inner = readerOf(inner).group();
  const reader = readerOf(inner);
  const name = reader.name();
  return name !== undefined && reader.take('IS', 'NOT', 'NULL') && reader.isDone ? name : undefined;
}
