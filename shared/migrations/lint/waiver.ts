import { messageOf } from '#shared/core/errors';
import { ruleNamed } from './rules.ts';
import { lineFinder, type Statement } from './statement.ts';
import type { Token } from './token.ts';

/** Why a rule may be broken at one place. */
export interface Waiver {
  readonly rule: string;
  readonly reason: string;
}

/** What a comment that means to be a waiver says, or what is wrong with it. */
export interface Note {
  readonly waivers: readonly Waiver[];
  readonly fault: string | undefined;
  readonly line: number | undefined;
}

const MARK = /^(?:--|#|\/\*)\s*slipway\b/i;
const SAYING = /^(?:--|#|\/\*)\s*slipway:\s*allow\s+([a-z][a-z, -]*?)\s*(?::\s*([\s\S]*?))?\s*(?:\*\/)?\s*$/i;

/**
 * The waivers that stand at each statement: `-- slipway: allow drop-column: no release reads it since v1.4` before it, within it, or behind it
 * on its last line.
 */
export function notesIn(text: string, statements: readonly Statement[], firstLine: number | undefined): ReadonlyMap<Statement, readonly Note[]> {
  const lineAt = lineFinder(text, firstLine ?? 1);
  const isBehind = ({ at }: Token, index: number): boolean => {
    const [before, own] = [statements[index - 1], statements[index] as Statement];
    return before !== undefined && at < (own.spoken[0]?.at ?? Infinity) && lineAt(at) === before.lastLine;
  };
  const marked = (index: number, isMine: (token: Token) => boolean): readonly Note[] =>
    (statements[index]?.tokens ?? []).filter((token) => token.kind === 'comment' && MARK.test(token.text) && isMine(token)).map(({ text: comment, at }) => noteOf(comment, firstLine === undefined ? undefined : lineAt(at)));
  return new Map(statements.map((statement, index) => [statement, [
    ...marked(index, (token) => !isBehind(token, index)),
    ...marked(index + 1, (token) => isBehind(token, index + 1)),
  ]]));
}

function noteOf(text: string, line: number | undefined): Note {
  const [, rules, reason = ''] = SAYING.exec(text) ?? [];
  if (rules === undefined) return { waivers: [], line, fault: 'This comment is no waiver; accepted is "slipway: allow RULE: REASON".' };
  const named = rules.split(',').map((rule) => rule.trim()).filter(Boolean);
  const fault = named.map(whyUnknown).find(Boolean) ?? (/[\p{L}\p{N}]/u.test(reason) ? undefined : `The waiver of ${named.join(', ')} gives no reason; write it behind a second colon.`);
  return { waivers: fault === undefined ? named.map((rule) => ({ rule, reason })) : [], line, fault };
}

function whyUnknown(rule: string): string | undefined {
  try {
    ruleNamed(rule);
    return undefined;
  } catch (error) {
    return `This waiver cannot hold: ${messageOf(error)}.`;
  }
}
