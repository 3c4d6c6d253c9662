import { UserError } from '#shared/core/errors';
import { commandLine, quote } from '#shared/core/quote';
import type { Engine, Migration, Setup, Status } from '../engine.ts';

// What Flyway calls the states of a migration; anything else is a fault.
const APPLIED = ['Success', 'Out of Order', 'Baseline', 'Below Baseline'];
const PENDING = ['Pending', 'Outdated'];
const UNKNOWN = ['Missing', 'Future'];

/** Flyway, by what its `info` tells as JSON. Its way back is of a paid edition, so it has none here. */
export const flyway: Engine = {
  name: 'flyway',
  databases: ['postgres', 'mysql'],
  isTested: false,
  needsPassword: true,
  options: { flyway: { description: 'Flyway\'s program.', default: 'flyway' }, jdbc: { description: 'The database\'s address as Java has it, without user and password.' }, config: { description: 'Its configuration file; empty for its own.', default: '' } },
  programs: ({ options }) => [options['flyway'] ?? ''].filter((name) => !name.includes('/')),
  status: (setup) => run(setup, ['info', '-outputType=json']),
  parseStatus,
  apply: (setup, pending) => (pending.some(({ name }) => !/^\d/.test(name)) ? [{ title: pending.map(({ name }) => name).join(', '), script: run(setup, ['migrate']) }] : pending.map(({ name }) => ({ title: name, script: run(setup, [`-target=${name.replace(/ .*$/, '')}`, 'migrate']) }))),
};

// The password is what stands between the user and the host of the address.
function run({ directory, options }: Setup, words: readonly string[]): string {
  const { flyway: own = '', jdbc = '', config = '' } = options;
  return [
    `cd ./${quote(directory)}`, `export FLYWAY_URL=${quote(jdbc)}`,
    'login=${DATABASE_URL#*://} login=${login%%@*}', 'export FLYWAY_USER="${login%%:*}"', 'case $login in *:*) export FLYWAY_PASSWORD="${login#*:}" ;; esac', 'unset DATABASE_URL login',
    commandLine([own, ...(config === '' ? [] : [`-configFiles=${config}`]), ...words]),
  ].join('\n');
}

function parseStatus(printed: string): Status {
  const migrations = migrationsOf(printed);
  const of = (states: readonly string[]): readonly Migration[] => migrations.filter(({ state }) => states.includes(state)).map(({ name }) => ({ name }));
  const other = migrations.find(({ state }) => ![...APPLIED, ...PENDING, ...UNKNOWN].includes(state));
  if (other !== undefined) throw new UserError(`Flyway tells that ${other.name} is ${other.state}. Mend that first; "flyway info" tells more.`);
  return { applied: of(APPLIED), pending: of(PENDING), unknown: of(UNKNOWN).map(({ name }) => name) };
}

function migrationsOf(printed: string): readonly { readonly name: string; readonly state: string }[] {
  try {
    const { migrations } = JSON.parse(printed) as { readonly migrations: readonly Readonly<Record<string, unknown>>[] };
    return migrations.map(({ version, description, state }) => {
      if (typeof description !== 'string' || typeof state !== 'string') throw new TypeError('no description or state');
      return { name: [typeof version === 'string' ? version : '', description].filter(Boolean).join(' '), state };
    });
  } catch {
    throw new UserError(`Flyway's info is not the JSON of migrations that it prints: ${printed.slice(0, 100)}`);
  }
}
