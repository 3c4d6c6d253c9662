import { readFileSync } from 'node:fs';
import { commandLine, quote } from '#shared/core/quote';
import type { Engine, Migration, Setup } from '../engine.ts';
import { parseTold } from './told.ts';

const program = readFileSync(new URL('./odoo.py', import.meta.url), 'utf8');
const MODULES = 'select name, state, coalesce(latest_version, \'\') from ir_module_module where state not in (\'uninstalled\', \'uninstallable\') order by name';

/**
 * Odoo's modules: each that is installed and newer on the disk is pending. What the database has in ir_module_module is the truth, before and
 * after; Odoo's exit code is 0 too when it has ignored a module or left one half-way.
 */
export const odoo: Engine = {
  name: 'odoo',
  databases: ['postgres'],
  isTested: false,
  needsPassword: false,
  options: {
    odoo: { description: 'Odoo\'s program, such as `./odoo-bin`.', default: 'odoo' },
    python: { description: 'A Python to read manifests with.', default: 'python3' },
    config: { description: 'Odoo\'s configuration file; empty for its own.', default: '' },
    addons: { description: 'Folders of modules, with commas between them, those of Odoo itself too.' },
  },
  programs: ({ options }) => [options['odoo'] ?? '', options['python'] ?? ''].filter((name) => !name.includes('/')),
  status: (setup) => `${inFolder(setup)}${status(setup)}`,
  parseStatus: (printed) => parseTold('Odoo', printed),
  apply: (setup, pending) => (pending.length === 0 ? [] : [{ title: pending.map(({ name }) => name).join(', '), script: apply(setup, pending) }]),
};

function status({ options }: Setup): string {
  return [
    `printf '%s;\\n' ${quote(MODULES)} | rows_of >"$ROOM/modules"`,
    `${commandLine(['env', `SLIPWAY_ADDONS=${options['addons'] ?? ''}`, options['python'] ?? '', '-c', program])} <"$ROOM/modules"`,
  ].join('\n');
}

function apply(setup: Setup, pending: readonly Migration[]): string {
  const { odoo: own = '', config = '' } = setup.options;
  const modules = pending.map(({ name }) => name.replace(/ .*$/, '')).join(',');
  const command = commandLine([own, ...(config === '' ? [] : ['-c', config]), '-u', modules, '--stop-after-init', '--no-http']);
  return [
    `${inFolder(setup)}${command} -d "$SLIPWAY_DATABASE"`, `(\n${status(setup)}\n) >"$ROOM/after"`,
    'if grep -q \'^\\["pending"\' "$ROOM/after"; then',
    '  echo "Error: Odoo ended without a failure, and ir_module_module says that these are not updated: $(sed -n \'s/^\\["pending", "\\([^"]*\\)".*/\\1/p\' "$ROOM/after" | tr \'\\n\' \',\')" >&2',
    '  exit 1', 'fi',
  ].join('\n');
}

function inFolder({ directory }: Setup): string {
  return directory === '' ? '' : `cd ./${quote(directory)}\n`;
}
