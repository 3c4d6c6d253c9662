import type { Dialect } from './dialect.ts';
import { isSpoken, tokensOf, wordOf, type Token } from './token.ts';

/** One SQL statement. */
export interface Statement {
  /** All its pieces: comments before it, and what ends it. */
  readonly tokens: readonly Token[];
  /** Those that say something. */
  readonly spoken: readonly Token[];
  /** Where its first word and its last piece stand, in lines from 1. */
  readonly line: number;
  readonly lastLine: number;
}

/** SQL as statements; the last piece holds what follows the last of them, and then has nothing spoken. */
export function statementsOf(text: string, dialect: Dialect, firstLine = 1): readonly Statement[] {
  const lineAt = lineFinder(text, firstLine);
  return grouped(tokensOf(text, dialect)).map((tokens) => {
    const spoken = tokens.filter(isSpoken);
    const last = tokens.findLast(({ kind }) => kind !== 'space') as Token;
    return { tokens, spoken, line: lineAt(spoken[0]?.at ?? tokens[0]?.at ?? 0), lastLine: lineAt((last ?? tokens[0]).at + (last ?? tokens[0]).text.length - 1) };
  });
}

/** In which line a character stands, the first being `firstLine`. */
export function lineFinder(text: string, firstLine = 1): (at: number) => number {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  return (at) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] as number) < at) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}

function grouped(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const groups: Token[][] = [];
  let [group, body] = [[] as Token[], createBody()];
  for (const token of tokens) {
    group.push(token);
    if (isSpoken(token)) body.add(token);
    if (token.kind !== 'end' || !body.isClosed()) continue;
    groups.push(group);
    [group, body] = [[], createBody()];
  }
  return group.length === 0 ? groups : [...groups, group];
}

const ROUTINES = ['FUNCTION', 'PROCEDURE', 'TRIGGER', 'EVENT', 'PACKAGE'];
// What a CREATE may make besides, so that a table named event is none.
const OTHERS = ['TABLE', 'VIEW', 'INDEX', 'TYPE', 'DOMAIN', 'SEQUENCE', 'SCHEMA', 'DATABASE', 'EXTENSION', 'USER', 'ROLE', 'POLICY', 'AGGREGATE', 'OPERATOR', 'CAST', 'SERVER', 'STATISTICS'];
const BLOCKS = ['IF', 'LOOP', 'WHILE', 'REPEAT', 'FOR'];

// The body of a routine, and a rule's statements in parentheses, hold semicolons that end no statement.
function createBody(): { add(token: Token): void; isClosed(): boolean } {
  let kind: 'unknown' | 'plain' | 'create' | 'routine' | 'rule' = 'unknown';
  let [depth, last] = [0, ''];
  return {
    add(token) {
      const word = wordOf(token);
      if (kind === 'routine') depth += blockChange(word, last);
      else if (kind === 'rule') depth += Number(word === '(') - Number(word === ')');
      else if (kind === 'create') kind = createdKind(word);
      else if (kind === 'unknown' && last === 'BEGIN' && word === 'NOT') [kind, depth] = ['routine', 1];
      else if (kind === 'unknown' && word !== 'BEGIN') kind = word === 'CREATE' ? 'create' : 'plain';
      last = word;
    },
    isClosed: () => depth <= 0,
  };
}

function createdKind(word: string): 'create' | 'plain' | 'routine' | 'rule' {
  if (word === 'RULE') return 'rule';
  if (ROUTINES.includes(word)) return 'routine';
  return OTHERS.includes(word) ? 'plain' : 'create';
}

// BEGIN and CASE open what END closes; of the other blocks only their END IF and the like is seen, which closes nothing counted.
function blockChange(word: string, last: string): number {
  if (last === 'END') return BLOCKS.includes(word) ? 1 : Number(word === 'BEGIN') - Number(word === 'END');
  return Number(word === 'BEGIN' || word === 'CASE') - Number(word === 'END');
}
