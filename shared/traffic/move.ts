import { checkRoles, handOverStep, settleStep, stopRoles, takeBack } from '#shared/containers/stack/stack';
import { commandLine, quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import type { ServiceDefinition } from '#shared/server/definition';
import { members, type LedgerEvent } from '#shared/server/ledger';
import type { Step } from '#shared/server/plan';
import type { HeldDefinitions, Place } from '#shared/server/state';
import { awaitHealthy } from '#shared/server/user-command';
import { hookAfter, hookBefore, hookLast, type HookOccasion } from './hook.ts';
import { entryListener, route } from './router.ts';
import { shareOf, type Target } from './share.ts';
import { shareSteps, type Share } from './share-steps.ts';
import { emptySlot, revive, slotOccasion } from './slot.ts';

const MOMENT = 15_000;
const STILL_HEALTHY_WITHIN = 10_000;

/** Traffic going from one slot to the other, and who moves it. */
export interface Move {
  readonly definition: ServiceDefinition;
  /** What each slot was started with, where that is told. */
  readonly held?: HeldDefinitions;
  readonly to: Place & { readonly release: string };
  /** Where users are now; undefined at the very first switch, and where all of them reach it already. */
  readonly from: Place | undefined;
  /** Whether they do, so that there is nothing to go back to: a job that is run again after it had done its work. */
  readonly isThere?: boolean;
  /** The event that began the maintenance which this move ends. */
  readonly closed?: LedgerEvent | undefined;
  readonly run: Run;
  /** What the ledger calls it; a rollback also notes which release it undid. */
  readonly purpose: 'switch' | 'rollback';
  /** Milliseconds that the slot users left stays warm. */
  readonly standby: number;
  /** The shares of traffic that the slot gets at first, and whether all of it follows. */
  readonly shares: readonly Share[];
  readonly isWhole: boolean;
}

/** The steps that move traffic: the slot proves healthy, the router sends users there, at once or share by share, and the new release answers; then it is confirmed. */
export function moveSteps(move: Move): Step[] {
  const { definition, to, shares, isWhole } = move;
  const targets = new Set([...shares.map(({ percent }) => shareOf(to.slot, percent)), ...(isWhole ? [shareOf(to.slot, 100)] : []), targetBack(move)]);
  const checkRouter = [...[...targets].map((target) => route('prepare_traffic', target)), 'tell_traffic before'].join('\n');
  return [
    { name: 'check-router', title: 'Checking the router', phase: 'before', timeout: MOMENT, script: checkRouter },
    { name: 'check-slot', title: `Checking that slot ${to.slot} holds ${to.release} and is healthy`, phase: 'before', timeout: 2 * MOMENT, script: checkSlot(move) },
    ...(move.purpose === 'switch' ? hookBefore(definition, 'before-publish', occasionOf(move)) : []),
    ...shareSteps(definition, to, shares, move.run),
    ...(isWhole ? wholeSteps(move) : []),
  ];
}

/** Sh text that takes the move back; the slot users return to is started first, should it not run any more. */
export function moveBack(move: Move): string {
  const { definition, from, to, closed, isThere } = move;
  const who = runMembers(move.run);
  const send = route('send_traffic', targetBack(move));
  if (closed !== undefined) return [send, ...(from === undefined ? [stopRoles(definition, to.slot)] : takeRolesBack(definition, from.slot)), commandLine(['record', 'close', members({ ...who, slot: closed.slot, release: closed.release, undone: to.release })])].join('\n');
  if (isThere === true) return [send, commandLine(['record', 'back', members({ ...who, release: to.release, slot: to.slot })])].join('\n');
  const record = commandLine(['record', 'back', members({ ...who, undone: to.release, release: from?.release, slot: from?.slot })]);
  const hooks = [...failureHook(move), ...(move.purpose === 'switch' ? hookLast(definition, 'on-rollback', { folder: `${definition.path}/slots/${from?.slot}`, release: from?.release, ...(from && { slot: from.slot }), run: move.run, other: to.release }) : [])];
  if (from === undefined) return [send, stopRoles(definition, to.slot), record, ...hooks].join('\n');
  return [
    `{ ${revive(heldBy(move, from), from, STILL_HEALTHY_WITHIN)}\n} || echo ${quote(`Slot ${from.slot} is not healthy either`)}`,
    send,
    ...takeRolesBack(definition, from.slot),
    record,
    ...hooks,
  ].join('\n');
}

// Users first: of what has one place only, the gap is the same before and after.
function takeRolesBack(definition: ServiceDefinition, slot: Place['slot']): string[] {
  return (['singleton', 'worker'] as const).map((role) => takeBack(definition, role, slot));
}

/** Sh text that runs the hook `on-failure` of a switch that comes to nothing, if there is one; a rollback has none. */
export function failureHook(move: Move): string[] {
  return move.purpose === 'switch' ? hookLast(move.definition, 'on-failure', occasionOf(move)) : [];
}

function occasionOf({ definition, to, from, run }: Move): HookOccasion {
  return { ...slotOccasion(definition, to), run, other: from?.release };
}

/** Sh text that ends the standby: counts what is still connected to the slot users left, and stops it. */
export function retireStandby(move: Move): string {
  const { from, run } = move;
  if (from === undefined) return ':';
  const who = members({ run: run.id, slot: from.slot, release: from.release });
  return [
    `open=$(${commandLine(['open_to', from.slot])})`,
    emptySlot(heldBy(move, from), from),
    `record retire ${quote(`${who},"open":`)}"\${open:-0}"`,
  ].join('\n');
}

function heldBy({ definition, held = {} }: Move, { slot }: Place): ServiceDefinition {
  return held[slot] ?? definition;
}

function targetBack({ from, to, closed, isThere }: Move): Target {
  if (closed !== undefined) return 'closed';
  if (isThere === true) return shareOf(to.slot, 100);
  return from === undefined ? 'none' : shareOf(from.slot, 100);
}

function wholeSteps(move: Move): Step[] {
  const { definition, to, purpose } = move;
  const proveLive = awaitHealthy(heldBy(move, to), slotOccasion(definition, to), STILL_HEALTHY_WITHIN, entryListener(definition));
  const isBack = purpose === 'rollback';
  return [
    ...(isBack ? [] : handOverStep(definition, 'singleton', to.slot, 'act')),
    { name: 'switch', title: `Switching traffic to slot ${to.slot}`, phase: 'act', timeout: MOMENT, script: route('send_traffic', shareOf(to.slot, 100)) },
    ...(isBack ? handOverStep(definition, 'singleton', to.slot, 'verify') : []),
    ...handOverStep(definition, 'worker', to.slot, 'verify'),
    {
      name: 'check-live', title: `Checking that ${to.release} answers where users are`, phase: 'verify', timeout: 2 * MOMENT,
      script: [proveLive, checkRoles(definition, to.slot), ...(purpose === 'switch' ? [recordMove(move)] : []), 'tell_traffic switched'].join('\n'),
    },
    ...settleStep(definition, to.slot),
    { name: 'confirm', title: `Making slot ${to.slot} the one to boot into`, phase: 'after', timeout: MOMENT, script: confirmation(move) },
    ...hookAfter(definition, purpose === 'switch' ? 'after-publish' : 'on-rollback', occasionOf(move)),
  ];
}

// A switch is told once users reach the slot, while it may still go back; a rollback when it stays.
function recordMove({ run, from, to, purpose }: Move): string {
  const undone = purpose === 'rollback' ? from?.release : undefined;
  return commandLine(['record', purpose, members({ ...runMembers(run), release: to.release, slot: to.slot, undone })]);
}

function checkSlot(move: Move): string {
  const { to, purpose } = move;
  const definition = heldBy(move, to);
  const link = `${definition.path}/slots/${to.slot}`;
  const refusal = `Slot ${to.slot} does not hold ${to.release}. Deploy it again.`;
  return [
    `[ "$(readlink ${quote(link)})" = ${quote(`../releases/${to.release}`)} ] && [ -d ${quote(`${link}/`)} ] || { echo ${quote(refusal)} >&2; exit 1; }`,
    purpose === 'rollback' ? revive(definition, to, STILL_HEALTHY_WITHIN) : awaitHealthy(definition, slotOccasion(definition, to), STILL_HEALTHY_WITHIN),
  ].join('\n');
}

function confirmation(move: Move): string {
  const { to, from, standby, run, purpose } = move;
  const seconds = Math.ceil(standby / 1_000);
  const who = members({ ...runMembers(run), release: to.release, slot: to.slot, by: purpose, standby: from === undefined ? undefined : seconds });
  return [
    route('keep_traffic', shareOf(to.slot, 100)),
    ...(purpose === 'rollback' ? [recordMove(move)] : []),
    commandLine(['record', 'confirm', who]),
    ...(from === undefined ? [] : ['say "${HERE##*/}" >"$STATE/standby"', commandLine(['arm', String(seconds), 'retire'])]),
  ].join('\n');
}
