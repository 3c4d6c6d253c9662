import { afterAll, beforeAll, describe } from '@jest/globals';
import { ENGINE_NEEDS } from '#shared/testing/docker/engine';
import { missing, needs } from '#shared/testing/equipment';
import { casesOf, runCases, type Case, type Moment } from '#shared/testing/kill-case';
import { COMPOSE_KINDS, MORE_COMPOSE_KINDS, type Kind } from '#shared/testing/kill-kinds';
import { placeOf, sampled } from '#shared/testing/kill-sample';
import { everyStep, lastOfPhases, learnSteps, type Step } from '#shared/testing/kill-steps';
import { ACTION, CANCEL, CUT, ENGINE, GROUP, POWER, SHELL, SHELL_STUCK } from '#shared/testing/kill-victims';
import { stopWorlds } from '#shared/testing/kill-world';

// The same where each slot is a compose project on a real engine, with a worker and a singleton that say ten times a second that they run. After
// each case: every container once, no network or volume left over, users served throughout, and never two of what has one place only.
const NEEDS = [...ENGINE_NEEDS, 'sshd', 'nginx', 'runsvdir', 'curl', 'flock'];
const it = needs(...NEEDS);
const isFull = process.env['SLIPWAY_FULL'] === '1';
const LIMIT = 60 * 60_000;
// One of each kind of phase: what users do not see, what comes with their move, what tidies up. Every step of every kind of plan with --full; what else there is
// is the same as where an app is started by a command.
const WITH_CONTAINERS = ['start', 'hand-over-workers', 'settle-roles'];

let steps: ReadonlyMap<Kind, readonly Step[]>;
let killed: readonly Case[];
beforeAll(async () => {
  if (missing(...NEEDS).length > 0) return;
  steps = await learnSteps(isFull ? [...COMPOSE_KINDS, ...MORE_COMPOSE_KINDS] : COMPOSE_KINDS, 'compose', 1);
  killed = sampled([...casesOf(everyStep(steps, 'after'), [GROUP, SHELL]), ...casesOf(everyStep(steps, 'before'), [SHELL_STUCK])], (each) => {
    const { point } = placeOf(each, steps);
    return WITH_CONTAINERS.some((name) => point === `step-${name}`) ? [point] : [];
  });
}, LIMIT);
afterAll(stopWorlds, LIMIT);

describe('where slots are compose projects', () => {
  it('an executor is killed at every step', () => runCases(killed, 'compose', 1), LIMIT);
  it('the action is killed or cancelled, the line is cut, the engine restarts, the machine loses its power', () => {
    const runner = casesOf(new Map([...steps].map(([kind, all]) => [kind, [...points('inspect', kind.isWord === true ? 'ask-confirm' : 'receive'), ...lastOfPhases(all)]])), [ACTION, CANCEL, CUT]);
    const machine = casesOf(everyStep(steps, 'after'), [POWER, ENGINE]);
    const between = [...steps.keys()].map((kind): Case => ({ kind, moment: { point: 'inspect', side: 'before' }, disturbance: POWER }));
    return runCases(sampled([...runner, ...machine, ...between], featuresOf), 'compose', 1);
  }, LIMIT);
});

// The power in the middle of what moves workers, and the engine. With --full also between preparing and switching, and the runner at its points.
function featuresOf(each: Case): readonly string[] {
  const { point } = placeOf(each, steps);
  return point === 'step-hand-over-workers' && [ENGINE, POWER].includes(each.disturbance) ? [each.disturbance.name] : [];
}

function points(...names: readonly string[]): Moment[] {
  return names.map((point) => ({ point, side: 'before' }));
}
