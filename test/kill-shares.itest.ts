import { afterAll, beforeAll, describe } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { casesOf, runCases, type Case, type Moment } from '#shared/testing/kill-case';
import { CLOSING_KINDS, SHARE_KINDS, SHARE_LEFT_ALONE, type Kind } from '#shared/testing/kill-kinds';
import { placeOf, sampled } from '#shared/testing/kill-sample';
import { everyStep, learnSteps, type Step } from '#shared/testing/kill-steps';
import { ACTION, CANCEL, CUT, GROUP, POWER, RELOAD, RESTART, SHELL, SHELL_STUCK } from '#shared/testing/kill-victims';
import { stopWorlds } from '#shared/testing/kill-world';

// Whatever is struck while a share of the traffic is out, or while a service is being closed or opened: after one plain re-run, or by itself,
// the share is none or all of it. The act and the watch with each disturbance, and each kind at its act or watch; with --full each step of each kind with each.
const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const LIMIT = 60 * 60_000;

let steps: ReadonlyMap<Kind, readonly Step[]>;
beforeAll(async () => { steps = await learnSteps([...SHARE_KINDS, ...CLOSING_KINDS], 'shares'); }, LIMIT);
afterAll(stopWorlds, LIMIT);

describe('with a share of the traffic out, or a service closed', () => {
  it('an executor is killed, a runner dies or is cancelled, the line or the power is cut', () => runCases(sampled([
    ...casesOf(everyStep(steps, 'after'), [GROUP, SHELL, POWER]),
    ...casesOf(everyStep(steps, 'before'), [SHELL_STUCK, ACTION, CANCEL, CUT, POWER]),
  ], (each) => [byDisturbance(each, 'act', 'watch'), byKind(each)].flat()), 'shares'), LIMIT);

  it('nginx is reloaded or restarted', () => runCases(sampled(
    casesOf(everyStep(steps, 'before'), [RELOAD, RESTART]).filter(({ kind }) => SHARE_KINDS.includes(kind)), (each) => byDisturbance(each, 'act', 'watch', 'after'),
  ), 'shares'), LIMIT);

  it('nobody goes on, and it goes back by itself', () => runCases([
    ...casesOf(leftAlone({ point: 'step-share-10', side: 'after' }), [ACTION]), ...casesOf(leftAlone({ point: 'step-watch-10', side: 'before' }), [SHELL]),
  ], 'shares'), LIMIT);
});

function byDisturbance(each: Case, ...phases: readonly string[]): string[] {
  const { phase } = placeOf(each, steps);
  return phases.includes(phase) ? [`${phase}, ${each.disturbance.name}`] : [];
}

function byKind(each: Case): string[] {
  const { phase } = placeOf(each, steps);
  return phase === 'act' || phase === 'watch' ? [each.kind.name] : [];
}

function leftAlone(moment: Moment): ReadonlyMap<Kind, readonly Moment[]> {
  return new Map([[SHARE_LEFT_ALONE, [moment]]]);
}
