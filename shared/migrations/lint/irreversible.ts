import type { Act, Change } from './act.ts';
import type { Database } from './dialect.ts';
import { createScene, isLive, nextMigration, type Scene } from './scene.ts';
import type { MigrationSql } from './sql-text.ts';
import { statementsOf } from './statement.ts';
import { stepsOf } from './steps.ts';

/** Why a migration cannot be taken back, and where. */
export interface Irreversible {
  readonly migration: string;
  readonly path: string;
  readonly line: number | undefined;
  /** A sentence for people. */
  readonly reason: string;
}

/** What of the pending migrations cannot be taken back: no statement brings the old rows again, or nobody wrote one. */
export function irreversibleOf(pending: readonly MigrationSql[], database: Database): readonly Irreversible[] {
  let scene = createScene(database, true);
  return pending.flatMap((migration) => {
    const { name, up: { path, text, firstLine, road }, down } = migration;
    scene = nextMigration(scene, road, true);
    const reasons: Irreversible[] = [];
    for (const { act, line } of stepsOf(statementsOf(text, database.dialect, firstLine), scene)) {
      for (const reason of lossesOf(act, scene)) reasons.push({ migration: name, path, line: firstLine === undefined ? undefined : line, reason });
    }
    const isDownEmpty = down === undefined || (down !== 'by-tool' && statementsOf(down.text, database.dialect).every(({ spoken }) => spoken.length === 0));
    return isDownEmpty ? [...reasons, { migration: name, path, line: undefined, reason: 'Nothing is written that takes it back.' }] : reasons;
  });
}

function lossesOf(act: Act, scene: Scene): readonly string[] {
  switch (act.kind) {
    case 'drop': return ofDrop(act, scene);
    case 'truncate': return act.tables.filter((table) => isLive(table, scene)).map((table) => `TRUNCATE removes the rows of ${table}.`);
    case 'write': return !isLive(act.table, scene) ? [] : [act.verb === 'delete' ? `DELETE removes rows of ${act.table}.` : `UPDATE overwrites values of ${act.table}, unless they were empty.`];
    case 'insert': return act.replaces && isLive(act.table, scene) ? [`Rows of ${act.table} are overwritten.`] : [];
    case 'enum': return act.added === undefined ? [] : [`PostgreSQL cannot take ${act.added} from the type ${act.type} again.`];
    case 'alter-table': return isLive(act.table, scene) ? act.changes.flatMap((change) => ofChange(change, act.table, scene)) : [];
    case 'other': return act.verb === 'EXECUTE' ? ['It puts SQL together that is known only when it runs.'] : [];
    default: return [];
  }
}

// A table that was copied into a new one is dropped with rows that live on there.
function ofDrop({ thing, names, isCascading }: Extract<Act, { kind: 'drop' }>, scene: Scene): readonly string[] {
  const lost = names.filter((name) => isLive(name, scene) && !scene.rebuilt.has(name));
  if (thing === 'table') return lost.map((name) => `DROP TABLE removes ${name} and its rows.`);
  if (thing === 'schema' || thing === 'database' || thing === 'owned') return [`DROP removes all that ${thing === 'owned' ? 'belongs to' : 'is in'} ${names.join(', ')}.`];
  return isCascading && lost.length > 0 ? [`CASCADE removes what depends on ${lost.join(', ')}, and nothing tells what that is.`] : [];
}

function ofChange(change: Change, table: string, scene: Scene): readonly string[] {
  const isOld = (name: string): boolean => !scene.createdColumns.has(`${table}.${name}`);
  switch (change.kind) {
    case 'drop-column': return isOld(change.name) ? [`DROP COLUMN removes the values of ${table}.${change.name}.`] : [];
    case 'change-type':
      if (change.isComputed) return isOld(change.name) ? [`${table}.${change.name} is computed anew by USING, and its old values are gone.`] : [];
      return isNarrow(change.type, scene.database) && isOld(change.name) ? [narrows(table, change.name, change.type)] : [];
    case 'modify-column': return isNarrow(change.column.type, scene.database) && isOld(change.was) ? [narrows(table, change.was, change.column.type)] : [];
    case 'rewrite': return change.how === 'CONVERT TO CHARACTER SET' ? [`Letters of ${table} that the new character set does not have are gone.`] : [];
    default: return [];
  }
}

function narrows(table: string, name: string, type: string): string {
  return `${table}.${name} becomes ${type}, and what does not fit into it is rounded or cut.`;
}

// What of a value another type may lose without an error: fractions, times of day, zones, and with MySQL the end of a text.
const ROUNDED = /^(?:(?:small|medium|tiny|big)?int(?:eger|2|4|8)?|real|float[48]?|double precision|numeric|decimal|date|time|timestamp|timestamptz|datetime|year|bool(?:ean)?|money|char|character)\b/;
const CUT = /^(?:var)?(?:char|binary)\b|^(?:tiny|medium)?(?:text|blob)\b|^(?:enum|set)\b/;

function isNarrow(type: string, { dialect }: Database): boolean {
  return ROUNDED.test(type) || ((dialect === 'mysql' || dialect === 'mariadb') && CUT.test(type));
}
