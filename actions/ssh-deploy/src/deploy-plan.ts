import { discardReleases, releaseImages, prepareStack, recordRelease, type Lasting } from '#shared/containers/stack/stack';
import { withConfiguration } from '#shared/configuration/configuration';
import { commandLine, quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import { assembleRelease, type Reuse } from '#shared/release/assemble';
import type { Delta } from '#shared/release/delta';
import type { ComposeService } from '#shared/containers/compose-service';
import type { PinnedImage } from '#shared/containers/images/pins';
import { isRolling, keepRecord, PRUNE, pruneImages, rollingFunctions, rollingTexts } from '#shared/containers/rolling/rolling';
import { linkShared } from '#shared/release/link-shared';
import type { SharedPath } from '#shared/release/shared-paths';
import { checkSpace, needAfterArrival, projectedNeed, spaceFault } from '#shared/release/space';
import type { Tree } from '#shared/release/tree';
import { verifyRelease } from '#shared/release/verify';
import { writeThrough } from '#shared/release/write-through';
import { hasSlots, type HookName, type ServiceDefinition } from '#shared/server/definition';
import { verifiedReleases } from '#shared/server/ledger';
import { newPlanId, type Plan, type Step } from '#shared/server/plan';
import { definitionOf, heldDefinitions, idleSlot, liveRelease, placeOf, type ServerState, type Slot } from '#shared/server/state';
import { userCommand } from '#shared/server/user-command';
import { hookBefore, hookLast, type HookOccasion } from '#shared/traffic/hook';
import { publishBack, publishSteps } from '#shared/traffic/publish';
import { planFunctions } from '#shared/traffic/plan-functions';
import { emptySlot, slotOccasion, startInSlot } from '#shared/traffic/slot';

const MOMENT = 30_000;
const DISK_WORK = 1_800_000;
const LOCK_WAIT = 1_800_000;
// What a plan takes up beside its release: script, journal, output, and the room it keeps for its own way back.
const PLAN_BYTES = 262_144;
const PLAN_INODES = 32;

/** A deployment, decided: what is released, onto what, and by whom. */
export interface Deployment {
  readonly definition: ServiceDefinition;
  readonly state: ServerState;
  readonly generation: number;
  readonly run: Run;
  readonly release: string;
  readonly tree: Tree;
  /** What of it travels, and what is taken from the release users reach. */
  readonly changes: Delta;
  readonly shared: readonly SharedPath[];
  readonly reuse: Reuse;
  /** What becomes of services that last, with strategy `compose`. */
  readonly lasting: Lasting;
  readonly prepare: string | undefined;
  readonly prepareTimeout: number;
  /** What runs in containers, and in which images. */
  readonly services: readonly ComposeService[];
  readonly images: readonly PinnedImage[];
}

/** The plan of a deployment. */
export interface DeployPlan {
  readonly plan: Plan;
  /** Undefined where there are no slots. */
  readonly slot: Slot | undefined;
}

/** Plans a deployment: the release is built, prepared and started aside; where there are no slots it is then published. */
export function planDeployment(deployment: Deployment): DeployPlan {
  const { definition, state, release } = deployment;
  const slot = hasSlots(definition) ? idleSlot(state) : undefined;
  const id = newPlanId(new Date());
  const common = { id, state: state.folder, generation: deployment.generation, confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
  const { starting, after = [], ...texts } = slot === undefined ? publishing(deployment) : {
    starting: [...startInSlot(definition, { slot, release }, definitionOf(state, definition, placeOf(state, slot)), deployment.lasting), ...preparationHook(deployment, 'after-prepare', slot), recordPrepared(deployment, slot)], clear: clearAway(deployment, stopStarted(definition, slot, release)), back: ':', functions: planFunctions(definition, heldDefinitions(state, definition)),
  };
  const steps = [...building(deployment, id), ...starting, tidyUp(deployment), ...after];
  return { plan: withConfiguration(definition, { ...common, ...texts, steps }, { to: release, from: liveRelease(state), after: 'place' }), slot };
}

interface Texts extends Pick<Plan, 'clear' | 'back' | 'functions'> {
  readonly starting: readonly Step[];
  readonly after?: readonly Step[];
}

function publishing(deployment: Deployment): Texts {
  const { definition, state, release, run } = deployment;
  const previous = liveRelease(state);
  const publication = { definition, before: definitionOf(state, definition, { release: previous }), release, previous, run, purpose: 'deploy' } as const;
  if (!isRolling(definition)) return { starting: publishSteps(publication), clear: clearAway(deployment, []), back: publishBack(publication) };
  const { steps, clear, ...texts } = rollingTexts({ ...publication, definition });
  return { ...texts, starting: [keepRecord({ definition, release }), ...steps], clear: `${clearAway(deployment, [clear])}\n${PRUNE}`, after: [pruneImages()] };
}

/** What to tell when the server's disk has no room for what is to be sent and made there; undefined when it has. */
export function roomFault({ definition, state, reuse, changes }: Deployment): string | undefined {
  const { bytes, inodes } = projectedNeed(changes, reuse);
  const need = { bytes: bytes + PLAN_BYTES, inodes: inodes + PLAN_INODES };
  return spaceFault(definition.path, need, { ...(state.freeBytes !== undefined && { bytes: state.freeBytes }), ...(state.freeInodes !== undefined && { inodes: state.freeInodes }) });
}

function building(deployment: Deployment, id: string): Step[] {
  const { definition, state, release, reuse, shared, changes, prepare } = deployment;
  const [folder, next] = [`${definition.path}/releases/${release}`, `${definition.path}/releases/.next`];
  const incoming = `${state.folder}/plans/${id}/incoming`;
  const need = needAfterArrival(changes, reuse);
  const base = changes.keep.length === 0 ? undefined : `${definition.path}/releases/${liveRelease(state)}`;
  const before = (name: string, title: string, timeout: number, script: string): Step => ({ name, title, phase: 'before', timeout, script });
  return [
    before('check-space', 'Checking disk space', MOMENT, checkSpace(definition.path, need.bytes, need.inodes)),
    before('assemble', `Assembling ${release}`, DISK_WORK, assembleRelease({ incoming, base, next, reuse })),
    before('verify', 'Verifying every file', DISK_WORK, sideBySide(verifyRelease({ next, sums: `${incoming}/sums` }), writeThrough({ next, bytes: projectedNeed(changes, reuse).bytes, reuse }))),
    ...(shared.length === 0 ? [] : [before('link-shared', 'Linking shared paths', DISK_WORK, linkShared({ release: next, shared: `${definition.path}/shared`, paths: shared }))]),
    before('place', `Placing ${release}`, MOMENT, `${PLACE}\n${commandLine(['place', next, folder, release])}`),
    ...preparationHook(deployment, 'before-prepare'),
    ...prepareStack(definition, release),
    // A job that is run again finds its release live: users are served from the folder in which the command would run.
    ...(prepare === undefined || liveRelease(state) === release ? [] : [before('prepare', 'Preparing the release', deployment.prepareTimeout, userCommand(definition, { folder, release }, prepare, false))]),
    ...(definition.strategy === 'in-place' ? preparationHook(deployment, 'after-prepare') : []),
  ];
}

function preparationHook(deployment: Deployment, hook: HookName, slot?: Slot): Step[] {
  return liveRelease(deployment.state) === deployment.release ? [] : hookBefore(deployment.definition, hook, hookOccasion(deployment, slot));
}

function hookOccasion({ definition, state, release, run }: Deployment, slot: Slot | undefined): HookOccasion {
  const where = slot === undefined ? { folder: `${definition.path}/releases/${release}`, release } : slotOccasion(definition, { slot, release });
  return { ...where, run, other: liveRelease(state) };
}

function recordPrepared({ definition, release, run }: Deployment, slot: Slot): Step {
  return {
    name: 'record', title: `Recording ${release} as prepared in slot ${slot} of ${definition.service}`, phase: 'after', timeout: MOMENT,
    script: recordRelease(definition, release, { ...runMembers(run), release, slot }),
  };
}

function tidyUp(deployment: Deployment): Step {
  const { release } = deployment;
  return {
    name: 'tidy-up', title: 'Keeping what is needed', phase: 'after', timeout: DISK_WORK,
    script: [
      'rm -rf "$HERE/incoming"',
      'cp "$HERE/definition" "$STATE/definition.new"',
      'durable "$STATE/definition.new"',
      // A release that was there already may have come with another one.
      `cp "$STATE/definition.new" "$STATE"/releases/${quote(release)}/definition`,
      'mv "$STATE/definition.new" "$STATE/definition"',
      'durable "$STATE"',
      ...discarding(deployment),
    ].join('\n'),
  };
}

// What users reach, what waits beside it, and the newest verified releases stay; failed and old ones go.
function discarding({ definition, state, release }: Deployment): readonly string[] {
  const verified = verifiedReleases(state.events).slice(-definition.keep);
  const kept = new Set([release, ...verified, liveRelease(state), ...Object.values(state.slots), state.current]);
  const gone = state.releases.filter((each) => !kept.has(each));
  return discardReleases(definition, gone, (each) => commandLine(['discard', `${definition.path}/releases/${each}`, `${state.folder}/releases/${each}`]));
}

/** Plans to remove what a deployment would remove at its end, before it begins: releases that failed or are old, and images that none needs. */
export function planRoom(deployment: Deployment): Plan {
  const { definition, state, release, run, generation } = deployment;
  const functions = isRolling(definition) ? rollingFunctions({ definition, release, previous: liveRelease(state), run, purpose: 'deploy' }) : planFunctions(definition);
  const script = [...discarding(deployment), ...(isRolling(definition) ? [PRUNE] : [])].join('\n') || ':';
  return {
    id: newPlanId(new Date()), state: state.folder, generation, confirmWithin: 0, lockWait: LOCK_WAIT, environment: {}, functions, clear: ':', back: ':',
    steps: [{ name: 'make-room', title: 'Removing what no release needs any more', phase: 'after', timeout: DISK_WORK, script }],
  };
}

// Only what this plan started: a standby of the same name stays warm.
function stopStarted(definition: ServiceDefinition, slot: Slot, release: string): readonly string[] {
  const link = `${definition.path}/slots/${slot}`;
  return [`if noted 'begin start' && [ "$(readlink ${quote(link)})" = ${quote(`../releases/${release}`)} ]; then\n${emptySlot(definition, { slot, release })}\nfi`];
}

function clearAway(deployment: Deployment, stopping: readonly string[]): string {
  const { definition, release } = deployment;
  const folder = `${definition.path}/releases/${release}`;
  return [
    ...hookLast(definition, 'on-failure', hookOccasion(deployment, undefined)),
    ...stopping,
    'rm -rf "$HERE/incoming"',
    commandLine(['discard', `${definition.path}/releases/.next`]),
    // What lasts stays, and may have been made of it just now.
    `[ ! -e "$HERE/placed" ] || ${definition.compose === undefined ? '' : `${commandLine(['is_mounted', folder])} || `}${commandLine(['discard', folder])} "$STATE"/releases/${quote(release)}`,
    ...releaseImages(definition),
  ].join('\n');
}

// One waits for the processor, the other for the disk. What the first finds is said first.
function sideBySide(first: string, second: string): string {
  return `{\n${second}} &\nsecond=$! code=0\n{\n${first}} || code=$?\nwait "$second" || exit $((code > 0 ? code : 1))\nexit "$code"`;
}

// A release of that name that is there already is used again if it was made of the same files, and refused if not.
const PLACE = String.raw`place() {
  mkdir -p "$STATE/releases"
  if [ -e "$STATE/releases/$3/manifest" ] && [ -d "$2" ]; then
    cmp -s "$HERE/manifest" "$STATE/releases/$3/manifest" || [ -e "$HERE/placed" ] || {
      echo "There is a release $3 already, made of other files. Give this one another name." >&2; return 1; }
    discard "$1"
  else
    : >"$HERE/placed"
    discard "$2" "$STATE/releases/$3"
    mkdir "$STATE/releases/$3"
    cp "$HERE/manifest" "$HERE/definition" "$STATE/releases/$3/"
    mv "$1" "$2"
    durable "${'$'}{2%/*}"
  fi
}`;
