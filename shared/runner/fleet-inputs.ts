import { UserError } from '#shared/core/errors';
import { hostLabel } from '#shared/system/ssh/target';
import type { Station, Tempo } from '#shared/fleet/fleet';
import type { Values } from './action.ts';
import { checkHost, checkUser, connectionFields, connectionMistakes, optionalConnectionFields, parsePlace, sshTarget, type ConnectionInputs } from './connection-inputs.ts';
import { duration, flag, integer, text, type Field } from './fields.ts';
import { parseYaml } from './yaml-text.ts';

const HOSTS = 'a host name or an IP address, or a list of hosts: user@host:port, or maps of host, user, port and label';
const BATCHES = 'a number of hosts such as 2, or a percentage of them such as 25%';
const MEMBERS = ['host', 'user', 'port', 'label'];

/** A host as an input names it; what it leaves out, the inputs `user` and `port` say. */
export interface GivenHost {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
  readonly label: string;
}

const manyHosts = {
  kind: 'lines', accepts: HOSTS, parse: parseHosts, absent: [],
  description: 'Host name or IP address of the server; or of several, which are then one fleet: one per line or a YAML list, each `host`, `user@host:port`, or a map of `host`, `user`, `port` and `label`.',
};

/** The inputs of a connection to one server or to many. */
export const fleetFields = {
  ...connectionFields,
  host: { ...connectionFields.host, ...manyHosts } as unknown as Field<readonly GivenHost[]>,
  'max-parallel': integer({ description: 'How many hosts of a fleet are prepared at once.', default: '10', min: 1, max: 100 }),
  batches: text({ description: 'How many hosts of a fleet users are moved on at once, as a number or a percentage. All of them if left out. What a batch has published is confirmed when the last one has.', example: '25%', accepts: BATCHES, check: (given) => (isBatches(given) ? undefined : `accepted is ${BATCHES}`) }),
  'first-alone': flag({ description: 'Whether the first host of a fleet is a batch of its own.' }),
  'wait-between': duration({ description: 'How long to wait between two batches.', default: '0s', min: '0s', max: '1h' }),
  'tolerate-unreachable': integer({ description: 'How many hosts of a fleet may be out of reach at the start. They are named, and keep what they serve. With more of them nothing is begun on any.', default: '0', min: 0, max: 1_000 }),
};

/** The same for an action that only looks, and can do without a server: nothing is required, and nothing moves in batches. */
export const watchedFleetFields = {
  ...optionalConnectionFields,
  host: { ...optionalConnectionFields.host, ...manyHosts } as unknown as Field<readonly GivenHost[]>,
  'max-parallel': integer({ description: 'How many hosts of a fleet are asked at once.', default: '10', min: 1, max: 100 }),
  'tolerate-unreachable': integer({ description: 'How many hosts of a fleet may be out of reach. They are named, and count for nothing. With more of them none is asked.', default: '0', min: 0, max: 1_000 }),
};

/** What a fleet's outputs say, beside those of one host. */
export const fleetOutputs = {
  hosts: 'JSON list with a result for each host of a fleet: `label`, `result` (`done`, `failed`, `held-back` because another failed, or `unreachable`), `reason`, `seconds`, and what it would have put out alone. Empty for one host.',
  'skew-ms': 'Milliseconds between the first and the last host of a fleet on which users saw the change; empty where that was none or one.',
};

type Movement = Pick<Values<typeof fleetFields>, 'batches' | 'firstAlone' | 'waitBetween'>;
/** The inputs of a fleet as read, of either set of fields. */
export type FleetInputs = Omit<Values<typeof watchedFleetFields>, 'service' | 'environment'> & Partial<Movement> & { readonly timeout: number };

/** What is missing for a login, or wrong with the hosts together. */
export function fleetMistakes(inputs: Omit<FleetInputs, 'timeout'>): readonly string[] {
  const labels = inputs.host.map(({ label }) => label);
  const twice = labels.find((label, index) => labels.indexOf(label) !== index);
  return [...connectionMistakes(oneOf(inputs, inputs.host[0])), ...(twice === undefined ? [] : [`host names ${twice} twice; give each host once, or a label of its own`])];
}

/** The one host of these inputs as a connection has it, or the first of many. */
export function oneOf(inputs: Omit<FleetInputs, 'timeout'>, given: GivenHost | undefined): ConnectionInputs {
  const { host, user = inputs.user, port = inputs.port } = given ?? { host: undefined };
  return { ...inputs, host, user, port };
}

/** The hosts with how to log in to each. */
export function stationsOf(inputs: FleetInputs): Station[] {
  return inputs.host.map((given) => ({ label: given.label, target: sshTarget(oneOf(inputs, given)) }));
}

/** How the fleet is gone through. A script has nothing to prepare, so its batches are as large as what runs at once. */
export function tempoOf(inputs: FleetInputs, isScript = false): Tempo {
  const { maxParallel, batches, firstAlone = false, waitBetween = 0, tolerateUnreachable, timeout } = inputs;
  const count = inputs.host.length;
  const batchSize = batches === undefined ? (isScript ? maxParallel : count) : batches.endsWith('%') ? Math.ceil((count * Number.parseFloat(batches)) / 100) : Number(batches);
  return { maxParallel, batchSize, isFirstAlone: firstAlone, waitBetween, tolerateUnreachable, patience: timeout };
}

function isBatches(given: string): boolean {
  return /^[1-9]\d{0,3}$/.test(given) || (/^\d{1,3}%$/.test(given) && Number.parseInt(given, 10) >= 1 && Number.parseInt(given, 10) <= 100);
}

async function parseHosts(given: string): Promise<readonly GivenHost[]> {
  const isYaml = /^\s*-\s/.test(given) || /^\s*\[[^]*\]\s*$/.test(given) && given.includes(',');
  const items: unknown = isYaml ? await parseYaml(given, 'failsafe') : given.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
  if (!Array.isArray(items) || items.length === 0) throw new UserError(`accepted is ${HOSTS}`);
  return items.map((item: unknown) => (typeof item === 'string' ? hostIn(item.trim()) : hostOf(item)));
}

function hostIn(text: string): GivenHost {
  if (checkHost(text) === undefined) return { host: text, label: text };
  const parsed = parsePlace(text);
  if (parsed === undefined) throw new UserError(`accepted is ${HOSTS}`);
  const { host, user, port } = parsed;
  return { host, label: port === undefined ? host : hostLabel(host, port), ...(user !== undefined && { user }), ...(port !== undefined && { port }) };
}

function hostOf(item: unknown): GivenHost {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) throw new UserError(`accepted is ${HOSTS}`);
  const { host, user, port, label } = item as Readonly<Record<string, unknown>>;
  const strange = Object.keys(item).find((name) => !MEMBERS.includes(name));
  if (strange !== undefined) throw new UserError(`a host has no ${JSON.stringify(strange.slice(0, 40))}; accepted is ${HOSTS}`);
  if (typeof host !== 'string' || checkHost(host) !== undefined) throw new UserError('each host needs a host name or an IP address under host');
  if (user !== undefined && (typeof user !== 'string' || checkUser(user) !== undefined)) throw new UserError(`user of ${host} is no login name`);
  if (port !== undefined && (typeof port !== 'string' || !/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)) throw new UserError(`port of ${host} is no port from 1 to 65535`);
  if (label !== undefined && (typeof label !== 'string' || !/^[\w.@:-]{1,63}$/.test(label))) throw new UserError(`label of ${host} is not made of letters, digits and . _ - @ :, 63 at most`);
  const named = label ?? (port === undefined ? host : hostLabel(host, Number(port)));
  return { host, label: named, ...(user !== undefined && { user }), ...(port !== undefined && { port: Number(port) }) };
}
