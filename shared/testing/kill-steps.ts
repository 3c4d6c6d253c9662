import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Moment } from './kill-case.ts';
import type { Side } from './kill-gate.ts';
import { CLOSED, journalOf, plansOf } from './kill-invariants.ts';
import type { Kind } from './kill-kinds.ts';
import type { Mode } from './kill-modes.ts';
import { inLanes, type World } from './kill-world.ts';

/** A step of a plan, as its journal tells and its script says. */
export interface Step {
  readonly name: string;
  readonly phase: string;
}

/** The steps of each kind, found by carrying one out undisturbed, so that a new step needs no word here. Throws when a kind has none. */
export async function learnSteps(kinds: readonly Kind[], mode: Mode, lanes?: number): Promise<ReadonlyMap<Kind, readonly Step[]>> {
  const learnt = new Map<Kind, readonly Step[]>();
  const failures = await inLanes(kinds, mode, async (kind, world) => void learnt.set(kind, await stepsOf(kind, world)), lanes);
  const empty = kinds.filter((kind) => (learnt.get(kind) ?? []).length === 0).map((kind) => `${kind.name} has no steps`);
  if (failures.length + empty.length > 0) throw new Error([...failures, ...empty].join('\n'));
  return new Map(kinds.map((kind) => [kind, learnt.get(kind) ?? []]));
}

/** A moment at each step. */
export function everyStep(steps: ReadonlyMap<Kind, readonly Step[]>, side: Side): ReadonlyMap<Kind, readonly Moment[]> {
  return new Map([...steps].map(([kind, all]) => [kind, all.map(({ name }) => ({ point: `step-${name}`, side }))]));
}

/** The last step of each phase that a kind has. */
export function lastOfPhases(steps: readonly Step[]): Moment[] {
  const last = new Map(steps.map(({ name, phase }) => [phase, name]));
  return [...last.values()].map((name) => ({ point: `step-${name}`, side: 'before' }));
}

async function stepsOf(kind: Kind, world: World): Promise<Step[]> {
  const drill = kind.drill(world);
  const run = world.newRun();
  await world.runAll(drill.first, run);
  await kind.until?.(world);
  const before = new Map(plansOf(world.host.path).map((plan) => [plan, begun(world, plan).length]));
  await world.runAll([drill.disturbed], run);
  const steps = plansOf(world.host.path).flatMap((plan) => begun(world, plan).slice(before.get(plan) ?? 0));
  await world.runAll([...drill.rest, ...(drill.restore ?? [])], run);
  if (drill.wanted !== CLOSED) world.live = drill.wanted;
  return steps;
}

// Plan by plan: two that began in the same second have no order.
function begun({ host }: World, plan: string): Step[] {
  const script = readFileSync(join(host.path, '.slipway/plans', plan, 'plan.sh'), 'utf8');
  const phases = new Map([...script.matchAll(/[\s'=]([\w-]+):(before|act|watch|verify|after):/g)].map(([, name, phase]) => [name, phase]));
  return [...journalOf(host.path, plan).matchAll(/^begin (\S+)$/gm)].map(([, name = '']) => ({ name, phase: phases.get(name) ?? '' }));
}
