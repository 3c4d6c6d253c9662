import { formatDuration } from '#shared/core/duration';
import { defineAction, type Values } from '#shared/runner/action';
import { fleetFields, fleetMistakes, fleetOutputs } from '#shared/runner/fleet-inputs';
import { mistakeOf } from '#shared/runner/field-parsers';
import { choice, duration, flag, integer, percentage, text } from '#shared/runner/fields';
import { proofFields, proofMistakes } from '#shared/runner/proof-inputs';
import { parseSteps, STEPS } from './shares.ts';
import { checkReleaseId } from '#shared/release/release-id';

const fields = {
  ...fleetFields,
  operation: choice({
    options: ['switch', 'confirm', 'maintenance-on', 'maintenance-off', 'emergency-stop'], default: 'switch',
    description: '`switch` moves traffic to the release that this run prepared. `confirm` keeps a switch that was made with `confirm-within`. `maintenance-on` answers users with 503 and your page until `maintenance-off`. `emergency-stop` does that too, and stops what runs in both slots.',
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
  weight: integer({
    description: 'Percent of requests that the release gets for now; needs `confirm-within`. A later step of this run with a larger `weight`, or none, goes on from there; otherwise traffic goes back.',
    example: '5', min: 1, max: 99,
  }),
  steps: text({
    description: 'Percentages of requests that the release gets one after the other, 100 at last, each watched by the server for `step-duration`: its health, and the errors the router counts. At the first fault all traffic goes back.',
    example: '5, 25, 100', accepts: STEPS, check: mistakeOf(parseSteps),
  }),
  'step-duration': duration({ description: 'How long the server watches each share of `steps` and `weight`.', default: '5m', min: '1s', max: '6h' }),
  'max-error-rate': percentage({
    description: 'How many of its answers to a share of traffic may be errors (5xx) as the router counts them, in percent. It is judged by 20 requests at least, and at the end of each step by those there are.',
    default: '1%',
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
    counters: 'JSON list of what the router counted: when (`before`, `at-5`, `switched`, `drained` …), slot, requests, errors (5xx), milliseconds in all, open. Members it cannot tell are left out.',
    'open-connections': 'Requests and streams that were still open to the old slot when `drain-timeout` was over; empty where that could not be told.',
    duration: 'Seconds it took, as a decimal number.',
    ...fleetOutputs,
  },
  check: (inputs) => [
    ...fleetMistakes(inputs), ...proofMistakes(inputs),
    ...shareMistakes(inputs),
    ...(inputs.standby < inputs.drainTimeout ? ['standby is shorter than drain-timeout: what drains would be cut'] : []),
  ],
});

function shareMistakes({ operation, weight, steps, stepDuration, confirmWithin, timeout }: Inputs): string[] {
  const watched = steps === undefined ? Number(weight !== undefined) : parseSteps(steps).length - 1;
  return [
    ...(operation !== 'switch' && (weight ?? steps) !== undefined ? ['weight and steps belong to operation: switch'] : []),
    ...(weight !== undefined && steps !== undefined ? ['give one of weight and steps'] : []),
    ...(weight !== undefined && confirmWithin === undefined ? ['confirm-within is missing: weight needs to know when traffic goes back if no further step follows'] : []),
    ...(watched * stepDuration >= timeout ? [`timeout is too short: ${watched} x step-duration is ${formatDuration(watched * stepDuration)}`] : []),
  ];
}
