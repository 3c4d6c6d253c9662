import type { Database } from './dialect.ts';
import type { LintFinding } from './finding.ts';
import { RULES, ruleNamed } from './rules.ts';
import type { Level, Rule, Step } from './rule.ts';
import { createScene, nextMigration, type Scene } from './scene.ts';
import type { MigrationSql } from './sql-text.ts';
import { statementsOf } from './statement.ts';
import { passOver, stepsOf } from './steps.ts';
import { notesIn, type Waiver } from './waiver.ts';
import { idleWaivers, type MigrationWaiver } from './waiver-list.ts';

/** What the lint works with besides the migrations. */
export interface LintOptions {
  readonly database: Database;
  /** Levels by rule, where they differ from the rule's own. */
  readonly levels?: Readonly<Record<string, Level>>;
  readonly waivers?: readonly MigrationWaiver[];
  /** Whether whoever carries the migrations out sets a lock time-out. */
  readonly hasLockTimeout?: boolean;
  /** Migrations that are applied: their constraints count as known, and waivers for them as done. */
  readonly applied?: readonly MigrationSql[];
}

/** What the pending migrations would do to a service in use, in their order; then the waivers that match nothing. @throws {UserError} on a level for no rule. */
export function lint(pending: readonly MigrationSql[], options: LintOptions): readonly LintFinding[] {
  const { database, waivers = [], hasLockTimeout = false, applied = [] } = options;
  const levels = new Map(Object.entries(options.levels ?? {}).map(([id, level]) => [ruleNamed(id).id, level]));
  const rules = RULES.filter(({ engines }) => engines.includes(database.dialect)).map((rule) => ({ ...rule, level: levels.get(rule.id) ?? rule.level }));
  const used = new Set<Waiver>();
  let scene: Scene = { ...createScene(database, hasLockTimeout), checks: knownChecks(applied, database) };
  const findings = pending.flatMap((migration) => {
    scene = nextMigration(scene, migration.up.road, hasLockTimeout);
    return ofMigration(migration, scene, { rules, used, waivers: waivers.filter((waiver) => waiver.migration === migration.name) });
  });
  return [...findings, ...idleWaivers(waivers, used, pending, applied)];
}

function knownChecks(applied: readonly MigrationSql[], database: Database): Scene['checks'] {
  let scene = createScene(database, false);
  for (const { up } of applied) {
    scene = nextMigration(scene, up.road, false);
    passOver(statementsOf(up.text, database.dialect), scene);
  }
  return scene.checks;
}

interface Judging {
  readonly rules: readonly Rule[];
  readonly waivers: readonly Waiver[];
  /** Those that a finding was there for. */
  readonly used: Set<Waiver>;
}

function ofMigration(migration: MigrationSql, scene: Scene, judging: Judging): readonly LintFinding[] {
  const { name, up: { text, firstLine, path } } = migration;
  const statements = statementsOf(text, scene.database.dialect, firstLine);
  const notes = notesIn(text, statements, firstLine);
  const findings: LintFinding[] = [];
  for (const step of stepsOf(statements, scene)) {
    const here = (notes.get(step.statement) ?? []).flatMap((note) => note.waivers);
    findings.push(...ofStep(step, migration, { ...judging, waivers: [...here, ...judging.waivers] }));
  }
  const faults = [...notes.values()].flat().flatMap(({ fault, line, waivers }) => [
    ...(fault === undefined ? [] : [{ line, message: fault }]),
    ...waivers.filter((waiver) => !judging.used.has(waiver)).map(({ rule }) => ({ line, message: `The waiver of ${rule} matches nothing here. Remove it, or put it at the statement that it is for.` })),
  ]);
  return [...findings, ...faults.map((fault): LintFinding => ({ rule: 'waiver', level: 'error', migration: name, path, ...fault }))];
}

function ofStep(step: Step, { name, up: { path, firstLine } }: MigrationSql, { rules, waivers, used }: Judging): readonly LintFinding[] {
  return rules.flatMap(({ id, level, why, instead, find }) => {
    const found = find(step);
    const waiver = found.length === 0 ? undefined : waivers.find(({ rule }) => rule === id);
    if (waiver !== undefined) used.add(waiver);
    if (level === 'off') return [];
    const place = { rule: id, level, migration: name, path, line: firstLine === undefined ? undefined : step.line };
    return found.map((saying) => ({ ...place, message: `${plain(saying)}. ${why} ${instead}`, ...(waiver !== undefined && { waived: waiver.reason }) }));
  });
}

// A quoted name may hold anything, and a remark is one line.
function plain(saying: string): string {
  return saying.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').slice(0, 300);
}
