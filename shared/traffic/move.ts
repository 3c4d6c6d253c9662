import { commandLine, quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import type { ServiceDefinition } from '#shared/server/definition';
import { members } from '#shared/server/ledger';
import type { Step } from '#shared/server/plan';
import type { Place } from '#shared/server/state';
import { awaitHealthy, slotSocket } from '#shared/server/user-command';
import { confirmedLink, liveLink, refuseKeepalive } from './nginx-socket.ts';
import { emptySlot, slotCommand, slotOccasion } from './slot.ts';

const MOMENT = 15_000;
const STILL_HEALTHY_WITHIN = 10_000;

/** Traffic going from one slot to the other, and who moves it. */
export interface Move {
  readonly definition: ServiceDefinition;
  readonly to: Place & { readonly release: string };
  /** Where users are now; undefined at the very first switch. */
  readonly from: Place | undefined;
  readonly run: Run;
  /** What the ledger calls it; a rollback also notes which release it undid. */
  readonly purpose: 'switch' | 'rollback';
  /** Milliseconds that the slot users left stays warm. */
  readonly standby: number;
}

/** The steps that move traffic: the slot proves healthy, one link is renamed, the new slot answers through it; then it is confirmed. */
export function moveSteps(move: Move): Step[] {
  const { definition, to, purpose } = move;
  const socket = slotSocket(definition, to.slot);
  const undone = purpose === 'rollback' ? move.from?.release : undefined;
  const who = members({ ...runMembers(move.run), release: to.release, slot: to.slot, undone });
  return [
    { name: 'check-router', title: 'Checking the router', phase: 'before', timeout: MOMENT, script: refuseKeepalive(definition) },
    { name: 'check-slot', title: `Checking that slot ${to.slot} holds ${to.release} and is healthy`, phase: 'before', timeout: 2 * MOMENT, script: checkSlot(move) },
    { name: 'switch', title: `Switching traffic to slot ${to.slot}`, phase: 'act', timeout: MOMENT, script: commandLine(['point', liveLink(definition), socket]) },
    {
      name: 'check-live', title: `Checking that ${to.release} answers where users are`, phase: 'verify', timeout: 2 * MOMENT,
      script: `${awaitHealthy(definition, slotOccasion(definition, to), STILL_HEALTHY_WITHIN, liveLink(definition))}\n${commandLine(['record', purpose, who])}`,
    },
    { name: 'confirm', title: `Making slot ${to.slot} the one to boot into`, phase: 'after', timeout: MOMENT, script: confirmation(move) },
  ];
}

/** Sh text that takes the move back; the slot users return to is started first, should it not run any more. */
export function moveBack(move: Move): string {
  const { definition, from, to } = move;
  const record = commandLine(['record', 'back', members({ ...runMembers(move.run), undone: to.release, release: from?.release, slot: from?.slot })]);
  if (from === undefined) return `rm -f ${quote(liveLink(definition))}\n${record}`;
  const start = definition.start === '' ? 'false' : slotCommand(definition, from, definition.start);
  return [
    `if ! { ${awaitHealthy(definition, slotOccasion(definition, from), 0)}\n} >/dev/null 2>&1; then`,
    `${start} && ${awaitHealthy(definition, slotOccasion(definition, from), STILL_HEALTHY_WITHIN)} || echo ${quote(`Slot ${from.slot} is not healthy either`)}`,
    'fi',
    commandLine(['point', liveLink(definition), slotSocket(definition, from.slot)]),
    record,
  ].join('\n');
}

/** Sh text that ends the standby: counts what is still connected to the slot users left, and stops it. */
export function retireStandby({ definition, from, run }: Move): string {
  if (from === undefined) return ':';
  const who = members({ run: run.id, slot: from.slot, release: from.release });
  return [
    `open=$(${commandLine(['open_connections', slotSocket(definition, from.slot)])})`,
    emptySlot(definition, from),
    `record retire ${quote(`${who},"open":`)}"\${open:-0}"`,
  ].join('\n');
}

function checkSlot({ definition, to }: Move): string {
  const link = `${definition.path}/slots/${to.slot}`;
  const refusal = `Slot ${to.slot} does not hold ${to.release}. Deploy it again.`;
  return [
    `[ "$(readlink ${quote(link)})" = ${quote(`../releases/${to.release}`)} ] || { echo ${quote(refusal)} >&2; exit 1; }`,
    awaitHealthy(definition, slotOccasion(definition, to), STILL_HEALTHY_WITHIN),
  ].join('\n');
}

function confirmation({ definition, to, from, standby, run, purpose }: Move): string {
  const seconds = Math.ceil(standby / 1_000);
  const who = members({ ...runMembers(run), release: to.release, slot: to.slot, by: purpose, standby: from === undefined ? undefined : seconds });
  return [
    commandLine(['point', confirmedLink(definition), slotSocket(definition, to.slot)]),
    commandLine(['record', 'confirm', who]),
    ...(from === undefined ? [] : ['say "${HERE##*/}" >"$STATE/standby"', commandLine(['arm', String(seconds), 'retire'])]),
  ].join('\n');
}
