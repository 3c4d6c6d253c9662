import { afterAll, beforeAll, describe } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { casesOf, runCases } from '#shared/testing/kill-case';
import { IN_PLACE_KINDS, type Kind } from '#shared/testing/kill-kinds';
import { everyStep, learnSteps, type Step } from '#shared/testing/kill-steps';
import { GROUP, SHELL, SHELL_STUCK } from '#shared/testing/kill-victims';
import { stopWorlds } from '#shared/testing/kill-world';

// The same where a release is published in place: no moment without a whole release, and the service is restarted with the one that is there.
const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const isFull = process.env['SLIPWAY_FULL'] === '1';
const LIMIT = 60 * 60_000;

let steps: ReadonlyMap<Kind, readonly Step[]>;
beforeAll(async () => { steps = await learnSteps(IN_PLACE_KINDS, 'in-place'); }, LIMIT);
afterAll(stopWorlds, LIMIT);

describe('an executor is killed at every step of a publication in place', () => {
  it('with all its group', () => runCases(casesOf(everyStep(steps, 'after'), [GROUP]), 'in-place'), LIMIT);
  it('its shell alone, while the step goes on or hangs', () => {
    const [goesOn, hangs] = [casesOf(everyStep(steps, 'after'), [SHELL]), casesOf(everyStep(steps, 'before'), [SHELL_STUCK])];
    return runCases(isFull ? [...goesOn, ...hangs] : goesOn.map((each, index) => (index % 2 === 0 ? each : hangs[index] ?? each)), 'in-place');
  }, LIMIT);
});
