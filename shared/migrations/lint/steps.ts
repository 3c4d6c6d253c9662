import type { Act } from './act.ts';
import { readActs } from './read-act.ts';
import { readerOf } from './reader.ts';
import type { Step } from './rule.ts';
import { advance, type Scene } from './scene.ts';
import { lineFinder, statementsOf, type Statement } from './statement.ts';
import { wordOf, type Token } from './token.ts';

/** What statements do, act by act; the scene goes on as the steps are taken. */
export function* stepsOf(statements: readonly Statement[], scene: Scene): Generator<Step> {
  const count = statements.filter(({ spoken }) => spoken.length > 0).length;
  for (const statement of statements) {
    for (const step of ofStatement(statement, { scene, count })) {
      yield step;
      advance(scene, step.act);
    }
  }
}

/** Lets the scene go on past statements that nobody has a question about. */
export function passOver(statements: readonly Statement[], scene: Scene): void {
  const steps = stepsOf(statements, scene);
  while (steps.next().done !== true);
}

type Place = Pick<Step, 'scene' | 'count'>;

function* ofStatement(statement: Statement, place: Place): Generator<Step> {
  const acts: readonly Act[] = statement.spoken.length === 0 ? [{ kind: 'other', verb: '' }] : readActs(statement.spoken);
  for (const act of acts) {
    yield { act, statement, spoken: statement.spoken, line: statement.line, ...place };
    if (act.kind === 'block' && act.body !== undefined) yield* ofBody(act.body, statement, place);
  }
}

// The body of a DO, whose lines are counted from where its text begins.
function* ofBody(body: string, statement: Statement, place: Place): Generator<Step> {
  const { spoken, line, tokens } = statement;
  const opening = spoken.find(({ kind }) => kind === 'string') as Token;
  const before = tokens.filter(({ at }) => at < opening.at && at >= (spoken[0] as Token).at).map(({ text }) => text).join('');
  const lineAt = lineFinder(body, line + before.split('\n').length - 1);
  for (const inner of statementsOf(body, place.scene.database.dialect)) {
    const said = withoutHeads(inner.spoken);
    for (const act of said.length === 0 ? [] : readActs(said)) yield { act, statement, spoken: said, line: lineAt((said[0] as Token).at), ...place };
  }
}

const HEADS: Readonly<Record<string, string>> = { DECLARE: 'BEGIN', IF: 'THEN', ELSIF: 'THEN', WHEN: 'THEN', EXCEPTION: 'THEN', FOR: 'LOOP', WHILE: 'LOOP' };
const SINGLE = ['BEGIN', 'ELSE', 'LOOP', 'THEN'];

// IF … THEN ALTER TABLE …; is the ALTER TABLE, for what it may do.
function withoutHeads(tokens: readonly Token[]): readonly Token[] {
  const word = wordOf(tokens[0]);
  if (SINGLE.includes(word)) return withoutHeads(tokens.slice(1));
  const end = HEADS[word];
  if (end === undefined) return word === 'END' ? [] : tokens;
  const reader = readerOf(tokens);
  reader.until(end);
  return withoutHeads(reader.rest());
}
