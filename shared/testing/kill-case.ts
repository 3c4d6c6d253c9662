import { setTimeout as wait } from 'node:timers/promises';
import type { Side } from './kill-gate.ts';
import { CLOSED, confirmedRelease, describeServer, findFaults, lossesIn } from './kill-invariants.ts';
import type { Drill, Kind } from './kill-kinds.ts';
import { MODES, type Mode } from './kill-modes.ts';
import { inLanes, type World } from './kill-world.ts';
import type { Load } from './load.ts';
import type { RunningStep, StepResult } from './run-bundle.ts';

/** Where something happens: a point of the gate and the side of it, or after this share of the time such an action takes. */
export type Moment = { readonly point: string; readonly side: Side } | { readonly after: number };

/** What happens at that moment. What it leaves held is let go of after the re-run. */
export interface Disturbance {
  readonly name: string;
  strike(scene: Scene): Promise<void>;
  /** Whether the action itself has to come through, so that no re-run is needed; but for an end that its log explains with these words. */
  readonly isSurvived?: { readonly unless: RegExp };
  /** Whether users are without the service meanwhile; what they lose is counted afterwards only. */
  readonly isDark?: boolean;
  /** Whether the server's own timers do not survive it. */
  readonly endsTimers?: boolean;
}

/** What a disturbance strikes: the action that runs, and the server's process that is held, if any is. */
export interface Scene {
  readonly world: World;
  readonly held: number | undefined;
  readonly action: RunningStep;
  readonly moment: Moment;
  readonly drill: Drill;
  /** The release that was confirmed when the action began. */
  readonly old: string;
}

/** One case of the matrix; a name of its own where kind, moment and disturbance do not tell it from another. */
export interface Case {
  readonly name?: string;
  readonly kind: Kind;
  readonly moment: Moment;
  readonly disturbance: Disturbance;
}

/** What identifies a case, in reports and in SLIPWAY_KILL. */
export function nameOf({ name, kind, moment, disturbance }: Case): string {
  const when = 'after' in moment ? `after ${(moment.after * 100).toFixed(1)} %` : `${moment.side} ${moment.point}`;
  return [...(name === undefined ? [] : [name]), kind.name, when, disturbance.name].join(' | ');
}

/** Every case of these kinds at these moments of theirs. */
export function casesOf(moments: ReadonlyMap<Kind, readonly Moment[]>, disturbances: readonly Disturbance[]): Case[] {
  return [...moments].flatMap(([kind, all]) => all.flatMap((moment) => disturbances.map((disturbance) => ({ kind, moment, disturbance }))));
}

/** Runs cases, several at a time, or only those whose name holds what SLIPWAY_KILL says. Throws with all that failed, each with what to know of it. */
export async function runCases(all: readonly Case[], mode: Mode, lanes?: number): Promise<void> {
  const only = process.env['SLIPWAY_KILL'];
  const cases = all.filter((each) => only === undefined || nameOf(each).includes(only));
  const began = performance.now();
  const failures = await inLanes(cases, mode, runCase, lanes);
  process.stdout.write(`    ${cases.length} cases, ${failures.length} failed, ${((performance.now() - began) / 1_000).toFixed(0)} s\n`);
  if (failures.length > 0) throw new Error(failures.join(`\n${'='.repeat(80)}\n`));
}

async function runCase(each: Case, world: World): Promise<void> {
  const drill = each.kind.drill(world);
  const run = world.newRun();
  await world.runAll(drill.first, run);
  await each.kind.until?.(world);
  const told: Told = { log: '' };
  const faults = await disturbed(each, { world, drill, run, old: confirmedRelease(world.host) }, told)
    .catch((error: unknown) => [error instanceof Error ? error.message : String(error)])
    .finally(() => world.gate.open());
  const totals = await told.load?.stop();
  faults.push(...(totals === undefined ? [] : lossesIn(totals, { isClosing: each.kind.isClosing, closesConnections: MODES[world.mode].closesConnections })));
  if (faults.length > 0) throw new Error(tell(nameOf(each), faults, world, told.log));
  await world.runAll(drill.restore ?? []);
  if (drill.wanted !== CLOSED) world.live = drill.wanted;
}

interface Told {
  log: string;
  load?: Load;
}

interface Setting {
  readonly world: World;
  readonly drill: Drill;
  readonly run: string;
  readonly old: string;
}

async function disturbed({ moment, disturbance }: Case, setting: Setting, told: Told): Promise<string[]> {
  const { world, drill, run } = setting;
  if (disturbance.isDark !== true) told.load = await world.load();
  if ('point' in moment) world.gate.close(moment.point, moment.side);
  const action = world.start(drill.disturbed, run);
  const result = action.result.then((ended) => {
    told.log = ended.log;
    return ended;
  });
  await disturbance.strike({ world, action, moment, drill, old: setting.old, held: await comes(moment, setting, result) });
  told.load ??= await world.load();
  const { code, log } = await result;
  const isExcused = disturbance.isSurvived?.unless.test(log) ?? true;
  if (code !== 0 && !isExcused) return [`the action ended with ${code}, where it was to come through`];
  if (disturbance.isSurvived !== undefined && code === 0) await world.runAll(drill.rest, run);
  else await world.runAll(drill.again, drill.isSameRun === true ? run : world.newRun());
  return findFaults(world, drill, disturbance.endsTimers);
}

/** Waits for the moment; returns the process that is held then, if it is one of the gate. */
async function comes(moment: Moment, { world, drill }: Setting, result: Promise<StepResult>): Promise<number | undefined> {
  if ('after' in moment) return void (await wait(moment.after * world.timeOf(drill.disturbed)));
  let isOver = false;
  void result.then(() => (isOver = true));
  return world.gate.untilHeld(() => isOver);
}

function tell(name: string, faults: readonly string[], world: World, log: string): string {
  return [`${name}  (alone: SLIPWAY_KILL='${name}')`, ...faults.map((fault) => `  * ${fault}`), describeServer(world.host), '--- log of what was disturbed', log].join('\n');
}
