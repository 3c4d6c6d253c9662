import { UserError } from '#shared/core/errors';
import type { MigrationSql } from './sql-text.ts';

// The marks of dbmate: https://github.com/amacneil/dbmate#creating-migrations
const MARK = /^--[ \t]*migrate:(up|down)\b([^\n]*)$/gm;

/** A file with `-- migrate:up` and `-- migrate:down` as its two sections. @throws {UserError} that names the file and what is wrong with its marks. */
export function sectionsOf(name: string, path: string, text: string): MigrationSql {
  const marks = [...text.matchAll(MARK)].map((found) => ({ name: found[1] as string, options: (found[2] as string).trim(), from: found.index + found[0].length, at: found.index }));
  const [up, down, more] = marks;
  if (up?.name !== 'up' || (down !== undefined && down.name !== 'down') || more !== undefined) throw new UserError(`${path} has the marks ${marks.map((mark) => mark.name).join(', ') || 'of no section'}; accepted is "-- migrate:up", then "-- migrate:down", each once.`);
  const section = (from: number, to: number, options: string): MigrationSql['up'] => ({
    path, text: text.slice(from, to), firstLine: text.slice(0, from).split('\n').length, road: runsWithout(options, path) ? 'message' : 'transaction',
  });
  return { name, up: section(up.from, down?.at ?? text.length, up.options), down: down === undefined ? undefined : section(down.from, text.length, down.options) };
}

function runsWithout(options: string, path: string): boolean {
  const unknown = options.split(/\s+/).find((option) => option !== '' && !/^transaction:(?:true|false)$/.test(option));
  if (unknown !== undefined) throw new UserError(`${path} has the option ${unknown} at a mark; accepted is transaction:false.`);
  return options.includes('transaction:false');
}
