import { record, text } from '#shared/checks/shape';
import { UserError } from '#shared/core/errors';
import type { Engine } from './engine.ts';
import { ENGINES } from './engines/all.ts';
import type { MigrationDatabase } from './database-entry.ts';

/** The options of a YAML record, as texts. @throws {UserError} that names every key no engine takes. */
export function parseOptions(yaml: unknown): Readonly<Record<string, string>> {
  const faults: string[] = [];
  const keys = new Set(ENGINES.flatMap(({ options }) => Object.keys(options)));
  const options = record(Object.fromEntries([...keys].map((key) => [key, text()])))(yaml, '', faults) ?? {};
  if (faults.length > 0) throw new UserError(faults.join('; '));
  return options as Readonly<Record<string, string>>;
}

/** The engine of that name. */
export function engineOf(name: string): Engine {
  const engine = ENGINES.find((each) => each.name === name);
  if (engine === undefined) throw new Error(`There is no engine ${name}`);
  return engine;
}

/** The options that an engine is given, with its defaults. */
export function withDefaults({ options }: Engine, given: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, given[name] ?? option.default ?? '']));
}

/** What is wrong with an engine's options and database, for an action's `check`. */
export function optionMistakes({ engine: name, options = {}, database }: { readonly engine: string; readonly options: Readonly<Record<string, string>> | undefined; readonly database: MigrationDatabase }): readonly string[] {
  const engine = engineOf(name);
  return [
    ...Object.keys(options).filter((key) => !Object.hasOwn(engine.options, key)).map((key) => `options.${key} does not belong to engine ${name}`),
    ...Object.entries(engine.options).filter(([key, option]) => option.default === undefined && (options[key] ?? '') === '').map(([key, { description }]) => `options.${key} is missing: ${description}`),
    ...(engine.databases.includes(database.kind) ? [] : [`engine ${name} does not know ${database.kind}; it knows ${engine.databases.join(', ')}`]),
  ];
}
