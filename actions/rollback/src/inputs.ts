import { defineAction, type Values } from '#shared/runner/action';
import { fleetFields, fleetMistakes, fleetOutputs } from '#shared/runner/fleet-inputs';
import { mistakeOf } from '#shared/runner/field-parsers';
import { duration, flag, text } from '#shared/runner/fields';
import { proofFields, proofMistakes } from '#shared/runner/proof-inputs';
import { checkReleaseId } from '#shared/release/release-id';

const fields = {
  ...fleetFields,
  release: text({
    description: 'Where to go back to: the name of a release that was verified once, or `previous` for the last such one before what is live. If left out, what this run changed is taken back, and nothing else: right for a step with `if: failure()`.',
    example: 'previous', check: mistakeOf(checkReleaseId),
  }),
  ...proofFields,
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
    ...fleetOutputs,
  },
  check: (inputs) => [...fleetMistakes(inputs), ...proofMistakes(inputs)],
});
