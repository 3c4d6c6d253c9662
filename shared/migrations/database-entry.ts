import { messageOf, UserError } from '#shared/core/errors';
import type { Source } from '#shared/database/source';
import { parseSources } from '#shared/database/source-list';
import { DATABASES, type Database } from './engine.ts';

/** A database that migrations are for, described as a source of db-backup is. */
export type MigrationDatabase = Extract<Source, { readonly kind: Database }>;

/** The database of a YAML record. @throws {UserError} that names every mistake by its place, such as `database.port`. */
export function parseDatabase(yaml: unknown): MigrationDatabase {
  const [source] = parsed(yaml);
  if (source === undefined || !isDatabase(source)) throw new UserError(`database: accepted is exactly one of ${DATABASES.join(', ')} (or mariadb)`);
  if (source.kind === 'sqlite' && source.database.includes('?')) throw new UserError('database.sqlite: accepted is a path without a question mark, behind which drivers of SQLite look for settings');
  return source;
}

function parsed(yaml: unknown): readonly Source[] {
  if (Array.isArray(yaml)) throw new UserError('database: accepted is one record, not a list');
  try {
    return parseSources([yaml]);
  } catch (error) {
    throw new UserError(messageOf(error).replaceAll('sources[0]', 'database'));
  }
}

function isDatabase(source: Source): source is MigrationDatabase {
  return DATABASES.some((kind) => kind === source.kind);
}
