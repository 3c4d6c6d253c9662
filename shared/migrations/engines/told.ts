import { UserError } from '#shared/core/errors';
import { quote } from '#shared/core/quote';
import type { Database, Migration, Status } from '../engine.ts';
import type { MigrationSql } from '../lint/sql-text.ts';

/** What asks a database which one it is: a copy of it, and another of the same name, answer otherwise. */
const WHO: Readonly<Record<Database, string>> = {
  postgres: 'select current_database(), system_identifier from pg_control_system()',
  mysql: 'select database(), @@datadir, @@port',
  sqlite: 'select file from pragma_database_list where name = \'main\'',
};

/** Sets SLIPWAY_WHO, a question, and SLIPWAY_IDENTITY, the answer of the database that is meant: a tool whose own connection answers otherwise is stopped. */
export function identify(database: Database): string {
  return `export SLIPWAY_KIND=${database} SLIPWAY_WHO=${quote(WHO[database])} SLIPWAY_FOLDER="$PWD"\nSLIPWAY_IDENTITY=$(printf '%s;\\n' "$SLIPWAY_WHO" | rows_of)\nexport SLIPWAY_IDENTITY`;
}

/** A status of lines such as `["pending","shop.0002_total","shop/migrations/0002_total.py"]`, ended by `["end"]`. @throws {UserError} when it is anything else. */
export function parseTold(tool: string, printed: string): Status {
  const lines = printed.split('\n').filter((line) => line !== '').map((line) => parseLine(tool, line));
  if (lines.at(-1)?.state !== 'end') throw new UserError(`The status of ${tool} has no end: ${printed.slice(-100)}`);
  const of = (wanted: string): readonly Migration[] => lines.filter(({ state }) => state === wanted).map(({ migration }) => migration);
  return { applied: of('applied'), pending: of('pending'), unknown: of('unknown').map(({ name }) => name) };
}

function parseLine(tool: string, line: string): { readonly state: string; readonly migration: Migration } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  const [state, name, file] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (state === 'end') return { state, migration: { name: '' } };
  if (!['applied', 'pending', 'unknown'].includes(String(state)) || typeof name !== 'string' || !(typeof file === 'string' || file === null)) throw new UserError(`The status of ${tool} has a line that is not understood: ${line.slice(0, 100)}`);
  return { state: state as string, migration: { name, ...(typeof file === 'string' && { file }) } };
}

const CAN_BE_UNDONE = '\n-- can be undone\n';

/** SQL that a tool printed for a migration, and whether it knows how to undo it. */
export function printedSql({ name, file = name }: Migration, printed: string): MigrationSql {
  const text = printed.replace(CAN_BE_UNDONE, '\n');
  return { name, up: { path: file, text, firstLine: undefined, road: 'statements' }, down: printed.endsWith(CAN_BE_UNDONE) ? 'by-tool' : undefined };
}
