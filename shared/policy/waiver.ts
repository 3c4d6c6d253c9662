import type { Severity } from '#shared/findings/severity';
import { UserError } from '#shared/core/errors';
import { DAY } from './day.ts';
import { readShape } from './read-shape.ts';
import { waiverFileFields, type signOffFields, type waiverFields } from './waiver-fields.ts';

/** What GitHub says about who allowed an entry of the waiver file. */
export type Approval =
  | { readonly state: 'proven'; readonly by: string }
  | { readonly state: 'refuted' | 'unchecked'; readonly reason: string };

interface Entry {
  /** Where it stands: `waivers[2]`. */
  readonly place: string;
  readonly reason: string;
  readonly requestedBy: string;
  readonly approvedBy: string;
  readonly created: Date;
  /** Exclusive. */
  readonly expires: Date;
  readonly approval: Approval;
}

/** A finding, a package or a path that may stay for a while. */
export interface Waiver extends Entry {
  readonly finding: string | undefined;
  readonly package: string | undefined;
  readonly paths: readonly string[];
  readonly stages: readonly string[];
  readonly severity: Severity | undefined;
  readonly isVoidWhenFixed: boolean;
}

/** An exact set of findings that may stay for a while. */
export interface SignOff extends Entry {
  readonly stage: string;
  readonly findings: string;
}

/** A waiver file as read. */
export interface Waivers {
  readonly waivers: readonly Waiver[];
  readonly signOffs: readonly SignOff[];
}

/** No waiver and no sign-off. */
export const NO_WAIVERS: Waivers = { waivers: [], signOffs: [] };

const UNCHECKED: Approval = { state: 'unchecked', reason: 'no token was given to look the review up with' };
type Given<Fields extends { readonly reader: (...given: never[]) => unknown }> = NonNullable<ReturnType<Fields['reader']>>;
type GivenEntry = Given<typeof waiverFields> | Given<typeof signOffFields>;

/** The waivers and sign-offs in a file's YAML; `now` is what `created` may not lie behind. @throws {UserError} that names every mistake by its place. */
export function parseWaivers(yaml: unknown, now: Date): Waivers {
  const given = readShape(withoutEmptyLists(yaml), waiverFileFields.reader, (read, faults) => {
    faults.push(...(read.waivers ?? []).flatMap((waiver, index) => [...entryFaults(`waivers[${index}]`, waiver, now), ...aimFaults(`waivers[${index}]`, waiver)]));
    faults.push(...(read['sign-offs'] ?? []).flatMap((signOff, index) => entryFaults(`sign-offs[${index}]`, signOff, now)));
  });
  return {
    waivers: (given.waivers ?? []).map((waiver, index) => ({
      ...entryOf(`waivers[${index}]`, waiver), finding: waiver.finding, package: waiver.package, paths: waiver.paths ?? [], stages: waiver.stages!,
      severity: waiver.severity, isVoidWhenFixed: waiver['void-when-fixed'] ?? false,
    })),
    signOffs: (given['sign-offs'] ?? []).map((signOff, index) => ({ ...entryOf(`sign-offs[${index}]`, signOff), stage: signOff.stage!, findings: signOff.findings! })),
  };
}

/** Every stage that waivers name has to be one of the policy's. @throws {UserError} on one that is not: its author believes it counts. */
export function checkStages({ waivers, signOffs }: Waivers, stages: readonly string[]): void {
  const named = [...waivers.flatMap(({ place, stages: of }) => of.map((stage) => ({ place, stage }))), ...signOffs];
  const odd = named.find(({ stage }) => !stages.includes(stage));
  if (odd !== undefined) throw new UserError(`${odd.place}: the policy has no stage ${odd.stage}; it has ${stages.join(', ')}`);
}

// What is left of a file or a list when the last entry is taken out of it, or made a comment: no waiver, and no mistake.
function withoutEmptyLists(yaml: unknown): unknown {
  if (yaml === null || yaml === undefined) return {};
  if (typeof yaml !== 'object' || Array.isArray(yaml)) return yaml;
  return Object.fromEntries(Object.entries(yaml).filter(([name, value]) => value !== null || !Object.hasOwn(waiverFileFields.keys, name)));
}

function entryOf(place: string, given: GivenEntry): Entry {
  return {
    place, reason: given.reason!.trim(), requestedBy: login(given['requested-by']!), approvedBy: login(given['approved-by']!), created: given.created!, expires: given.expires!,
    approval: UNCHECKED,
  };
}

function entryFaults(place: string, given: GivenEntry, now: Date): readonly string[] {
  const { created, expires, 'requested-by': requestedBy, 'approved-by': approvedBy } = given;
  return [
    ...(created! >= expires! ? [`${place}.expires is not after created`] : []),
    // A day ahead is today for whoever lives east of Greenwich.
    ...(created!.getTime() > now.getTime() + DAY ? [`${place}.created lies in the future`] : []),
    ...(login(requestedBy!) === login(approvedBy!) ? [`${place}.approved-by is who requested it: somebody else has to allow it`] : []),
  ];
}

function aimFaults(place: string, { finding, package: name, paths = [] }: Given<typeof waiverFields>): readonly string[] {
  if (finding === undefined && name === undefined && paths.length === 0) return [`${place}: what it is for is missing; give finding, package or paths`];
  const wide = [...(name === undefined ? [] : [name]), ...paths].filter((pattern) => !/[^*/.@?]/.test(pattern));
  return wide.map((pattern) => `${place}: ${pattern} fits everything; name what may stay`);
}

function login(given: string): string {
  return given.replace(/^@/, '').toLowerCase();
}
