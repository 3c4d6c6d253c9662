import { ENGINES } from '#shared/migrations/engines/all';
import { parseDatabase } from '#shared/migrations/database-entry';
import { parseLevels, parseWaivers } from '#shared/migrations/lint/waiver-list';
import { optionMistakes, parseOptions } from '#shared/migrations/options';
import { checkReleaseId } from '#shared/release/release-id';
import { sourceOf } from '#shared/scanners/defaults';
import { defineAction, type Values } from '#shared/runner/action';
import { connectionFields, connectionMistakes } from '#shared/runner/connection-inputs';
import { choice, duration, flag, integer, secret, structure, text } from '#shared/runner/fields';
import { mistakeOf } from '#shared/runner/field-parsers';

const FOLDER = 'a folder relative to the release, without ..';
const PATH = 'an absolute path on the server, without ..';
const LONGEST_PATH = 4_096; // Linux takes none longer
const checkLength = (path: string): string | undefined => (path.length <= LONGEST_PATH ? undefined : `accepted is a path of at most ${LONGEST_PATH} characters`);
const hasNoClimb = (path: string): boolean => !path.split('/').includes('..');

const fields = {
  operation: choice({
    options: ['plan', 'rehearse', 'apply', 'undo', 'status'],
    description: '`plan` tells what is pending, what is wrong with it and what of it cannot be taken back; `rehearse` runs it on a proven copy; `apply` applies what was rehearsed; `undo` takes back what this run applied; `status` tells what is applied.',
    default: 'plan',
  }),
  ...connectionFields,
  engine: choice({ options: ENGINES.map(({ name }) => name), description: 'What applies the migrations.', default: 'sql' }),
  database: structure({
    description: 'The database, as a YAML record like a source of db-backup: `postgres`, `mariadb`, `mysql` or `sqlite`, with `name`, `host`, `port`, `user`, `password`, `container` and `tools`.',
    required: true, parser: parseDatabase, accepts: 'a YAML record of one database', example: '{ postgres: shop }',
  }),
  directory: text({ description: 'Folder of the migrations in the release, or in `source`. If left out, `db/migrations` for engine `sql`, else the release itself.', example: 'db/migrations', accepts: FOLDER, check: (path) => checkLength(path) ?? (!path.startsWith('/') && hasNoClimb(path) ? undefined : `accepted is ${FOLDER}`) }),
  source: text({ description: 'Folder of the workspace that holds the migrations and what runs them. It travels with the plan. If left out, they are in the release on the server.', example: 'migrations', check: checkLength }),
  release: text({ description: 'The release whose migrations are meant. If left out, the one that this run has prepared, else the one that users reach.', check: mistakeOf(checkReleaseId) }),
  options: structure({ description: 'What the engine takes besides, as a YAML record; the README has every key.', parser: parseOptions, accepts: 'a YAML record of texts', schema: 'failsafe', example: '{ status: bin/migrations, apply: bin/migrate }' }),
  lint: structure({ description: 'Levels of the lint by rule, where they differ from the rule\'s own, as a YAML record: `error` stops `rehearse` and `apply`, then there are `warning`, `notice` and `off`.', parser: parseLevels, accepts: 'a YAML record of rules and levels', example: '{ drop-index-blocks: error }' }),
  waivers: structure({ description: 'Findings of the lint that may stay, as a YAML list of `rule`, `migration` and `reason`. A comment in the migration says the same: the README has it.', parser: parseWaivers, accepts: 'a YAML list of waivers' }),
  'lock-timeout': duration({ description: 'How long one statement may wait for a lock, while everybody else waits behind it.', default: '2s', min: '100ms', max: '1h' }),
  'lock-retries': integer({ description: 'How often a migration that did not get its lock, and left nothing, is tried again: after 1 s, 2 s, 4 s and so on, 30 s at most.', default: '8', max: 100 }),
  'statement-timeout': duration({ description: 'How long one statement may take.', default: '15m', min: '1s', max: '24h' }),
  'long-transaction': duration({ description: 'From which age on a transaction of somebody else is in the way: behind it a migration would wait, and everybody behind the migration.', default: '30s', min: '1s', max: '24h' }),
  'wait-for-others': duration({ description: 'How long a dump or a long transaction is waited for before `apply` is refused.', default: '1m', min: '0s', max: '24h' }),
  'require-rehearsal': flag({ description: 'Whether `apply` refuses what was not rehearsed as it is: the same files, release and schema.', default: 'true' }),
  set: text({ description: 'The backup set that the rehearsal is run on. If left out, the newest proven one that has this database.', example: '20261121T140210-3f9a1c', accepts: 'the name of a set', check: (set) => (/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/.test(set) ? undefined : 'accepted is the name of a set') }),
  sets: text({ description: 'Folder of the sets on the server. If left out, `backups` in the folder of the service.', accepts: PATH, check: (path) => checkLength(path) ?? (path.startsWith('/') && hasNoClimb(path) ? undefined : `accepted is ${PATH}`) }),
  'scratch-directory': text({ description: 'Folder for the scratch instance. If left out, that of the sets, or for root `/var/tmp`.', accepts: PATH, check: (path) => checkLength(path) ?? (path.startsWith('/') && hasNoClimb(path) ? undefined : `accepted is ${PATH}`) }),
  'age-identity': secret({ description: 'What opens a set that is encrypted with age: `AGE-SECRET-KEY-…`, or an SSH key.' }),
  'gpg-secret-key': secret({ description: 'What opens a set that is encrypted with gpg: a secret key in ASCII armour.' }),
  'gpg-passphrase': secret({ description: 'Passphrase of `gpg-secret-key`, if it has one.' }),
  neutralize: text({ description: 'Command that turns off, in the copy, what reaches out of it: mail, payment, fiscal interfaces. It runs before the migrations are rehearsed, in the folder of the release, with the copy as its database.', multiline: true, example: 'psql -c "update mail_server set active = false"' }),
  'rehearsal-network': choice({ options: ['none', 'allowed'], description: '`none` lets what is rehearsed reach no network and refuses where that cannot be had; `allowed` says openly that it may.', default: 'none' }),
  'edited-history': choice({ options: ['refuse', 'accept'], description: 'What is done when a file was changed or removed after it was applied. `accept` takes the files as they are for what was applied.', default: 'refuse' }),
  'program-mirror': text({ description: 'Mirror of https://github.com for the release of dbmate, which is brought to a server that lacks it; no other host is asked then.', check: mistakeOf((given: string) => sourceOf(given)) }),
  timeout: duration({ description: 'How long all of it may take.', default: '2h', min: '10s', max: '24h' }),
  'dry-run': flag({ description: 'Print the plan step by step, and change nothing.' }),
};

/** What the story gets. */
export type Inputs = Values<typeof fields>;

/** The contract of migrate. */
export const action = defineAction({
  name: 'migrate',
  title: 'Slipway migrations',
  description: 'Applies to a database only what it has rehearsed on a proven copy, under lock time-outs, and tells by looking what a failure has left.',
  branding: { icon: 'layers', color: 'blue' },
  inputs: fields,
  outputs: {
    state: 'After `apply` and `undo`: `untouched`, `applied` or `partially-applied`, as it was found.',
    evidence: 'JSON of what that was found by: what is applied and pending, and the lines of the schema that changed.',
    pending: 'JSON list of the names of migrations that are pending.',
    applied: 'JSON list of the names of migrations that are applied.',
    irreversible: 'JSON list of pending migrations that cannot be taken back.',
    'lint-findings': 'JSON list of what the lint of pending SQL found and no waiver covers: rule, level, path, line, message.',
    token: 'Of the rehearsal: what `apply` looks for on the server, so no job has to hand it on.',
    duration: 'Seconds it took, as a decimal number.',
    rehearsal: 'JSON of what the rehearsal saw: set, seconds of each migration, locks, rewritten tables, rows changed.',
  },
  check: (inputs) => [...connectionMistakes(inputs), ...optionMistakes(inputs)],
});
