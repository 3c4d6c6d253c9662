import { UserError } from '#shared/core/errors';
import { commandLine } from '#shared/core/quote';
import type { Engine } from '../engine.ts';

/**
 * Commands of the user's own. The status prints a line a migration, in their order: `applied NAME` or `pending NAME`, and behind a tab the
 * file it is in, if it is one.
 */
export const command: Engine = {
  name: 'command',
  databases: ['postgres', 'mysql', 'sqlite'],
  isTested: true,
  needsPassword: false,
  options: {
    status: { description: 'Command that prints `applied NAME` or `pending NAME` for each migration, one a line, in their order, and behind a tab its file, if it is one.' },
    apply: { description: 'Command that applies all that is pending; done twice it changes nothing more.' },
    undo: { description: 'Command that undoes the migrations in the environment variable MIGRATIONS, one a line, the newest first.', default: '' },
  },
  programs: () => [],
  status: ({ options }) => script(options['status'] ?? ''),
  parseStatus: (printed) => {
    const all = printed.split('\n').filter((line) => line !== '').map((line) => {
      const [, state, name = '', file] = /^(applied|pending) ([^\t]+)(?:\t(.+))?$/.exec(line) ?? [];
      if (state === undefined) throw new UserError(`The status command printed a line that is neither "applied NAME" nor "pending NAME": ${line.slice(0, 100)}`);
      return { state, migration: { name, ...(file !== undefined && { file }) } };
    });
    const of = (wanted: string) => all.filter(({ state }) => state === wanted).map(({ migration }) => migration);
    return { applied: of('applied'), pending: of('pending'), unknown: [] };
  },
  apply: ({ options }, pending) => (pending.length === 0 ? [] : [{ title: pending.map(({ name }) => name).join(', '), script: script(options['apply'] ?? '') }]),
  undo: ({ options }, applied) => {
    const undo = options['undo'] ?? '';
    if (undo === '') throw new UserError('There is no undo among the options of engine command, so what its apply did cannot be taken back by it.');
    if (applied.length === 0) return [];
    const names = applied.map(({ name }) => name);
    return [{ title: names.join(', '), script: `${commandLine(['export', `MIGRATIONS=${names.join('\n')}`])}\n${script(undo)}` }];
  },
};

function script(text: string): string {
  return commandLine(['sh', '-e', '-c', text]);
}
