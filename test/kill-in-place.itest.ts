import { afterAll, beforeAll, describe } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { casesOf, runCases, type Case } from '#shared/testing/kill-case';
import { IN_PLACE_KINDS, type Kind } from '#shared/testing/kill-kinds';
import { placeOf, sampled } from '#shared/testing/kill-sample';
import { everyStep, learnSteps, type Step } from '#shared/testing/kill-steps';
import { GROUP, SHELL, SHELL_STUCK } from '#shared/testing/kill-victims';
import { stopWorlds } from '#shared/testing/kill-world';

// The same where a release is published in place: no moment without a whole release, and the service is restarted with the one that is there.
// Each step of any kind of plan once with all its group, and each kind in each of its phases; with --full each step of each kind in each way.
const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const LIMIT = 60 * 60_000;

let steps: ReadonlyMap<Kind, readonly Step[]>;
let cases: readonly Case[];
beforeAll(async () => {
  steps = await learnSteps(IN_PLACE_KINDS, 'in-place');
  cases = sampled([...casesOf(everyStep(steps, 'after'), [GROUP, SHELL]), ...casesOf(everyStep(steps, 'before'), [SHELL_STUCK])], (each) => {
    const { point, phase } = placeOf(each, steps);
    const where = each.disturbance === GROUP ? point : phase;
    return [`${where}, ${each.disturbance.name}`, `${each.kind.name}, ${phase}`];
  });
}, LIMIT);
afterAll(stopWorlds, LIMIT);

describe('an executor is killed at every step of a publication in place', () => {
  it('with all its group', () => runCases(cases.filter(({ disturbance }) => disturbance === GROUP), 'in-place'), LIMIT);
  it('its shell alone, while the step goes on or hangs', () => runCases(cases.filter(({ disturbance }) => disturbance !== GROUP), 'in-place'), LIMIT);
});
