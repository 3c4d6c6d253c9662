import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { needs, needsBuilt, needsFull } from '#shared/testing/equipment';
import { casesOf, runCases, type Case } from '#shared/testing/kill-case';
import { CLOSED, findFaults } from '#shared/testing/kill-invariants';
import { IN_STEPS, MOVE, type Kind } from '#shared/testing/kill-kinds';
import type { Mode } from '#shared/testing/kill-modes';
import { placeOf, sampled } from '#shared/testing/kill-sample';
import { everyStep, learnSteps, type Step } from '#shared/testing/kill-steps';
import { ACTION, GROUP, POWER, RELOAD, RESTART, SHELL_STUCK } from '#shared/testing/kill-victims';
import { CLOSE, inLanes, OPEN, share, STOP, stopWorlds, SWITCH, type World } from '#shared/testing/kill-world';

// The same where other routers route: nginx is struck once in each way, somewhere, and so are the others with --full; then at each step in each way.
const LIMIT = 60 * 60_000;
const LANES = 1;

interface Contender {
  readonly programs: readonly string[];
  /** Whether it moves a share of the traffic. */
  readonly hasShares: boolean;
  /** Whether it has a reload that is not its own business. */
  readonly reloads: boolean;
  /** The phase in which it is restarted in the sample, besides after the confirmation. */
  readonly restarted: string;
  /** Changes by hand what the router works by, so that a move has to be refused; gives what takes that back. */
  spoil(world: World): () => void;
  readonly refusal: RegExp;
}

const EDITED = /Somebody has edited \S*\/routes\/[19]0\.conf/;
const ROUTERS: Partial<Readonly<Record<Mode, Contender>>> = {
  'nginx-reload': {
    programs: ['nginx'], hasShares: true, reloads: true, restarted: 'watch',
    spoil: ({ host }) => append(realpathSync(join(host.runtimeDir, 'live.conf')), '# mine\n'), refusal: EDITED,
  },
  caddy: {
    programs: ['caddy'], hasShares: true, reloads: true, restarted: 'verify',
    spoil: ({ host }) => append(join(host.root, 'proxy/Caddyfile'), 'nonsense {\n'), refusal: /Caddy runs something else than/,
  },
  traefik: {
    programs: ['traefik'], hasShares: true, reloads: false, restarted: 'before',
    spoil: ({ host }) => append(realpathSync(join(host.runtimeDir, 'traefik/shop.yml')), '# mine\n'), refusal: EDITED,
  },
  'kamal-proxy': { programs: ['kamal-proxy'], hasShares: false, reloads: false, restarted: 'act', spoil: leadAstray, refusal: /Somebody has led kamal-proxy to/ },
};

let steps: ReadonlyMap<Kind, readonly Step[]>;
beforeAll(async () => { steps = await learnSteps([MOVE, IN_STEPS], 'nginx-reload', LANES); }, LIMIT);
afterAll(stopWorlds, LIMIT);

describe.each(Object.entries(ROUTERS) as [Mode, Contender][])('with %s as the router', (mode, { programs, hasShares, reloads, restarted, spoil, refusal }) => {
  const own = [...programs, 'sshd', 'nginx', 'runsvdir', 'curl', 'flock'];
  const it = mode === 'traefik' ? needsBuilt(...own) : needs(...own);
  // Each takes a minute of its own.
  const long = mode === 'nginx-reload' ? it : needsFull(...own);

  long('a server, its executor, the runner or the proxy itself is struck', () => {
    const kinds = new Map([...steps].filter(([kind]) => hasShares || kind === MOVE));
    const cases = [
      ...casesOf(everyStep(kinds, 'after'), [GROUP, POWER, RESTART]),
      ...casesOf(everyStep(kinds, 'before'), [SHELL_STUCK, ACTION, RESTART, ...(reloads ? [RELOAD] : [])]),
    ];
    return runCases(sampled(cases.filter((each) => mode !== 'kamal-proxy' || bootsWhereConfirmed(each)), (each) => featuresOf(each, hasShares, restarted)), mode, LANES);
  }, LIMIT);

  it('it is closed, stopped and opened', async () => {
    const failures = await inLanes([0], mode, async (_, world) => {
      for (const request of [CLOSE, STOP]) {
        await world.runAll([request]);
        expect(await findFaults(world, { wanted: CLOSED })).toEqual([]);
        expect(await fetch(`${world.host.url}/health`)).toMatchObject({ status: 200 });
      }
      await world.runAll([OPEN]);
      expect(await findFaults(world, { wanted: world.live })).toEqual([]);
    }, LANES);
    expect(failures).toEqual([]);
  }, LIMIT);

  it('it is changed by hand meanwhile: it is left so, and users are where they were', async () => {
    const failures = await inLanes([0], mode, async (_, world) => {
      const [wanted, run] = [world.live, world.newRun()];
      await world.runAll([world.deploy(world.newRelease()), ...(hasShares ? [share(10, '1h')] : [])], run);
      const mend = spoil(world);
      const log = hasShares ? new RegExp(`${refusal.source}.*Traffic went back to where it was`, 's') : refusal;
      expect(await world.start(hasShares ? share(40) : SWITCH, run).result).toMatchObject({ code: 1, log: expect.stringMatching(log) });
      mend();
      expect(await findFaults(world, { wanted, leavesPrepared: true })).toEqual([]);
    }, LANES);
    expect(failures).toEqual([]);
  }, LIMIT);
});

/** kamal-proxy comes up with what it was told last, so a boot between act and confirmation is not what it is for the others. */
function bootsWhereConfirmed(each: Case): boolean {
  return each.disturbance !== POWER || placeOf(each, steps).phase === 'before';
}

// One case each: killed at the act and booted, the runner gone in the phase after it, restarted before and after the confirmation.
function featuresOf(each: Case, hasShares: boolean, restarted: string): string[] {
  const side = 'side' in each.moment ? each.moment.side : '';
  const where = `${placeOf(each, steps).phase}, ${side}, ${each.disturbance.name}`;
  const [booted, later] = hasShares ? ['act', 'watch'] : ['before', 'verify'];
  const wanted = [
    `act, after, ${GROUP.name}`, `${booted}, after, ${POWER.name}`, `${later}, before, ${ACTION.name}`, `${restarted}, before, ${RESTART.name}`, `after, after, ${RESTART.name}`,
  ];
  return wanted.filter((feature) => feature === where);
}

/** Appends to a file; what is returned finds it so, and takes it back. */
function append(file: string, text: string): () => void {
  const before = readFileSync(file, 'utf8');
  appendFileSync(file, text);
  return () => {
    expect(readFileSync(file, 'utf8')).toBe(`${before}${text}`);
    writeFileSync(file, before);
  };
}

/** Leads kamal-proxy to the release that nobody is to reach yet, as somebody may at a terminal. */
function leadAstray({ host }: World): () => void {
  const { 'router-reload': deploy = '', 'router-control': control = '' } = host.proxy.inputs;
  const told = (): string => execFileSync('sh', ['-c', `${control} list`], { encoding: 'utf8' });
  const lead = (port: number | undefined): void => void execFileSync('sh', ['-c', deploy], { env: { ...process.env, TARGET: `127.0.0.1:${port}` }, stdio: 'pipe' });
  const { blue, green } = host.ports ?? {};
  const [live, idle] = told().includes(`127.0.0.1:${blue}`) ? [blue, green] : [green, blue];
  lead(idle);
  return () => {
    expect(told()).toContain(`127.0.0.1:${idle}`);
    lead(live);
  };
}
