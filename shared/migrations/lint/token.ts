import { isMysql, type Dialect } from './dialect.ts';
import { quotationAt } from './quotation.ts';

/** What a piece of SQL is: `name` is one in quotes, `mark` a single character, `end` what ends a statement. */
export type TokenKind = 'space' | 'comment' | 'word' | 'name' | 'string' | 'number' | 'mark' | 'end';

/** A piece of SQL. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it begins, in characters from 0. */
  readonly at: number;
  /** The text ended before it did. */
  readonly isOpen?: true;
}

const SPACE = /[\s\ufeff\u0000]+/y;
const WORD = /[A-Za-z_\u0080-\uffff@][\w$\u0080-\uffff@]*/y;
const NUMBER = /\d[\w.]*/y;
const DELIMITER = /DELIMITER[ \t]+(\S+)[^\n]*/iy;

/** SQL in pieces. Their texts, one after another, are the whole text, whatever it holds. */
export function tokensOf(text: string, dialect: Dialect): readonly Token[] {
  const tokens: Token[] = [];
  let delimiter = ';';
  let isInHint = false;
  let isFresh = true;
  const add = (kind: TokenKind, length: number, isOpen = false): number => {
    const at = (tokens.at(-1)?.at ?? 0) + (tokens.at(-1)?.text.length ?? 0);
    tokens.push({ kind, text: text.slice(at, at + length), at, ...(isOpen && { isOpen: true }) });
    if (kind !== 'space' && kind !== 'comment') isFresh = kind === 'end';
    return at + length;
  };
  for (let at = 0; at < text.length;) {
    const changed = isFresh && isMysql({ dialect }) ? delimiterAt(text, at) : undefined;
    if (changed !== undefined) {
      delimiter = changed.delimiter;
      at = add('comment', changed.length);
    } else if (text.startsWith(delimiter, at)) at = add('end', delimiter.length);
    else if (isMysql({ dialect }) && hintLength(text, at) > 0) {
      isInHint = true;
      at = add('comment', hintLength(text, at));
    } else if (isInHint && text.startsWith('*/', at)) {
      isInHint = false;
      at = add('comment', 2);
    } else at = addNext(text, at, dialect, delimiter, add);
  }
  return tokens;
}

function addNext(text: string, at: number, dialect: Dialect, delimiter: string, add: (kind: TokenKind, length: number, isOpen?: boolean) => number): number {
  const quotation = quotationAt(text, at, dialect);
  if (quotation !== undefined) return add(quotation.kind, quotation.end - at, quotation.isOpen);
  for (const [kind, pattern] of [['space', SPACE], ['word', WORD], ['number', NUMBER]] as const) {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? '';
    const cut = found.indexOf(delimiter); // END$$ is a word and a delimiter
    if (found !== '') return add(kind, cut === -1 ? found.length : cut);
  }
  return add('mark', 1);
}

// The mysql client's own command; its line is no SQL.
function delimiterAt(text: string, at: number): { readonly delimiter: string; readonly length: number } | undefined {
  DELIMITER.lastIndex = at;
  const found = DELIMITER.exec(text);
  return found === null ? undefined : { delimiter: found[1] as string, length: found[0].length };
}

// What MySQL writes as a comment and carries out: /*!50001 ALTER TABLE … */
function hintLength(text: string, at: number): number {
  if (!text.startsWith('/*!', at) && !text.startsWith('/*M!', at)) return 0;
  return /^\/\*M?!\d*/.exec(text.slice(at, at + 12))?.[0].length ?? 0;
}

/** A word in capitals, or a mark; nothing for quoted names, strings and numbers. */
export function wordOf(token: Token | undefined): string {
  if (token?.kind === 'word') return token.text.toUpperCase();
  return token?.kind === 'mark' ? token.text : '';
}

/** Whether a token says something to the database. */
export function isSpoken({ kind }: Token): boolean {
  return kind !== 'space' && kind !== 'comment' && kind !== 'end';
}
