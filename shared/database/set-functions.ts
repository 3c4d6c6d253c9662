import { quote } from '#shared/core/quote';
import { members } from '#shared/server/ledger';
import { userCommand } from '#shared/server/user-command';
import { byHand } from './by-hand.ts';
import { databaseFunctions, elsewhereFunctions } from './scripts.ts';
import type { Backup } from './set-plan.ts';
import { fileOf, proofOf, proofOfSet, type Reference, type Source } from './source.ts';

/** Sh text for the functions of a plan that takes or proves a set; `proving` tells where, as elsewhere.sh has it. Part N is the Nth source. */
export function setFunctions(backup: Backup, proving: 'here' | 'elsewhere' | 'away'): string {
  const { sources, definition, quiesce, resume, run, proofHost } = backup;
  const occasion = { folder: definition.path, release: undefined };
  const about = members({ service: definition.service, environment: definition.environment, proof: proofOfSet(backup), quiesced: quiesce !== '', run: run.id, url: run.url, commit: run.commit });
  const settings = {
    SETS: backup.directory, SET: backup.set, OPENED: '', SCRATCH: backup.scratch, SHARED: '', ENCRYPTION: backup.encryption.program, RECIPIENTS: backup.encryption.recipients, PROVING: proving,
    LOCK_TIMEOUT: String(Math.ceil(backup.lockTimeout / 1_000)), ABOUT: about, PARTS: sources.map((_, index) => index + 1).join(' '),
  };
  return [
    assignments({ ...settings, ...(proofHost && { FAR_USER: proofHost.place.user, FAR_HOST: proofHost.place.host, FAR_PORT: String(proofHost.place.port), FAR_FOLDER: proofHost.place.folder }) }),
    databaseFunctions,
    ...(proofHost === undefined ? [] : [elsewhereFunctions]),
    ...sources.map((source, index) => `part_${index + 1}() {\n${assignments(partSettings(source, index + 1, backup))}\n}`),
    ...sources.flatMap((source, index) => (source.kind === 'command' ? [`command_${index + 1}() {\n${userCommand(definition, occasion, source.command, false)}\n}`] : [])),
    ...Object.entries({ quiesce, resume }).map(([name, command]) => `hook_${name}() {\n${command === '' ? ':' : userCommand(definition, occasion, command)}\n}`),
    'step_stand_by() { stand_by; }',
  ].join('\n');
}

function partSettings(source: Source, number: number, backup: Backup): Readonly<Record<string, string>> {
  const proof = proofOf(source, backup.verify);
  const compression = source.compression ?? backup.compression;
  const head = members({ name: source.name, kind: source.kind, proof, ...('database' in source ? { database: source.database } : {}), ...('folder' in source ? { folder: source.folder } : {}) });
  const restore = JSON.stringify(byHand(source, compression, backup.encryption.program));
  return {
    PART: String(number), NAME: source.name, KIND: source.kind, FILE: fileOf(source), VERIFY: proof, COMPRESSION: compression, HEAD: `${head},"restore":${restore}`,
    REFERENCES: backup.references.flatMap(({ from }, index) => (from === source.name ? [index + 1] : [])).join(' '),
    ...kindSettings(source, number, backup.references),
  };
}

/** What the functions of a source's kind go by: where it is, and how it is reached. */
export function kindSettings(source: Source, number: number, references: readonly Reference[]): Readonly<Record<string, string>> {
  switch (source.kind) {
    case 'postgres':
    case 'mysql':
    case 'redis':
    case 'mongodb': return {
      DATABASE: source.database, DB_HOST: source.host ?? '', DB_PORT: String(source.port ?? ''), DB_USER: source.user ?? '', TOOLS: source.tools ?? '', CONTAINER: source.container ?? '',
    };
    case 'sqlite': return { DATABASE: source.database };
    case 'files': return { FOLDER: source.folder, EXCLUDE: source.exclude.join('\n'), SHA1_NAMES: references.some(({ files, sha1 }) => sha1 && files === source.name) ? 'yes' : '' };
    case 'command': return { COMMAND: `command_${number}` };
  }
}

/** Sh text that sets variables. */
export function assignments(values: Readonly<Record<string, string>>): string {
  return Object.entries(values).map(([name, value]) => `${name}=${quote(value)}`).join('\n');
}
