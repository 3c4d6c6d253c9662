import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CLOSED, warmRelease } from './kill-invariants.ts';
import { CLOSE, CONFIRM, OPEN, ROLLBACK, rollbackTo, share, STOP, SWITCH, SWITCH_COLD, SWITCH_IN_STEPS, SWITCH_UNCONFIRMED, type Request, type World } from './kill-world.ts';
import { waitUntil } from './ports.ts';

/** What happens in one case: what is done undisturbed, what is disturbed, and the plain re-run that has to put all right. */
export interface Drill {
  readonly first: readonly Request[];
  readonly disturbed: Request;
  /** What is left of the workflow, should the disturbed action come through. */
  readonly rest: readonly Request[];
  readonly again: readonly Request[];
  /** Whether it is the same run whose failed job is run again. */
  readonly isSameRun?: boolean;
  /** The release that has to be live in the end, or CLOSED. */
  readonly wanted: string;
  /** Whether the release that was not to stay may be left in its slot, stopped by nobody. */
  readonly leavesPrepared?: boolean;
  /** What brings a world that ends closed back to a live release. */
  readonly restore?: readonly Request[];
}

/** A kind of plan, with the drill for it in a world where a release is live and confirmed. */
export interface Kind {
  readonly name: string;
  drill(world: World): Drill;
  /** Something to wait for between the undisturbed part and the disturbed one. */
  readonly until?: (world: World) => Promise<void>;
  /** Whether users meanwhile get the maintenance page, which is no loss. */
  readonly isClosing?: boolean;
  /** Whether it is a word to a plan that is there, and sends none. */
  readonly isWord?: boolean;
}

const deploy: Kind = { name: 'ssh-deploy', drill: (world) => deployment(world, world.newRelease()) };

// More than what a connection takes in before the other side has read any of it.
const LARGE = 8 * 1_048_576;

/** A deployment that takes a while to be sent. */
export const LARGE_DEPLOY: Kind = {
  name: 'ssh-deploy, a large release',
  drill(world) {
    const release = world.newRelease();
    const drill = deployment(world, release);
    writeFileSync(join(drill.disturbed.with['source'] ?? '', 'large'), randomBytes(LARGE));
    return drill;
  },
};

/** A switch, confirmed by the same step. */
export const MOVE: Kind = {
  name: 'blue-green-switch',
  drill(world) {
    const wanted = world.newRelease();
    return { first: [world.deploy(wanted)], disturbed: SWITCH, rest: [], again: [world.deploy(wanted), SWITCH], wanted };
  },
};
const confirm: Kind = {
  name: 'operation confirm',
  isWord: true,
  drill(world) {
    const wanted = world.newRelease();
    const steps = [world.deploy(wanted), SWITCH_UNCONFIRMED, CONFIRM];
    return { first: steps.slice(0, 2), disturbed: CONFIRM, rest: [], again: steps, wanted };
  },
};
/** A rollback to a release that is still warm. */
export const WARM_ROLLBACK: Kind = { name: 'rollback, warm', drill: (world) => rollback(world, 'previous', SWITCH) };
const coldRollback: Kind = {
  name: 'rollback, cold',
  drill: (world) => rollback(world, world.live, SWITCH_COLD),
  until: async ({ host }) => {
    const held = (): string[] => ['blue', 'green'].filter((slot) => existsSync(join(host.path, 'slots', slot)));
    await waitUntil('the standby has ended', () => held().length === 1, 30_000);
  },
};

/** A deployment that is killed, after which somebody would rather have the release before the one that is live. */
export const DEPLOY_THEN_ROLLBACK: Kind = {
  name: 'ssh-deploy, then rollback',
  drill(world) {
    const [live, next] = [world.newRelease(), world.newRelease()];
    const back = rollbackTo(world.live);
    return { first: [world.deploy(live), SWITCH], disturbed: world.deploy(next), rest: [back], again: [back], wanted: world.live };
  },
};
/** A switch of whose run only the failed job is run again. */
export const MOVE_ALONE: Kind = { ...MOVE, name: 'blue-green-switch, its job alone', drill: (world) => ({ ...MOVE.drill(world), again: [SWITCH], isSameRun: true }) };

/** The kinds of plans where there are slots. */
export const SLOT_KINDS: readonly Kind[] = [deploy, MOVE, confirm, WARM_ROLLBACK, coldRollback];
const firstShare: Kind = {
  name: 'first share',
  drill(world) {
    const wanted = world.newRelease();
    return { first: [world.deploy(wanted)], disturbed: share(10), rest: [SWITCH], again: [world.deploy(wanted), share(10), SWITCH], wanted };
  },
};
const largerShare: Kind = {
  name: 'larger share',
  drill(world) {
    const wanted = world.newRelease();
    return { first: [world.deploy(wanted), share(10)], disturbed: share(40), rest: [SWITCH], again: [share(40), SWITCH], isSameRun: true, wanted };
  },
};
/** The switch to the whole of a release that has a share. */
export const WHOLE_AFTER_SHARE: Kind = {
  name: 'whole after a share',
  drill(world) {
    const wanted = world.newRelease();
    return { first: [world.deploy(wanted), share(10)], disturbed: SWITCH, rest: [], again: [world.deploy(wanted), SWITCH], wanted };
  },
};
/** A switch share by share. */
export const IN_STEPS: Kind = {
  name: 'switch in steps',
  drill(world) {
    const wanted = world.newRelease();
    return { first: [world.deploy(wanted)], disturbed: SWITCH_IN_STEPS, rest: [], again: [SWITCH_IN_STEPS], isSameRun: true, wanted };
  },
};
const shareTakenBack: Kind = {
  name: 'rollback of a share',
  drill: (world) => ({ first: [world.deploy(world.newRelease()), share(10)], disturbed: ROLLBACK, rest: [], again: [ROLLBACK], isSameRun: true, wanted: world.live, leavesPrepared: true }),
};
/** A share that nobody goes on with: no re-run, for it goes back by itself. */
export const SHARE_LEFT_ALONE: Kind = {
  name: 'share left alone',
  drill: (world) => ({ first: [world.deploy(world.newRelease())], disturbed: share(10, '5s'), rest: [], again: [], wanted: world.live, leavesPrepared: true }),
};
const deployAlone: Kind = {
  name: 'ssh-deploy alone',
  drill(world) {
    const next = world.deploy(world.newRelease());
    return { first: [], disturbed: next, rest: [], again: [next], wanted: world.live, leavesPrepared: true };
  },
};
/** A rollback from warm slot to warm slot; only where none is there, one is made. */
export const TO_AND_FRO: Kind = {
  name: 'rollback, to and fro',
  drill(world) {
    const warm = warmRelease(world);
    const [wanted, undone] = warm === undefined ? [world.live, world.newRelease()] : [warm, undefined];
    const back = rollbackTo(wanted);
    return { first: undone === undefined ? [] : [world.deploy(undone), SWITCH], disturbed: back, rest: [], again: [back], wanted };
  },
};
/** The kinds where slots are compose projects, and whatever else there is with slots. */
export const COMPOSE_KINDS: readonly Kind[] = [deployAlone, TO_AND_FRO, MOVE_ALONE];
export const MORE_COMPOSE_KINDS: readonly Kind[] = [confirm, coldRollback];

/** The kinds of plans that move a share of the traffic. */
export const SHARE_KINDS: readonly Kind[] = [firstShare, largerShare, WHOLE_AFTER_SHARE, IN_STEPS, shareTakenBack];

/** The kinds that close a service and open it again. */
export const CLOSING_KINDS: readonly Kind[] = [
  { name: 'maintenance-on', isClosing: true, drill: () => ({ first: [], disturbed: CLOSE, rest: [], again: [CLOSE], wanted: CLOSED, restore: [OPEN] }) },
  { name: 'maintenance-off', isClosing: true, drill: (world) => ({ first: [CLOSE], disturbed: OPEN, rest: [], again: [OPEN], wanted: world.live, leavesPrepared: true }) },
  { name: 'emergency-stop', isClosing: true, drill: () => ({ first: [], disturbed: STOP, rest: [], again: [STOP], wanted: CLOSED, restore: [OPEN] }) },
  { name: 'maintenance-off after a stop', isClosing: true, drill: (world) => ({ first: [STOP], disturbed: OPEN, rest: [], again: [OPEN], wanted: world.live }) },
];

/** The kinds where a release is published in place. */
export const IN_PLACE_KINDS: readonly Kind[] = [
  { ...deploy, name: 'ssh-deploy in place' },
  { name: 'rollback in place', drill: (world) => rollback(world, world.live) },
];

function deployment(world: World, wanted: string): Drill {
  const steps = [world.deploy(wanted), ...(world.mode === 'in-place' ? [] : [SWITCH])];
  return { first: [], disturbed: world.deploy(wanted), rest: steps.slice(1), again: steps, wanted };
}

function rollback(world: World, to: string, switching?: Request): Drill {
  const undone = world.newRelease();
  const back = rollbackTo(to);
  return { first: [world.deploy(undone), ...(switching === undefined ? [] : [switching])], disturbed: back, rest: [], again: [back], wanted: world.live };
}
