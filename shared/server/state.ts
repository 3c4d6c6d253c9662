import { UserError } from '#shared/core/errors';
import { lastMove, parseLedger, type LedgerEvent } from './ledger.ts';
import type { Unpacker } from './compression.ts';
import { hasSlots, parseDefinition, type ServiceDefinition } from './definition.ts';

/** One of the two places where a release of a service runs. */
export type Slot = 'blue' | 'green';

/** What a server knows of a service, read in one go. */
export interface ServerState {
  /** The state folder, `<path>/.slipway`. */
  readonly folder: string;
  /** The generation this reading took, if it was to take one. */
  readonly claimed: number | undefined;
  /** The server's clock, in seconds since 1970. */
  readonly clock: number;
  readonly events: readonly LedgerEvent[];
  /** How many bytes the ledger had when the reading began. */
  readonly ledgerLength: number;
  /** As the last deployment recorded it; undefined before the first. */
  readonly definition: ServiceDefinition | undefined;
  /** What each slot was started with, as `slots/blue`, and each release made with, as `releases/v1`. */
  readonly definitions: ReadonlyMap<string, ServiceDefinition>;
  /** The slot users reach, and the one they would reach after a reboot; during maintenance, the one they reach again after it. */
  readonly live: Slot | undefined;
  readonly confirmed: Slot | undefined;
  /** The event that began the maintenance which is on. */
  readonly closed: LedgerEvent | undefined;
  /** The release each slot holds, and the one `current` points to where there are no slots. */
  readonly slots: Readonly<Partial<Record<Slot, string>>>;
  readonly current: string | undefined;
  /** The plan whose standby is kept warm. */
  readonly standby: string | undefined;
  readonly releases: readonly string[];
  readonly unfinished: readonly { readonly plan: string; readonly last: string }[];
  /** Those of them that a boot has ended: what they changed in what runs is no longer so. */
  readonly interrupted: readonly string[];
  readonly missingTools: readonly string[];
  /** What it can open a compressed packet with, the quickest first. */
  readonly unpackers: readonly Unpacker[];
  readonly freeBytes: number | undefined;
  readonly freeInodes: number | undefined;
}

/** What the inspection said instead of a state. */
export type Inspection =
  | { readonly kind: 'state'; readonly state: ServerState }
  | { readonly kind: 'unknown'; readonly known: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string };

/** Reads what inspect.sh printed. @throws {UserError} when the answer was cut short. */
export function parseInspection(output: string, mark: string): Inspection {
  const sections = parseSections(output, mark);
  const refused = sections.get('refused');
  if (refused !== undefined) return { kind: 'refused', reason: refused.trim() };
  const unknown = sections.get('unknown');
  if (unknown !== undefined) return { kind: 'unknown', known: words(unknown) };
  if (!sections.has('end')) throw new UserError(`The server's answer was cut short. It ended with: ${output.slice(-200)}`);
  return { kind: 'state', state: stateFrom(sections) };
}

/** A release in the slot where it runs or is to run; the release is unknown for an app that was there before. */
export interface Place {
  readonly slot: Slot;
  readonly release: string | undefined;
}

/** What a slot holds. */
export function placeOf(state: Pick<ServerState, 'slots'>, slot: Slot): Place {
  return { slot, release: state.slots[slot] };
}

/**
 * The service as a release knows it, in a slot or anywhere: commands, health check, apps and compose files are those it was deployed with, all
 * else is as `definition` says now. What runs keeps its ports; what is to be started takes those of now.
 */
export function definitionOf(state: Pick<ServerState, 'slots' | 'definition' | 'definitions'>, definition: ServiceDefinition, { slot, release }: Partial<Place>): ServiceDefinition {
  const isHeld = slot !== undefined && release !== undefined && state.slots[slot] === release;
  const recorded = (isHeld ? state.definitions.get(`slots/${slot}`) : undefined) ?? state.definitions.get(`releases/${release}`) ?? state.definition ?? definition;
  // One of before there were slots does not know how to start in one.
  const own = hasSlots(recorded) === hasSlots(definition) ? recorded : definition;
  const { strategy, start, stop, restart, health, ports, moreApps, compose } = own;
  const known = { ...definition, strategy, start, stop, restart, health, ports, moreApps, compose };
  return isHeld ? known : { ...known, ports: ports && (definition.ports ?? ports), moreApps: moreApps && withPortsOf(definition, moreApps) };
}

function withPortsOf({ moreApps: now = {} }: ServiceDefinition, apps: NonNullable<ServiceDefinition['moreApps']>): ServiceDefinition['moreApps'] {
  return Object.fromEntries(Object.entries(apps).map(([name, app]) => [name, { ...app, ports: now[name]?.ports ?? app.ports }]));
}

/** What each slot that holds something was started with. */
export function heldDefinitions(state: Pick<ServerState, 'slots' | 'definition' | 'definitions'>, definition: ServiceDefinition): HeldDefinitions {
  return Object.fromEntries((Object.keys(state.slots) as Slot[]).map((slot) => [slot, definitionOf(state, definition, placeOf(state, slot))]));
}

/** The service as what is in each slot knows it, where that is told. */
export type HeldDefinitions = Readonly<Partial<Record<Slot, ServiceDefinition>>>;

/** The slot in which a release runs, if any; of two, the one users do not reach. */
export function slotHolding(state: Pick<ServerState, 'slots' | 'live' | 'confirmed'>, release: string): Slot | undefined {
  const idle = idleSlot(state);
  return [idle, idle === 'blue' ? 'green' as const : 'blue' as const].find((slot) => state.slots[slot] === release);
}

/** The slot a new release goes to: the one users do not reach, before a reboot or after one. */
export function idleSlot(state: Pick<ServerState, 'live' | 'confirmed'>): Slot {
  return (state.confirmed ?? state.live) === 'blue' ? 'green' : 'blue';
}

/** The release users reach, or undefined before the first. */
export function liveRelease(state: ServerState): string | undefined {
  return state.live === undefined ? state.current : state.slots[state.live];
}

function stateFrom(sections: ReadonlyMap<string, string>): ServerState {
  const text = (name: string): string => (sections.get(name) ?? '').trim();
  const links = new Map(text('links').split('\n').map((line) => line.split(' ', 2) as [string, string]));
  const [bytesLine = '', inodesLine = ''] = text('space').split('\n');
  const events = parseLedger(text('ledger'));
  const closed = closing(events);
  const live = slotOf(links.get('live.sock')) ?? slotOf(links.get('confirmed.sock')) ?? slotOf(closed?.slot);
  return {
    folder: text('state'),
    claimed: text('claimed') === '' ? undefined : Number(text('claimed')),
    clock: Number(text('clock')),
    events,
    ledgerLength: Number(text('length')),
    definition: text('definition') === '' ? undefined : parseDefinition(text('definition')),
    definitions: parseDefinitions(text('definitions')),
    live,
    confirmed: slotOf(links.get('confirmed.sock')) ?? slotOf(closed?.slot),
    closed,
    slots: definedSlots({ blue: baseName(links.get('blue')), green: baseName(links.get('green')) }),
    current: baseName(links.get('current')),
    standby: text('standby') || undefined,
    releases: words(text('releases')),
    unfinished: text('unfinished').split('\n').filter(Boolean).map((line) => ({ plan: line.split(' ', 1)[0] as string, last: line.slice(line.indexOf(' ') + 1) })),
    interrupted: words(text('interrupted')),
    missingTools: words(text('tools')),
    unpackers: words(text('unpackers')) as Unpacker[],
    freeBytes: freeIn(bytesLine, 1_024),
    freeInodes: freeIn(inodesLine, 1),
  };
}

// One that a power cut has torn is passed over.
function parseDefinitions(text: string): ServerState['definitions'] {
  return new Map(text.split('\n').filter((line) => line.endsWith('}')).map((line) => [line.slice(0, line.indexOf(' ')), parseDefinition(line.slice(line.indexOf(' ')))]));
}

function closing(events: readonly LedgerEvent[]): LedgerEvent | undefined {
  const last = lastMove(events);
  return last?.event === 'close' ? last : undefined;
}

function parseSections(output: string, mark: string): Map<string, string> {
  const parts = output.split(`\u001e${mark} `).slice(1);
  return new Map(parts.map((part) => {
    const end = part.indexOf('\n');
    return [part.slice(0, end), part.slice(end + 1)];
  }));
}

function slotOf(target: string | undefined): Slot | undefined {
  const name = baseName(target)?.replace(/\.sock$/, '');
  return name === 'blue' || name === 'green' ? name : undefined;
}

function definedSlots(slots: Record<Slot, string | undefined>): Partial<Record<Slot, string>> {
  return Object.fromEntries(Object.entries(slots).filter(([, release]) => release !== undefined));
}

function baseName(target: string | undefined): string | undefined {
  return target?.split('/').at(-1) || undefined;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

// A file system without a fixed number of inodes, such as btrfs, has 0 of them, all told. Names of devices may hold blanks.
function freeIn(line: string, unit: number): number | undefined {
  const [, free] = /\s[1-9]\d*\s+\d+\s+(\d+)\s+\d+%/.exec(line) ?? [];
  return free === undefined ? undefined : Number(free) * unit;
}
