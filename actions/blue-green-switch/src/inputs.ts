import { defineAction, type Values } from '#shared/runner/action';
import { connectionFields, connectionMistakes } from '#shared/runner/connection-inputs';
import { mistakeOf } from '#shared/runner/field-parsers';
import { choice, duration, flag, text } from '#shared/runner/fields';
import { proofFields, proofMistakes } from '#shared/runner/proof-inputs';
import { checkReleaseId } from '#shared/release/release-id';

const fields = {
  ...connectionFields,
  operation: choice({
    options: ['switch', 'confirm'], default: 'switch',
    description: '`switch` moves traffic to the release that this run prepared. `confirm` keeps a switch that was made with `confirm-within`.',
  }),
  release: text({
    description: 'Release to switch to, if it is not the one this run prepared. Naming it takes the service over from the run that did.',
    example: 'v1.4.0', check: mistakeOf(checkReleaseId),
  }),
  ...proofFields,
  'confirm-within': duration({
    description: 'Leave the switch unconfirmed: without `operation: confirm` within this time, the server goes back by itself, runner or no runner. If left out, this step confirms as soon as the proof has passed.',
    example: '10m', min: '5s', max: '24h',
  }),
  'drain-timeout': duration({ description: 'How long to wait until nothing is open to the old slot any more. What is still open then goes on until `standby` ends.', default: '30s', min: '0s', max: '1h' }),
  standby: duration({ description: 'How long the old slot stays warm after the switch, for an instant rollback; then the server stops it. Never shorter than `drain-timeout`.', default: '10m', min: '0s', max: '7d' }),
  timeout: duration({ description: 'How long all of it may take. A switch that is not confirmed by then goes back.', default: '10m', min: '10s', max: '6h' }),
  'dry-run': flag({ description: 'Print the plan step by step, and change nothing.' }),
};

/** What the story gets. */
export type Inputs = Values<typeof fields>;

/** The contract of blue-green-switch. */
export const action = defineAction({
  name: 'blue-green-switch',
  title: 'Slipway blue-green switch',
  description: 'Moves traffic to the release that waits in the idle slot: one rename, no reload, no request lost. Proves from outside that it answers, and goes back by itself when that is not so or nobody confirms.',
  branding: { icon: 'shuffle', color: 'purple' },
  inputs: fields,
  outputs: {
    release: 'The release users reach now.',
    slot: 'The slot users reach now.',
    'previous-release': 'The release they reached before; it stays warm for `standby`. Empty at the first switch.',
    verified: '`true` when the proof passed.',
    confirmed: '`true` when the switch is confirmed; `false` while `operation: confirm` is awaited.',
    'open-connections': 'Requests and streams that were still open to the old slot when `drain-timeout` was over; empty where that could not be told.',
    duration: 'Seconds it took, as a decimal number.',
  },
  check: (inputs) => [
    ...connectionMistakes(inputs), ...proofMistakes(inputs),
    ...(inputs.standby < inputs.drainTimeout ? ['standby is shorter than drain-timeout: what drains would be cut'] : []),
  ],
});
