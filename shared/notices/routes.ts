import { UserError } from '#shared/core/errors';
import { likelyMeant } from '#shared/core/nearest';
import { EVENTS, type EventName, type Severity } from './event.ts';
import { mentionMistake, type People } from './mention.ts';
import { parsePeople } from './people.ts';
import { DAYS, parseSeverity, parseTimeOfDay, parseZone, type Day, type QuietHours } from './quiet-hours.ts';

/** Where notices go: the kind of channel, and which one. E-mail and PagerDuty become further kinds. */
export type Channel = { readonly kind: 'slack'; readonly id: string };

/** A channel, and who is called there. */
export interface Target {
  readonly channel: Channel;
  readonly mention: readonly string[];
}

/** Who hears of what. What is empty matches everything. */
export interface Route {
  readonly name: string;
  readonly events: readonly EventName[];
  readonly environments: readonly string[];
  readonly services: readonly string[];
  readonly severity: Severity;
  readonly to: readonly Target[];
  readonly quiet: QuietHours | undefined;
  /** Tells only that deployments begin to fail, or succeed again. */
  readonly isOnlyOnChange: boolean;
}

/** A routing file as read. */
export interface Routes {
  readonly people: People;
  readonly routes: readonly Route[];
}

/** Stands for the channel, or the webhook, that the step's own inputs name. */
export const STEP_CHANNEL = 'default';
export const CHANNEL = '^(default|[CGD][A-Z0-9]{6,20}|#[^\\s#<>,]{1,80})$';

/** The keys of the file, level by level; the schema is made of the same. */
export const KEYS = {
  file: ['people', 'routes'],
  route: ['name', 'events', 'environments', 'services', 'severity', 'to', 'quiet', 'only-on-change'],
  target: ['slack', 'mention'],
  quiet: ['from', 'to', 'zone', 'days', 'except'],
} as const;

type Mapping = Readonly<Record<string, unknown>>;

/** Routes out of a file's YAML. @throws {UserError} that names the place of the first mistake and what belongs there. */
export function parseRoutes(yaml: unknown): Routes {
  const { people, routes } = mapping('the file', yaml, KEYS.file);
  if (!Array.isArray(routes) || routes.length === 0) throw new UserError('routes: accepted is a list with one route at least');
  return {
    people: people === undefined ? {} : at('people', () => parsePeople(people)),
    routes: routes.map((route: unknown, index) => parseRoute(`routes[${index}]`, route, index)),
  };
}

function parseRoute(place: string, given: unknown, index: number): Route {
  const route = mapping(place, given, KEYS.route);
  const { to, quiet, severity, 'only-on-change': onlyOnChange = false } = route;
  if (typeof onlyOnChange !== 'boolean') throw new UserError(`${place}.only-on-change: accepted is true or false`);
  const targets = Array.isArray(to) ? to : [to];
  if (to === undefined || targets.length === 0) throw new UserError(`${place}.to is missing: it names the channels, such as "slack: C024BE91L"`);
  return {
    name: route['name'] === undefined ? `route ${index + 1}` : textAt(`${place}.name`, route['name']),
    events: list(`${place}.events`, route['events']).map((name, position) => parseEvent(`${place}.events[${position}]`, name)),
    environments: list(`${place}.environments`, route['environments']),
    services: list(`${place}.services`, route['services']),
    severity: severity === undefined ? 'info' : at(`${place}.severity`, () => parseSeverity(severity)),
    to: targets.map((target: unknown, position) => parseTarget(`${place}.to${Array.isArray(to) ? `[${position}]` : ''}`, target)),
    quiet: quiet === undefined ? undefined : parseQuiet(`${place}.quiet`, quiet),
    isOnlyOnChange: onlyOnChange,
  };
}

function parseEvent(place: string, name: string): EventName {
  const event = EVENTS.find((candidate) => candidate === name);
  if (event !== undefined) return event;
  const near = likelyMeant(name, EVENTS);
  throw new UserError(`${place}: there is no event ${name}${near === undefined ? `; there are ${EVENTS.join(', ')}` : `; the nearest is ${near}`}`);
}

function parseTarget(place: string, given: unknown): Target {
  const { slack, mention } = mapping(place, given, KEYS.target);
  if (slack === undefined) throw new UserError(`${place}: slack is missing, the only kind of channel so far`);
  const id = textAt(`${place}.slack`, slack);
  if (!new RegExp(CHANNEL).test(id)) throw new UserError(`${place}.slack: accepted is a channel's ID such as C024BE91L, or ${STEP_CHANNEL} for the one of the step`);
  const names = list(`${place}.mention`, mention);
  const mistake = names.map(mentionMistake).find((found) => found !== undefined);
  if (mistake !== undefined) throw new UserError(`${place}.mention: ${mistake}`);
  return { channel: { kind: 'slack', id }, mention: names };
}

function parseQuiet(place: string, given: unknown): QuietHours {
  const { from, to, zone, days, except } = mapping(place, given, KEYS.quiet);
  const named = list(`${place}.days`, days);
  const odd = named.find((day) => !DAYS.includes(day as Day));
  if (odd !== undefined) throw new UserError(`${place}.days: there is no ${odd}; accepted are ${DAYS.join(', ')}`);
  return {
    from: at(`${place}.from`, () => parseTimeOfDay(from)), to: at(`${place}.to`, () => parseTimeOfDay(to)), zone: at(`${place}.zone`, () => parseZone(zone)),
    days: named as readonly Day[], except: except === undefined ? 'critical' : at(`${place}.except`, () => parseSeverity(except)),
  };
}

function mapping(place: string, given: unknown, keys: readonly string[]): Mapping {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw new UserError(`${place}: accepted are the keys ${keys.join(', ')}`);
  const unknown = Object.keys(given).find((key) => !keys.includes(key));
  if (unknown === undefined) return given as Mapping;
  const near = likelyMeant(unknown, keys);
  throw new UserError(`${place}: there is no key ${unknown}; ${near === undefined ? `accepted are ${keys.join(', ')}` : `the nearest is ${near}`}`);
}

function list(place: string, given: unknown): readonly string[] {
  if (given === undefined) return [];
  return (Array.isArray(given) ? given : [given]).map((item: unknown) => textAt(place, item));
}

function textAt(place: string, given: unknown): string {
  if (typeof given !== 'string' || given.trim() === '') throw new UserError(`${place}: accepted is text, or a list of texts; what YAML reads otherwise goes into quotes`);
  return given.trim();
}

function at<Value>(place: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${place}: ${error.message}`);
  }
}
