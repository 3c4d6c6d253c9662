import type { Entry, Facts } from './entry.ts';
import { type EventName, happeningOf, type Role, type State } from './event.ts';

/** One stage of a deployment as it stands. */
export interface Stage {
  readonly name: string;
  readonly state: State;
  /** Seconds since 1970. */
  readonly started: number | undefined;
  readonly ended: number | undefined;
  /** In which attempt of the run that was. */
  readonly attempt: number;
}

/** A deployment as its entries tell it. */
export interface Timeline {
  readonly state: State;
  readonly event: EventName;
  readonly attempt: number;
  /** Seconds since 1970. */
  readonly started: number;
  readonly ended: number | undefined;
  readonly stages: readonly Stage[];
  /** How earlier attempts ended, in words. */
  readonly earlier: readonly string[];
  readonly facts: Facts;
  readonly fields: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
}

const UNDER_WAY: readonly State[] = ['running', 'waiting'];

/** The deployment that one or more entries tell of, in whatever order and however often they came. Throws when there is none. */
export function timelineOf(given: readonly Entry[]): Timeline {
  const entries = [...new Map(given.map((entry) => [entry.id, entry])).values()].sort((one, other) => one.attempt - other.attempt || one.at - other.at);
  const newest = entries.at(-1);
  if (newest === undefined) throw new Error('A timeline needs an entry');
  const own = entries.filter(({ attempt }) => attempt === newest.attempt);
  const head = own.findLast((entry) => roleOf(entry) !== 'progress');
  const stages = stagesOf(entries, newest.attempt);
  // Who called for somebody has been answered once the work went on.
  const isStanding = head !== undefined && head.state !== 'noted' && (roleOf(head) !== 'attention' || head === newest);
  const state = isStanding ? head.state : stateOf(own, stages);
  const ended = isStanding && roleOf(head) === 'outcome' ? head.at : undefined;
  return {
    state, event: isStanding ? head.event : newest.event, attempt: newest.attempt, started: Math.min(...own.map(({ started, at }) => started ?? at)), ended,
    stages: ended === undefined ? stages : stages.map((stage) => settled(stage)),
    earlier: earlierAttempts(entries, newest.attempt),
    facts: merged(entries, ({ facts }) => facts), fields: merged(entries, ({ fields }) => fields), links: merged(entries, ({ links }) => links),
  };
}

function roleOf({ event, state }: Entry): Role {
  if (event !== 'custom') return happeningOf({ event })!.role;
  if (state === 'noted') return 'progress';
  return UNDER_WAY.includes(state) ? 'start' : 'outcome';
}

// Nobody has said yet how the deployment stands: its stages do.
function stateOf(own: readonly Entry[], stages: readonly Stage[]): State {
  const states = stages.map(({ state }) => state);
  const found = UNDER_WAY.find((state) => states.includes(state)) ?? (['failed', 'cancelled'] as const).find((state) => states.includes(state));
  return found ?? (stages.length > 0 ? 'running' : own.at(-1)!.state);
}

// What an earlier attempt did well is not done again when only failed jobs are run again; its failures are.
function stagesOf(entries: readonly Entry[], attempt: number): readonly Stage[] {
  const stages = new Map<string, Stage>();
  for (const entry of entries) {
    if (entry.stage === undefined) continue;
    const before = stages.get(entry.stage);
    const isUnderWay = UNDER_WAY.includes(entry.state);
    const began = entry.started ?? (isUnderWay ? entry.at : before?.attempt === entry.attempt ? before.started : undefined);
    stages.set(entry.stage, { name: entry.stage, state: entry.state, attempt: entry.attempt, started: began, ended: isUnderWay ? undefined : entry.at });
  }
  return [...stages.values()].filter((stage) => stage.attempt === attempt || stage.state === 'succeeded');
}

// A stage that never told its end, in a deployment that is over.
function settled(stage: Stage): Stage {
  return UNDER_WAY.includes(stage.state) ? { ...stage, state: 'noted' } : stage;
}

function earlierAttempts(entries: readonly Entry[], attempt: number): readonly string[] {
  const numbers = [...new Set(entries.map((entry) => entry.attempt))].filter((number) => number < attempt);
  return numbers.map((number) => {
    const last = entries.findLast((entry) => entry.attempt === number && entry.state !== 'succeeded') ?? entries.findLast((entry) => entry.attempt === number)!;
    return `attempt ${number} ${last.state.replace('-', ' ')}${last.stage === undefined ? '' : ` at ${last.stage}`}`;
  });
}

function merged<Part extends Readonly<Record<string, string>>>(entries: readonly Entry[], part: (entry: Entry) => Part): Part {
  return Object.assign({}, ...entries.map(part)) as Part;
}
