import { afterAll, beforeAll, describe } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { casesOf, runCases, type Case, type Moment } from '#shared/testing/kill-case';
import { DEPLOY_THEN_ROLLBACK, MOVE_ALONE, SLOT_KINDS, type Kind } from '#shared/testing/kill-kinds';
import { placeOf, sampled } from '#shared/testing/kill-sample';
import { everyStep, learnSteps, type Step } from '#shared/testing/kill-steps';
import { GROUP, SHELL, SHELL_STUCK } from '#shared/testing/kill-victims';
import { stopWorlds } from '#shared/testing/kill-world';

// An executor is killed at a step of a plan that is switched between slots, and one plain re-run has to put all right. Users are served throughout.
// Each step of any kind of plan is struck with its group, each kind with its shell alone too, and in each of its phases; with --full each step of each kind in each way.
const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const isFull = process.env['SLIPWAY_FULL'] === '1';
const LIMIT = 60 * 60_000;

let steps: ReadonlyMap<Kind, readonly Step[]>;
let cases: readonly Case[];
beforeAll(async () => {
  steps = await learnSteps(SLOT_KINDS, 'slots');
  cases = sampled([...casesOf(everyStep(steps, 'after'), [GROUP, SHELL]), ...casesOf(everyStep(steps, 'before'), [SHELL_STUCK])], (each) => {
    const { point, phase } = placeOf(each, steps);
    const way = each.disturbance === GROUP ? 'group' : 'shell';
    return [...(way === 'group' ? [point] : []), `${each.kind.name}, ${phase}`, `${each.kind.name}, ${way}`, `${phase}, ${each.disturbance.name}`];
  });
}, LIMIT);
afterAll(stopWorlds, LIMIT);

describe('an executor is killed at every step', () => {
  it('with all its group, when the step has done its work', () => runCases(cases.filter(({ disturbance }) => disturbance === GROUP), 'slots'), LIMIT);
  it('its shell alone, while the step goes on or hangs', () => runCases(cases.filter(({ disturbance }) => disturbance !== GROUP), 'slots'), LIMIT);
  it('with all its group, inside of the step', () => runCases(casesOf(new Map([
    ...[...steps.keys()].slice(0, 1).map((deploy): [Kind, readonly Moment[]] => [deploy, within('prepare', 'start')]),
    [DEPLOY_THEN_ROLLBACK, within('stop', 'start')],
    [MOVE_ALONE, [...(isFull ? ['step-switch', 'step-check-live'] : []), 'step-confirm'].map((point): Moment => ({ point, side: 'after' }))],
  ]), [GROUP]), 'slots'), LIMIT);
});

function within(...commands: readonly string[]): Moment[] {
  return commands.map((name) => ({ point: `command-${name}`, side: 'after' }));
}
