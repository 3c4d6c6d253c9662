import { afterAll, beforeAll, describe } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { casesOf, runCases, type Moment } from '#shared/testing/kill-case';
import { DEPLOY_THEN_ROLLBACK, MOVE_ALONE, SLOT_KINDS, type Kind } from '#shared/testing/kill-kinds';
import { everyStep, learnSteps, type Step } from '#shared/testing/kill-steps';
import { GROUP, SHELL, SHELL_STUCK } from '#shared/testing/kill-victims';
import { stopWorlds } from '#shared/testing/kill-world';

// An executor is killed at a step of a plan that is switched between slots, and one plain re-run has to put all right. Users are served throughout.
const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const isFull = process.env['SLIPWAY_FULL'] === '1';
const LIMIT = 60 * 60_000;

let steps: ReadonlyMap<Kind, readonly Step[]>;
beforeAll(async () => { steps = await learnSteps(SLOT_KINDS, 'slots'); }, LIMIT);
afterAll(stopWorlds, LIMIT);

describe('an executor is killed at every step', () => {
  it('with all its group, when the step has done its work', () => runCases(casesOf(everyStep(steps, 'after'), [GROUP]), 'slots'), LIMIT);
  it('its shell alone, while the step goes on or hangs', () => {
    const [goesOn, hangs] = [casesOf(everyStep(steps, 'after'), [SHELL]), casesOf(everyStep(steps, 'before'), [SHELL_STUCK])];
    // Each step once; and both ways with it in the long run.
    return runCases(isFull ? [...goesOn, ...hangs] : goesOn.map((each, index) => (index % 2 === 0 ? each : hangs[index] ?? each)), 'slots');
  }, LIMIT);
  it('with all its group, inside of the step', () => runCases(casesOf(new Map([
    ...[...steps.keys()].slice(0, 1).map((deploy): [Kind, readonly Moment[]] => [deploy, within('prepare', 'start')]),
    [DEPLOY_THEN_ROLLBACK, within('stop', 'start')],
    [MOVE_ALONE, [...(isFull ? ['step-switch', 'step-check-live'] : []), 'step-confirm'].map((point): Moment => ({ point, side: 'after' }))],
  ]), [GROUP]), 'slots'), LIMIT);
});

function within(...commands: readonly string[]): Moment[] {
  return commands.map((name) => ({ point: `command-${name}`, side: 'after' }));
}
