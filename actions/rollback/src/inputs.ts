import { parseSources } from '#shared/database/source-list';
import { defineAction, type Values } from '#shared/runner/action';
import { fleetFields, fleetMistakes, fleetOutputs } from '#shared/runner/fleet-inputs';
import { mistakeOf } from '#shared/runner/field-parsers';
import { choice, duration, flag, lines, secret, structure, text } from '#shared/runner/fields';
import { restoreFields } from '#shared/runner/restore-inputs';
import { proofFields, proofMistakes } from '#shared/runner/proof-inputs';
import { checkReleaseId } from '#shared/release/release-id';

const PATH = 'an absolute path on the server, without ..';
const checkPath = (path: string): string | undefined => (path.startsWith('/') && !path.split('/').includes('..') ? undefined : `accepted is ${PATH}`);

const fields = {
  ...fleetFields,
  release: text({
    description: 'Where to go back to: the name of a release that was verified once, or `previous` for the last such one before what is live. If left out, what this run changed is taken back, and nothing else: right for a step with `if: failure()`.',
    example: 'previous', check: mistakeOf(checkReleaseId),
  }),
  ...proofFields,
  data: choice({
    options: ['none', 'undo-migrations', 'restore'], default: 'none',
    description: 'What becomes of the data: `none` leaves it; `undo-migrations` undoes, once traffic is back, the migrations that this run or the undone release applied, with its own files; `restore` makes a backup set live again together with the release, or alone where only data has to go back. What was written since the set is lost, up to `max-data-loss`.',
  }),
  'database-password': secret({ description: 'For `data: undo-migrations`: the password that the migrations were applied with, if there was one. It is not kept on the server.' }),
  ...restoreFields,
  sources: structure({
    description: 'For `data: restore`: how what the parts of the set belong to is reached, as a YAML list: those that [db-backup](../db-backup/README.md#sources) took the set with.',
    parser: parseSources, accepts: 'a YAML list of sources', example: '[{ postgres: shop }, { files: /srv/shop/shared/filestore }]',
  }),
  parts: lines({ description: 'Which parts of the set are restored; all that can be, if left out.', example: 'shop' }),
  directory: text({ description: 'Folder of the sets on the server. If left out, `backups` in the folder of the service.', example: '/srv/backups/shop', accepts: PATH, check: checkPath }),
  'scratch-directory': text({ description: 'Folder for what is compared. If left out, `directory`, or for root `/var/tmp`.', accepts: PATH, check: checkPath }),
  quiesce: text({ description: 'Command on the server that holds writers back while the data is swapped. It may be run again.', multiline: true, example: 'systemctl --user stop shop-worker' }),
  resume: text({ description: 'Command that lets them go on, also after any failure. It may be run twice.', multiline: true, example: 'systemctl --user start shop-worker' }),
  'lock-timeout': duration({ description: 'How long whoever has an SQLite database open is waited for.', default: '30s', min: '1s', max: '1h' }),
  standby: duration({ description: 'How long the slot users left stays warm before the server stops it.', default: '10m', min: '0s', max: '7d' }),
  timeout: duration({ description: 'How long all of it may take.', default: '10m', min: '10s', max: '6h' }),
  'dry-run': flag({ description: 'Print the plan step by step, and change nothing.' }),
};

/** What the story gets. */
export type Inputs = Values<typeof fields>;

/** The contract of rollback. */
export const action = defineAction({
  name: 'rollback',
  title: 'Slipway rollback',
  description: 'Takes users back to a release that was verified once: from a warm slot in one act, from a cold one as soon as it is healthy. Done twice it changes nothing more, and it says what it did not take back.',
  branding: { icon: 'rewind', color: 'orange' },
  inputs: fields,
  outputs: {
    'restored-release': 'The release users reach now.',
    'undone-release': 'The release that was taken back; empty when nothing had to be.',
    slot: 'The slot users reach now; empty where there are no slots.',
    verified: '`true` when the proof passed.',
    duration: 'Seconds it took, as a decimal number.',
    'undone-migrations': 'With `data: undo-migrations`: JSON list of the migrations that were undone.',
    set: 'The set whose data is live again; empty where data was left as it is.',
    restore: 'The id by which the data that was live is kept, as `<name>__before_<id>`; `operation: swap-back` of db-backup brings it back.',
    lost: 'How many rows and files that were live are not in what took their place.',
    ...fleetOutputs,
  },
  check: (inputs) => [...fleetMistakes(inputs), ...proofMistakes(inputs), ...dataMistakes(inputs)],
});

function dataMistakes({ data, sources, quiesce, resume }: Inputs): readonly string[] {
  return [
    ...(data === 'restore' && sources === undefined ? ['sources is missing: data: restore needs to know how what the parts of the set belong to is reached'] : []),
    ...((quiesce === undefined) === (resume === undefined) ? [] : ['quiesce and resume go together: what is held back must go on']),
  ];
}
