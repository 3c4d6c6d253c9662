import { afterAll, beforeAll, describe } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { casesOf, runCases, type Case, type Moment } from '#shared/testing/kill-case';
import { LARGE_DEPLOY, SLOT_KINDS, type Kind } from '#shared/testing/kill-kinds';
import { placeOf, sampled } from '#shared/testing/kill-sample';
import { everyStep, lastOfPhases, learnSteps, type Step } from '#shared/testing/kill-steps';
import { ACTION, CANCEL, CUT, POWER } from '#shared/testing/kill-victims';
import { stopWorlds } from '#shared/testing/kill-world';

// The runner dies, is cancelled or loses the line, and the server all its processes: before a plan is sent, while it is, in each of its phases,
// between its end and the confirmation, and after that. Each of these once with each disturbance, and each kind of plan with a killed action; with --full each kind with all.
const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const isFull = process.env['SLIPWAY_FULL'] === '1';
const LIMIT = 60 * 60_000;

let steps: ReadonlyMap<Kind, readonly Step[]>;
let moments: ReadonlyMap<Kind, readonly Moment[]>;
beforeAll(async () => {
  steps = await learnSteps(SLOT_KINDS, 'slots');
  moments = new Map([...[...steps].map(([kind, all]): [Kind, Moment[]] => [kind, momentsOf(kind, all)]), [LARGE_DEPLOY, points('receive')]]);
}, LIMIT);
afterAll(stopWorlds, LIMIT);

describe('a workflow is put right by a re-run when', () => {
  it('the action is killed, or GitHub cancels the job', () => runCases(sample(casesOf(moments, [ACTION, CANCEL])), 'slots'), LIMIT);
  it('the power fails', () => runCases(sample(casesOf(isFull ? everyStep(steps, 'after') : atPowerCut(), [POWER])), 'slots'), LIMIT);
});

describe('a workflow needs no re-run when', () => {
  it('the connection is cut', () => runCases(sample(casesOf(moments, [CUT])), 'slots'), LIMIT);
});

function sample(cases: readonly Case[]): readonly Case[] {
  return sampled(cases, (each) => [`${placeOf(each, steps).phase}, ${each.disturbance.name}`, ...(each.disturbance === ACTION ? [each.kind.name] : [])]);
}

function momentsOf(kind: Kind, all: readonly Step[]): Moment[] {
  const isSwitch = all.some(({ phase }) => phase === 'act') && kind.name.startsWith('blue-green');
  if (kind.isWord === true) return points('inspect', 'ask-confirm', ...all.map(({ name }) => `step-${name}`));
  return [...points('inspect', 'receive'), ...lastOfPhases(all), ...(isSwitch ? points('ask-confirm', 'drain') : [])];
}

function atPowerCut(): ReadonlyMap<Kind, readonly Moment[]> {
  return new Map([...moments].map(([kind, all]) => [kind, [...all.filter((moment) => 'point' in moment && !['inspect', 'receive'].includes(moment.point)), ...afterConfirm(kind)]]));
}

function afterConfirm(kind: Kind): Moment[] {
  return kind.isWord === true ? [{ point: 'step-confirm', side: 'after' }] : [];
}

function points(...names: readonly string[]): Moment[] {
  return names.map((point) => ({ point, side: 'before' }));
}
