import { wordOf, type Token } from './token.ts';

/** Reads the spoken tokens of a statement from left to right. */
export interface Reader {
  /** Whether these words come next. */
  is(...words: readonly string[]): boolean;
  /** Passes these words if they come next. */
  take(...words: readonly string[]): boolean;
  /** Passes the first of these phrases that comes next; which, or undefined. */
  takeOne(...phrases: readonly string[]): string | undefined;
  /** A name with its schema, as `nameOf` writes it; undefined where none comes next. */
  name(): string | undefined;
  next(): Token | undefined;
  /** What is within the parentheses that come next; empty where none do. */
  group(): readonly Token[];
  /** All up to one of these words, outside of parentheses; or to the end. */
  until(...words: readonly string[]): readonly Token[];
  rest(): readonly Token[];
  readonly isDone: boolean;
}

/** A reader of these tokens. */
export function readerOf(tokens: readonly Token[]): Reader {
  let at = 0;
  const is = (...words: readonly string[]): boolean => words.every((word, index) => wordOf(tokens[at + index]) === word);
  const take = (...words: readonly string[]): boolean => {
    const isNext = is(...words);
    if (isNext) at += words.length;
    return isNext;
  };
  const until = (...words: readonly string[]): readonly Token[] => {
    const from = at;
    let depth = 0;
    for (; at < tokens.length; at += 1) {
      const word = wordOf(tokens[at]);
      if (depth === 0 && words.includes(word)) break;
      depth += Number(word === '(') - Number(word === ')');
    }
    return tokens.slice(from, at);
  };
  const name = (): string | undefined => {
    const parts: string[] = [];
    do {
      const token = tokens[at];
      if (token?.kind !== 'word' && token?.kind !== 'name') break;
      parts.push(plainName(token));
      at += 1;
    } while (take('.'));
    return parts.length === 0 ? undefined : nameOf(parts);
  };
  return {
    is, take, until, name,
    takeOne: (...phrases) => phrases.find((phrase) => take(...phrase.split(' '))),
    next: () => tokens[at++],
    group: () => {
      if (!take('(')) return [];
      const inner = until(')');
      at += 1;
      return inner;
    },
    rest: () => {
      const rest = tokens.slice(at);
      at = tokens.length;
      return rest;
    },
    get isDone() { return at >= tokens.length; },
  };
}

/** Tokens in the parts that commas outside of parentheses make of them. */
export function listOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const reader = readerOf(tokens);
  const parts: (readonly Token[])[] = [];
  while (!reader.isDone) {
    parts.push(reader.until(','));
    reader.next();
  }
  return parts;
}

/** What tokens say, words in small letters, a blank between those that need one: `varchar(20)`. */
export function sayingOf(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.kind === 'word' ? token.text.toLowerCase() : token.text)).join(' ').replaceAll(/ ?([(),.:[\]]) ?/g, '$1');
}

/** Whether these words stand in the tokens one behind the other. */
export function hasWords(tokens: readonly Token[], ...words: readonly string[]): boolean {
  return tokens.some((_, at) => words.every((word, index) => wordOf(tokens[at + index]) === word));
}

// The schemas that are searched without being named.
const USUAL_SCHEMAS = ['public', 'main'];

function nameOf(parts: readonly string[]): string {
  return (USUAL_SCHEMAS.includes(parts[0] as string) && parts.length > 1 ? parts.slice(1) : parts).join('.');
}

function plainName({ kind, text }: Token): string {
  if (kind === 'word') return text.toLowerCase();
  const quote = text.at(-1) as string;
  return text.slice(1, -1).replaceAll(quote + quote, quote);
}
