import { COMPRESSIONS, FURTHEST, isProvableElsewhere, isRestored, proofOf, PROOFS, weaker } from '#shared/database/source';
import { parseReferences, parseSources } from '#shared/database/source-list';
import { defineAction, type Values } from '#shared/runner/action';
import { connectionFields, connectionMistakes } from '#shared/runner/connection-inputs';
import { checkSetName, restoreFields } from '#shared/runner/restore-inputs';
import { choice, duration, flag, integer, lines, secret, structure, text } from '#shared/runner/fields';
import { FAR_PLACE, parseCopyPlace, parseFarPlace, PLACE } from './copy-place.ts';

const PATH = 'an absolute path on the server, without ..';
const checkPath = (path: string): string | undefined => (path.startsWith('/') && !path.split('/').includes('..') ? undefined : `accepted is ${PATH}`);

const fields = {
  operation: choice({
    options: ['backup', 'list', 'restore', 'swap-back'], default: 'backup',
    description: '`backup` takes a set and proves it; `list` tells which sets there are; `restore` makes a set live again; `swap-back` makes live again what a restore put aside.',
  }),
  ...connectionFields,
  sources: structure({
    description: 'What becomes a part of the set, as a YAML list; the README has every key.',
    parser: parseSources, accepts: 'a YAML list of sources', example: '[{ postgres: shop }, { files: /srv/shop/shared/filestore }]',
  }),
  directory: text({ description: 'Folder of the sets on the server. If left out, `backups` in the folder of the service.', example: '/srv/backups/shop', accepts: PATH, check: checkPath }),
  verify: choice({
    options: PROOFS,
    description: 'How far each part must be proven before the set exists: read to its last byte, restored into a scratch instance, or restored and found equal, row by row, to the snapshot it came from. A source\'s own `verify` goes before.',
    default: 'equal',
  }),
  'proof-host': text({
    description: `Another server that parts are restored on and compared, instead of their own, which reaches it over SSH: ${FAR_PLACE}. It needs the programs that restore them, in the same version, and room in that folder. It sees what it restores: guard it as you guard the databases.`,
    example: 'ssh://proof@spare.example.com/srv/proofs', accepts: FAR_PLACE, check: (place) => (parseFarPlace(place) ? undefined : `accepted is ${FAR_PLACE}`),
  }),
  'proof-ssh-key': secret({ description: 'Private key, without a passphrase, that the server logs in with at `proof-host`. It goes with the end of the backup.', example: '${{ secrets.PROOF_SSH_KEY }}' }),
  'proof-known-hosts': text({ description: 'Lines of a known_hosts file that name the host key of `proof-host`, as `ssh-keyscan` prints them.', multiline: true }),
  compression: choice({ options: COMPRESSIONS, description: 'How parts are compressed: `zstd` makes `.sql.zst`, `gzip` makes `.sql.gz` and takes five times as long.', default: 'zstd' }),
  'age-recipients': lines({
    description: 'Public keys (`age1…` or `ssh-ed25519 …`) that parts are encrypted to, as a stream: a dump is never plain on the disk.',
    example: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
    check: (keys) => (keys.every((key) => /^(?:age1[a-z0-9]+|ssh-(?:ed25519|rsa) [A-Za-z0-9+/=]+(?: .*)?)$/.test(key)) ? undefined : 'accepted are keys that begin with age1, ssh-ed25519 or ssh-rsa'),
  }),
  'gpg-key': text({ description: 'The same with gpg: public keys in ASCII armour, as `gpg --armor --export` prints them.', multiline: true }),
  references: structure({
    description: 'Queries whose rows must each be the path of a file in the set, as a YAML list: `query`, the source it is asked (`from`), the source that has the files (`files`), `prefix` before each row, and `sha1: true` where files are named by their own SHA-1.',
    parser: parseReferences, accepts: 'a YAML list of references', example: '[{ from: shop, query: "select path from uploads", files: filestore }]',
  }),
  quiesce: text({ description: 'Command on the server that holds writers back while the parts are taken, so that all show one moment, and while parts are swapped. It may be run again.', multiline: true, example: 'systemctl --user stop shop-worker' }),
  resume: text({ description: 'Command that lets them go on: after the parts are taken, after any failure, and within a second when the plan is killed. It may be run twice.', multiline: true, example: 'systemctl --user start shop-worker' }),
  'lock-timeout': duration({ description: 'How long a table that somebody else has locked is waited for. Then the backup fails, and holds nobody up.', default: '30s', min: '1s', max: '1h' }),
  'copy-to': lines({
    description: `Second places that the set is copied to once it is proven, from server to server: ${PLACE}.`,
    example: 'ssh://backup@vault.example.com/srv/copies/shop', check: placeMistake,
  }),
  'copy-ssh-key': secret({ description: 'Private key, without a passphrase, that the server logs in with at the `ssh://` places. It goes with the end of the copy.', example: '${{ secrets.COPY_SSH_KEY }}' }),
  'copy-known-hosts': text({ description: 'Lines of a known_hosts file that name the host keys of the `ssh://` places, as `ssh-keyscan` prints them.', multiline: true }),
  's3-endpoint': text({ description: 'Address of the store behind `s3://`, where it is not Amazon\'s.', example: 'https://s3.example.com', accepts: 'an http or https address', check: (url) => (/^https?:\/\/[A-Za-z0-9.:[\]-]+$/.test(url) ? undefined : 'accepted is an http or https address without a path') }),
  's3-access-key': secret({ description: 'Access key for `s3://`. Without it, the login of the server\'s own client (aws, rclone or s3cmd, the first that is there) is used.' }),
  's3-secret-key': secret({ description: 'Secret key that belongs to it.' }),
  'keep-last': integer({ description: 'How many of the newest sets are kept, of those with the same parts of this service and environment; `keep-…` never touches others. Without any `keep-…` none is ever removed; none is before a newer one is proven.', default: '0', max: 10_000 }),
  'keep-daily': integer({ description: 'Of how many days the newest proven set is kept.', default: '0', max: 10_000 }),
  'keep-weekly': integer({ description: 'Of how many weeks the newest proven set is kept.', default: '0', max: 10_000 }),
  'keep-monthly': integer({ description: 'Of how many months the newest proven set is kept.', default: '0', max: 10_000 }),
  'keep-minimum': integer({ description: 'How many proven sets are kept at least; the newest is always.', default: '1', min: 1, max: 10_000 }),
  ...restoreFields,
  parts: lines({ description: 'Which parts of the set are restored; all that can be, if left out. They belong together, so leave out only what you know to fit.', example: 'shop' }),
  'swap-back': text({ description: 'For `swap-back`: the restore to take back, by the `restore` it put out.', example: '20261121T140210-3f9a1c', check: checkSetName }),
  'scratch-directory': text({
    description: 'Folder for scratch instances on the server, which need about the room of the database. If left out, `directory`, or for root `/var/tmp`, where the user postgres may enter.',
    accepts: PATH, check: checkPath,
  }),
  timeout: duration({ description: 'How long all of it may take.', default: '2h', min: '10s', max: '24h' }),
  'dry-run': flag({ description: 'Print the plan step by step, and change nothing.' }),
};

/** What the story gets. */
export type Inputs = Values<typeof fields>;

/** The contract of db-backup. */
export const action = defineAction({
  name: 'db-backup',
  title: 'Slipway database backup',
  description: 'Takes databases and files as one set next to where they are, restores it there into a scratch instance, and calls it done only when every row came back.',
  branding: { icon: 'database', color: 'blue' },
  inputs: fields,
  outputs: {
    set: 'Name of the set.',
    parts: 'JSON list of its parts: name, kind, proof, times, and how to restore each by hand.',
    size: 'Bytes that it takes.',
    proof: '`equal`, `restored`, `readable` or `none`: as its weakest part.',
    'restore-seconds': 'Seconds that restoring it took in the proof.',
    manifest: 'What the set says of itself, as JSON.',
    'manifest-file': 'The same as a file on the runner, to upload as an artifact.',
    copies: 'JSON list of the places that it was copied to.',
    sets: 'With `operation: list`: JSON list of the sets, newest first.',
    restore: 'With `restore` and `swap-back`: the id by which what was live is kept, as `<name>__before_<id>`, and can be swapped back.',
    lost: 'With them: how many rows and files that were live are not in what took their place.',
    duration: 'Seconds it took, as a decimal number.',
  },
  check: (inputs) => [...connectionMistakes(inputs), ...operationMistakes(inputs)],
});

function operationMistakes(inputs: Inputs): readonly string[] {
  const { operation, sources, set, swapBack } = inputs;
  const needsSources = sources === undefined ? ['sources is missing: it says how what the parts belong to is reached; give those that the set was taken with'] : [];
  switch (operation) {
    case 'list': return [];
    case 'backup': return setMistakes(inputs);
    case 'restore': return [...needsSources, ...(set === undefined ? ['set is missing: the name of the set to restore, or latest'] : []), ...hookMistakes(inputs)];
    case 'swap-back': return [...needsSources, ...(swapBack === undefined ? ['swap-back is missing: the restore to take back'] : []), ...hookMistakes(inputs)];
  }
}

function hookMistakes({ quiesce, resume }: Inputs): readonly string[] {
  return (quiesce === undefined) === (resume === undefined) ? [] : ['quiesce and resume go together: what is held back must go on'];
}

function setMistakes(inputs: Inputs): readonly string[] {
  const { sources, references = [], verify, ageRecipients, gpgKey } = inputs;
  const beyond = (sources ?? []).filter((source) => weaker(proofOf(source, verify), FURTHEST[source.kind]) !== proofOf(source, verify));
  const names = (isOfDatabase: boolean): readonly string[] => (sources ?? []).filter(({ kind }) => (isOfDatabase ? ['postgres', 'mysql', 'sqlite'].includes(kind) : kind === 'files')).map(({ name }) => name);
  return [
    ...(sources === undefined ? ['sources is missing: it says what to back up'] : []),
    ...beyond.map(({ name, kind }) => `sources: ${name} (${kind}) can be proven ${FURTHEST[kind]} at most; say so in its verify, and the set's proof will be that`),
    ...references.flatMap(({ from, files }, index) => [
      ...(names(true).includes(from) ? [] : [`references[${index}].from: ${from} is no source that takes a query`]),
      ...(names(false).includes(files) ? [] : [`references[${index}].files: ${files} is no files source`]),
    ]),
    ...(ageRecipients.length > 0 && gpgKey !== undefined ? ['age-recipients and gpg-key: accepted is one of them'] : []),
    ...proofHostMistakes(inputs),
    ...copyMistakes(inputs),
    ...hookMistakes(inputs),
  ];
}

function proofHostMistakes({ proofHost, proofSshKey, proofKnownHosts, sources = [], verify }: Inputs): readonly string[] {
  if (proofHost === undefined) return [];
  const bound = sources.filter((source) => isRestored(proofOf(source, verify)) && !isProvableElsewhere(source.kind));
  return [
    ...(proofSshKey === undefined ? ['proof-ssh-key is missing: the server logs in with it at proof-host'] : []),
    ...(proofKnownHosts === undefined ? ['proof-known-hosts is missing: without it the server does not know whom it sends the set to. On a machine you trust: ssh-keyscan HOST'] : []),
    ...bound.map(({ name, kind }) => `proof-host: sources: ${name} (${kind}) can be restored on its own server only; give it verify: readable, or a backup without proof-host`),
  ];
}

function copyMistakes({ copyTo, copySshKey, copyKnownHosts, s3AccessKey, s3SecretKey }: Inputs): readonly string[] {
  const isOverSsh = copyTo.some((place) => place.startsWith('ssh://'));
  return [
    ...(isOverSsh && copySshKey === undefined ? ['copy-ssh-key is missing: the server logs in with it at the ssh:// places of copy-to'] : []),
    ...(isOverSsh && copyKnownHosts === undefined ? ['copy-known-hosts is missing: without it the server does not know whom it sends the copy to. On a machine you trust: ssh-keyscan HOST'] : []),
    ...((s3AccessKey === undefined) === (s3SecretKey === undefined) ? [] : ['s3-access-key and s3-secret-key go together']),
  ];
}

function placeMistake(places: readonly string[]): string | undefined {
  try {
    places.forEach(parseCopyPlace);
    return undefined;
  } catch {
    return `accepted is ${PLACE}`;
  }
}
