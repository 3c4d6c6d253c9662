import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { casesOf, runCases } from '#shared/testing/kill-case';
import { findFaults } from '#shared/testing/kill-invariants';
import { IN_STEPS, MOVE, WARM_ROLLBACK, type Kind } from '#shared/testing/kill-kinds';
import { placeOf, sampled } from '#shared/testing/kill-sample';
import { everyStep, learnSteps, type Step } from '#shared/testing/kill-steps';
import { ACTION, GROUP, POWER, RELOAD, RESTART, SHELL_STUCK } from '#shared/testing/kill-victims';
import { inLanes, share, stopWorlds } from '#shared/testing/kill-world';

// The same where HAProxy routes. The act with each disturbance, every phase with a reload or restart of HAProxy, each kind once at least; with --full each step
// of each kind with each.
const it = needs('sshd', 'haproxy', 'socat', 'runsvdir', 'curl', 'flock');
const LIMIT = 60 * 60_000;
const LANES = 1;

let steps: ReadonlyMap<Kind, readonly Step[]>;
beforeAll(async () => { steps = await learnSteps([MOVE, IN_STEPS, WARM_ROLLBACK], 'haproxy', LANES); }, LIMIT);
afterAll(stopWorlds, LIMIT);

describe('with HAProxy as the router', () => {
  it('a server, its executor, the runner or HAProxy itself is struck', () => runCases(sampled([
    ...casesOf(everyStep(steps, 'after'), [GROUP, POWER]), ...casesOf(everyStep(steps, 'before'), [SHELL_STUCK, ACTION, RELOAD, RESTART]),
  ], (each) => {
    const { phase } = placeOf(each, steps);
    const { kind, disturbance } = each;
    return [kind.name, ...(phase === 'act' ? [disturbance.name] : []), ...([RELOAD, RESTART].includes(disturbance) ? [`${phase}, HAProxy`] : [])];
  }), 'haproxy', LANES), LIMIT);

  it('its map is edited by hand while a share is out: it is left so, and the share goes back at once', async () => {
    const failures = await inLanes([0], 'haproxy', async (_, world) => {
      const map = join(world.host.path, 'haproxy.map');
      const [before, wanted, run] = [readFileSync(map, 'utf8'), world.live, world.newRun()];
      await world.runAll([world.deploy(world.newRelease()), share(10, '1h')], run);
      appendFileSync(map, '100 shop-green\n');
      expect(await world.start(share(40), run).result).toMatchObject({ code: 1, log: expect.stringMatching(/Somebody has edited .*haproxy\.map.*Traffic went back to where it was/s) });
      expect(readFileSync(map, 'utf8')).toBe(`${before}100 shop-green\n`);
      expect(await findFaults(world, { wanted, leavesPrepared: true })).toEqual([]);
      writeFileSync(map, before);
    }, LANES);
    expect(failures).toEqual([]);
  }, LIMIT);
});
