import type { Dialect } from './dialect.ts';
import type { TokenKind } from './token.ts';

/** A quotation: what it is, and where it ends; `isOpen` when the text ends first. */
export interface Quotation {
  readonly kind: TokenKind;
  readonly end: number;
  readonly isOpen: boolean;
}

/** The string, quoted name or comment that begins at this place, if one does. */
export function quotationAt(text: string, at: number, dialect: Dialect): Quotation | undefined {
  const isMysql = dialect === 'mysql' || dialect === 'mariadb';
  switch (text[at]) {
    case '-': return isLineComment(text, at, isMysql) ? lineComment(text, at) : undefined;
    case '#': return isMysql ? lineComment(text, at) : undefined;
    case '/': return text[at + 1] === '*' ? blockComment(text, at, dialect === 'postgres') : undefined;
    case "'": return closed('string', text, at, at + 1, "'", isMysql);
    case '"': return closed(isMysql ? 'string' : 'name', text, at, at + 1, '"', isMysql);
    case '`': return dialect === 'postgres' ? undefined : closed('name', text, at, at + 1, '`', false);
    case '[': return dialect === 'sqlite' ? until('name', text, at + 1, ']') : undefined;
    case '$': return dialect === 'postgres' ? dollarString(text, at) : undefined;
    case 'e':
    case 'E': return dialect === 'postgres' && text[at + 1] === "'" ? closed('string', text, at, at + 2, "'", true) : undefined;
    default: return undefined;
  }
}

// MySQL reads `5--3` as a sum: its comments need a space behind the two hyphens.
function isLineComment(text: string, at: number, isMysql: boolean): boolean {
  return text[at + 1] === '-' && (!isMysql || at + 2 >= text.length || /[\s\u0000-\u001f]/.test(text[at + 2] as string));
}

function lineComment(text: string, at: number): Quotation {
  const end = text.indexOf('\n', at);
  return { kind: 'comment', end: end === -1 ? text.length : end, isOpen: false };
}

function blockComment(text: string, at: number, nests: boolean): Quotation {
  const mark = /\/\*|\*\//g;
  mark.lastIndex = at + 2;
  let depth = 1;
  for (let found = mark.exec(text); found !== null; found = mark.exec(text)) {
    if (found[0] === '*/') depth -= 1;
    else if (nests) depth += 1;
    else mark.lastIndex = found.index + 1; // "/*/" ends a comment that has begun
    if (depth === 0) return { kind: 'comment', end: mark.lastIndex, isOpen: false };
  }
  return { kind: 'comment', end: text.length, isOpen: true };
}

function dollarString(text: string, at: number): Quotation | undefined {
  const opening = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
  opening.lastIndex = at;
  const tag = opening.exec(text)?.[0];
  return tag === undefined ? undefined : until('string', text, at + tag.length, tag);
}

function until(kind: TokenKind, text: string, from: number, closing: string): Quotation {
  const found = text.indexOf(closing, from);
  return found === -1 ? { kind, end: text.length, isOpen: true } : { kind, end: found + closing.length, isOpen: false };
}

// A quote that is doubled, or behind a backslash where those escape, is part of the text.
function closed(kind: TokenKind, text: string, at: number, from: number, quote: string, escapes: boolean): Quotation {
  for (let place = from; place < text.length; place += 1) {
    if (escapes && text[place] === '\\') place += 1;
    else if (text[place] === quote) {
      if (text[place + 1] !== quote) return { kind, end: place + 1, isOpen: false };
      place += 1;
    }
  }
  return { kind, end: Math.max(text.length, at + 1), isOpen: true };
}
