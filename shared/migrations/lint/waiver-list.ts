import { list, record, text } from '#shared/checks/shape';
import { messageOf, UserError } from '#shared/core/errors';
import type { LintFinding } from './finding.ts';
import { LEVELS, type Level } from './rule.ts';
import { ruleNamed } from './rules.ts';
import type { MigrationSql } from './sql-text.ts';
import type { Waiver } from './waiver.ts';

/** A waiver that an input gives: the only way where SQL is printed by a tool. */
export interface MigrationWaiver extends Waiver {
  readonly migration: string;
}

const waiverRecord = record({ rule: text(), migration: text(), reason: text() });

/** The waivers of a YAML list. @throws {UserError} that names every mistake by its place, such as `waivers[1].reason`. */
export function parseWaivers(yaml: unknown): readonly MigrationWaiver[] {
  const faults: string[] = [];
  const waivers = (list(waiverRecord)(yaml, 'waivers', faults) ?? []).map(({ rule = '', migration = '', reason = '' }, index) => {
    for (const [key, value] of Object.entries({ rule, migration, reason })) if (!/[\p{L}\p{N}]/u.test(value)) faults.push(`waivers[${index}].${key} is missing`);
    if (rule !== '') faults.push(...whyNoRule(rule).map((why) => `waivers[${index}].rule: ${why}`));
    return { rule, migration, reason };
  });
  if (faults.length > 0) throw new UserError(faults.join('; '));
  return waivers;
}

/** Levels by rule, of a YAML mapping such as `{ drop-index-blocks: error, json-column: off }`. @throws {UserError} that names every mistake. */
export function parseLevels(yaml: unknown): Readonly<Record<string, Level>> {
  if (typeof yaml !== 'object' || yaml === null || Array.isArray(yaml)) throw new UserError('accepted is a mapping of rules to levels');
  // YAML 1.1 has `off` for false; people write it as a level.
  const entries = Object.entries(yaml).map(([rule, level]) => [rule, LEVELS.find((one) => one === (level === false ? 'off' : level))] as const);
  const faults = entries.flatMap(([rule, level]) => [...whyNoRule(rule), ...(level === undefined ? [`${rule}: accepted is one of ${LEVELS.join(', ')}`] : [])]);
  if (faults.length > 0) throw new UserError(faults.join('; '));
  return Object.fromEntries(entries) as Readonly<Record<string, Level>>;
}

/** A fault for each waiver that matches nothing; one for a migration that is applied has done its work. */
export function idleWaivers(waivers: readonly MigrationWaiver[], used: ReadonlySet<Waiver>, pending: readonly MigrationSql[], applied: readonly MigrationSql[]): readonly LintFinding[] {
  return waivers.filter((waiver) => !used.has(waiver) && !applied.some(({ name }) => name === waiver.migration)).map(({ rule, migration }) => {
    const named = pending.find(({ name }) => name === migration);
    const message = named === undefined ? `The waiver of ${rule} is for ${migration}, and no migration has that name. Correct or remove it.` : `The waiver of ${rule} matches nothing in ${migration}. Remove it.`;
    return { rule: 'waiver', level: 'error', migration, path: named?.up.path ?? '', line: undefined, message };
  });
}

function whyNoRule(rule: string): readonly string[] {
  try {
    ruleNamed(rule);
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}
