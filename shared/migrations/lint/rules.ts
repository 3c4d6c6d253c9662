import { UserError } from '#shared/core/errors';
import { likelyMeant } from '#shared/core/nearest';
import { IN_USE } from './rules/in-use.ts';
import { INDEXES } from './rules/indexes.ts';
import { MYSQL_RULES } from './rules/mysql.ts';
import { READING } from './rules/reading.ts';
import { REWRITING } from './rules/rewriting.ts';
import { SQLITE } from './rules/sqlite.ts';
import { TRANSACTIONS } from './rules/transactions.ts';
import { VALIDATING } from './rules/validating.ts';
import type { Rule } from './rule.ts';

/** All rules of the lint. */
export const RULES: readonly Rule[] = [...IN_USE, ...REWRITING, ...VALIDATING, ...INDEXES, ...TRANSACTIONS, ...MYSQL_RULES, ...SQLITE, ...READING];

/** The rule of this name. @throws {UserError} where there is none, naming the one that was probably meant. */
export function ruleNamed(id: string): Rule {
  const rule = RULES.find((one) => one.id === id);
  if (rule !== undefined) return rule;
  const meant = likelyMeant(id, RULES.map((one) => one.id));
  throw new UserError(`there is no rule ${id}${meant === undefined ? '; the README lists them' : `, perhaps ${meant} was meant`}`);
}
