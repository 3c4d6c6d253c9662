import type { Act } from './act.ts';
import type { Dialect } from './dialect.ts';
import type { Scene } from './scene.ts';
import type { Statement } from './statement.ts';
import type { Token } from './token.ts';

/** How much a finding weighs: an error stops the migration. */
export type Level = 'off' | 'notice' | 'warning' | 'error';

/** The levels that people may choose. */
export const LEVELS = ['off', 'notice', 'warning', 'error'] as const satisfies readonly Level[];

/** A statement as a rule sees it. */
export interface Step {
  readonly act: Act;
  /** The statement of the file; of what stands in the body of a DO, the DO. */
  readonly statement: Statement;
  /** What is said for this act, and in which line. */
  readonly spoken: readonly Token[];
  readonly line: number;
  /** As it was before this statement. */
  readonly scene: Scene;
  /** How many statements the migration has. */
  readonly count: number;
}

/** A rule of what may take a service down. */
export interface Rule {
  readonly id: string;
  readonly level: Level;
  readonly engines: readonly Dialect[];
  /** One sentence: what happens to people. */
  readonly why: string;
  /** One sentence: what to do instead. */
  readonly instead: string;
  /** Where the fact is from. */
  readonly source?: string;
  /** What the statement does to what, as the begin of a sentence, each time that it breaks the rule. */
  find(step: Step): readonly string[];
}

/** All databases that the lint reads. */
export const ALL: readonly Dialect[] = ['postgres', 'mysql', 'mariadb', 'sqlite'];

/** MySQL and what came of it. */
export const MYSQL: readonly Dialect[] = ['mysql', 'mariadb'];
