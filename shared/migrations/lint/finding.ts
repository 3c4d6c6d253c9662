import type { Level } from './rule.ts';

/** What the lint found at a place. */
export interface LintFinding {
  /** A rule's name, or `waiver` for one that does not hold. */
  readonly rule: string;
  readonly level: Exclude<Level, 'off'>;
  readonly migration: string;
  readonly path: string;
  /** Undefined where the SQL was printed by a tool and stands in no file. */
  readonly line: number | undefined;
  /** What happens to what, why that is bad, and what to do instead. */
  readonly message: string;
  /** Why it may stay, where a waiver says so. */
  readonly waived?: string;
}
