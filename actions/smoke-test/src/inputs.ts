import { oneLine, parseHeaderName, parsePath, parseUrl, readJsonPath } from '#shared/checks/texts';
import { parseStatus } from '#shared/checks/status-range';
import { formatDuration } from '#shared/core/duration';
import { defineAction, type Values } from '#shared/runner/action';
import { fleetMistakes, fleetOutputs, watchedFleetFields } from '#shared/runner/fleet-inputs';
import { mistakeOf } from '#shared/runner/field-parsers';
import { choice, duration, flag, integer, percentage, structure, text } from '#shared/runner/fields';

const fields = {
  url: text({
    description: 'Base address of the service. Checks that give only a path are put behind it.',
    env: 'DEPLOY_URL', example: 'https://shop.example.com', accepts: 'an address such as https://shop.example.com', check: mistakeOf(parseUrl),
  }),
  checks: structure({
    description: 'The checks, as a YAML list; the README has every key. Without it, one check is made of the inputs `path` to `max-response-time`; if any of those is given, that check is made besides.',
    parser: async (yaml) => (await import('#shared/checks/check-list')).parseChecks(yaml), accepts: 'a YAML list of checks', example: '[{ path: /health, status: 200 }, { tcp: "db.example.com:5432" }]',
  }),
  slot: choice({
    options: ['idle', 'live', 'blue', 'green'],
    description: 'Ask this slot of `service` on its server, over SSH, instead of the public address: `idle` is the one that `blue-green-switch` would switch to. `url`, if given, says which host is asked for.',
  }),
  path: text({ description: 'Path behind `url` that the simple check asks for; `url` itself if left out.', example: '/health', check: mistakeOf(parsePath) }),
  'expect-status': text({ description: 'Statuses that are as expected: single ones, ranges and families, with commas. 2xx if left out.', example: '200, 204, 3xx', check: mistakeOf(parseStatus) }),
  'expect-text': text({ description: 'Text that the body must hold.', multiline: true }),
  'expect-version': text({
    description: 'The version that must answer; a green answer from any other fails. A full commit hash also accepts its abbreviation. Needs `version-header` or `version-json-path`.',
    check: mistakeOf(oneLine),
  }),
  'version-header': text({ description: 'Response header in which the service says its version.', example: 'X-Version', check: mistakeOf(parseHeaderName) }),
  'version-json-path': text({ description: 'JSON path (RFC 9535) at which the body says the version.', example: '$.version', check: mistakeOf(readJsonPath) }),
  'max-response-time': duration({ description: 'How long the answer of the simple check may take, from the first packet to the last byte.', example: '2s' }),
  'max-error-rate': percentage({
    description: 'How many answers of the live slot of `service` (or of `slot`) may be errors (5xx) from the start of this step to its end, as its router counts them. It makes a check besides; no request at all is inconclusive.',
    example: '1%',
  }),
  timeout: duration({ description: 'How long to wait until every check passes: failed ones are measured anew, after 200ms at first and 5s at most.', default: '1m', min: '1s', max: '6h' }),
  'attempt-timeout': duration({ description: 'How long one attempt at a check may take.', default: '10s', min: '10ms', max: '1h' }),
  successes: integer({ description: 'How often in a row each check must pass; a failure starts the count again.', default: '1', min: 1, max: 1_000 }),
  interval: duration({
    description: 'How long to wait between two of the passes that `successes` asks for; by back-off if left out. With `once: true` it makes a watch, which fails at the first fault.',
    example: '30s', min: '10ms', max: '1h',
  }),
  once: flag({ description: 'Measure each check once (or `successes` times) and do not try again: for a service that is up already, where a retry would hide faults that come and go.' }),
  ...watchedFleetFields,
};

/** What the story gets. */
export type Inputs = Values<typeof fields>;

/** The contract of smoke-test. */
export const action = defineAction({
  name: 'smoke-test',
  title: 'Slipway smoke test',
  description: 'Checks that a deployment really works and is the version it should be: HTTP, TCP and commands, from outside or over SSH.',
  branding: { icon: 'check-circle', color: 'green' },
  inputs: fields,
  outputs: {
    verdict: '`pass`, `fail` or `inconclusive`. Only `pass` lets the step pass.',
    checks: 'JSON list of the results: host (of a fleet), name, verdict, reason, durationMs, attempts, and of HTTP checks status and version.',
    passed: 'Number of checks that passed.',
    failed: 'Number of checks that failed.',
    inconclusive: 'Number of checks that could not be made.',
    duration: 'Seconds that the checks took together, as a decimal number.',
    version: 'The version that answered, where one was asked for; with commas, where several did.',
    hosts: fleetOutputs.hosts,
  },
  check: (inputs) => [...evidenceMistakes(inputs), ...serverMistakes(inputs), ...intervalMistakes(inputs)],
});

type Given = Pick<Inputs, 'url' | 'slot' | 'checks' | 'path' | 'expectStatus' | 'expectText' | 'expectVersion' | 'versionHeader' | 'versionJsonPath' | 'maxResponseTime' | 'maxErrorRate'>;

/** Whether the inputs describe a check of their own, besides those of the list. */
export function hasSimpleCheck({ url, slot, checks, path, expectStatus, expectText, expectVersion, versionHeader, versionJsonPath, maxResponseTime }: Given): boolean {
  const isDescribed = [path, expectStatus, expectText, expectVersion, versionHeader, versionJsonPath, maxResponseTime].some((value) => value !== undefined);
  return isDescribed || (checks === undefined && (url !== undefined || slot !== undefined));
}

function evidenceMistakes(inputs: Given): readonly string[] {
  const { slot, checks, expectVersion, versionHeader, versionJsonPath, maxErrorRate } = inputs;
  const url = inputs.url ?? slot;
  const places = [versionHeader, versionJsonPath].filter((place) => place !== undefined).length;
  return [
    ...(url === undefined && checks === undefined && maxErrorRate === undefined ? ['url or checks is missing: without a check there is no evidence, and that is never a pass'] : []),
    ...(url === undefined && checks?.needsBase ? ['url is missing: a check in checks gives only a path'] : []),
    ...(url === undefined && checks !== undefined && hasSimpleCheck(inputs) ? ['url is missing: path, expect-... and max-response-time are about it'] : []),
    ...(expectVersion !== undefined && places !== 1 ? ['expect-version needs exactly one of version-header and version-json-path, which say where the answer tells its version'] : []),
    ...(expectVersion === undefined && places > 0 ? ['expect-version is missing: version-header and version-json-path only say where to look for it'] : []),
  ];
}

function intervalMistakes(inputs: Inputs): readonly string[] {
  const { successes, interval, timeout, host, maxParallel } = inputs;
  if (interval === undefined) return [];
  if (successes === 1) return ['successes is missing: interval is the time between several passes'];
  const rounds = asksServer(inputs) ? Math.max(1, Math.ceil(host.length / maxParallel)) : 1;
  const least = rounds * (successes - 1) * interval;
  if (least < timeout) return [];
  const several = rounds === 1 ? '' : `, on ${host.length} hosts of which ${maxParallel} are asked at once (max-parallel),`;
  return [`timeout is too short: ${successes} passes with ${formatDuration(interval)} between them${several} take longer than ${formatDuration(timeout)}`];
}

/** Whether any of what is asked is asked of the server itself. */
export function asksServer({ slot, maxErrorRate, checks }: Pick<Inputs, 'slot' | 'maxErrorRate' | 'checks'>): boolean {
  return slot !== undefined || maxErrorRate !== undefined || checks?.needsServer === true;
}

function serverMistakes(inputs: Inputs): readonly string[] {
  const about = inputs.slot !== undefined ? 'slot is one of its slots' : 'max-error-rate is about its router';
  if (inputs.slot !== undefined || inputs.maxErrorRate !== undefined) return [...fleetMistakes(inputs), ...(inputs.service === undefined ? [`service is missing: ${about}`] : [])];
  return asksServer(inputs) ? fleetMistakes(inputs).map((mistake) => `${mistake} (a check in checks goes through ssh or is a command)`) : [];
}
