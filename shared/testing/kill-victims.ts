import { readFileSync } from 'node:fs';
import type { Disturbance, Moment, Scene } from './kill-case.ts';
import { strayRoles } from './kill-compose.ts';
import { confirmedRelease, confirmedSlot } from './kill-invariants.ts';
import type { World } from './kill-world.ts';
import { cutPower, ended, processes, processTree, send, type ProcessInfo } from './processes.ts';

/** The executor dies with all its group, and the step it was at with its own. */
export const GROUP: Disturbance = {
  name: 'kill the group',
  async strike(scene) {
    const executor = executorOf(scene);
    if (executor === undefined) return;
    const sessions = new Set(processTree(executor).map(sessionOf).filter((session) => session !== undefined));
    const isOfGroup = ({ pid }: ProcessInfo): boolean => sessions.has(sessionOf(pid) ?? -1);
    await cutPower(() => ofServer(scene.world).filter(isOfGroup).map(({ pid }) => pid));
    scene.world.gate.open();
  },
};

/** The executor's shell dies alone, and the step goes on. */
export const SHELL: Disturbance = {
  name: 'kill the shell',
  async strike(scene) {
    await killShell(scene);
    scene.world.gate.open();
  },
};

/** The same, and the step hangs for ever. */
export const SHELL_STUCK: Disturbance = { name: 'kill the shell of a step that hangs', strike: killShell };

/** The runner is gone from one moment to the next. */
export const ACTION: Disturbance = {
  name: 'kill the action',
  async strike({ world, action }) {
    await action.kill();
    world.gate.open();
  },
};

/** GitHub cancels the job. */
export const CANCEL: Disturbance = {
  name: 'cancel the job',
  async strike({ world, action }) {
    const cancelled = action.cancel();
    // What is held goes on while the action asks the server to stop; where it has nothing to ask, it ends at once.
    await Promise.race([cancelled, action.untilPrinted(/asking .* to stop/).catch(() => {})]);
    world.gate.open();
    await cancelled;
  },
};

/**
 * The line is cut, both sides see it, and what ran on the server goes on. Only a log-in is not tried again when it has begun: the server may
 * have closed it on purpose.
 */
export const CUT: Disturbance = {
  name: 'cut the connection',
  isSurvived: { unless: /closed the connection during the log-in/ },
  async strike({ world }) {
    world.relay.cut();
    world.gate.open();
  },
};

// Where a proxy comes up with what was confirmed, not with what was switched to since, the proof from outside says so.
const NOT_PROVED = /The proof from outside (failed|was inconclusive)/;

/** The proxy reads its configuration again. nginx then closes connections on which requests may be under way. */
export const RELOAD: Disturbance = {
  name: 'reload the proxy',
  isDark: true,
  isSurvived: { unless: NOT_PROVED },
  async strike({ world }) {
    await world.host.proxy.reload();
    world.gate.open();
  },
};

/** The proxy is stopped and started. */
export const RESTART: Disturbance = {
  name: 'restart the proxy',
  isDark: true,
  isSurvived: { unless: NOT_PROVED },
  async strike({ world }) {
    await world.host.proxy.stop();
    await world.host.proxy.boot();
    world.gate.open();
  },
};

/** Everything on the server dies at once, and what is on its disk is booted. Users then reach what was confirmed, before any re-run. */
export const POWER: Disturbance = {
  name: 'cut the power',
  isDark: true,
  endsTimers: true,
  async strike({ world, moment, drill, old }) {
    await world.host.powerCut();
    world.gate.open();
    const confirmed = confirmedRelease(world.host);
    if (!expectedAt(moment, old, drill.wanted).includes(confirmed)) throw new Error(`the machine would boot into ${confirmed}; before it was ${old}`);
    await world.host.boot();
    await expectReached(world, confirmed);
    const stray = world.containers === undefined ? [] : await strayRoles(world.containers, confirmedSlot(world.host));
    if (stray.length > 0 && !isBetweenStores(moment)) throw new Error(`after the boot there run, where users are not: ${stray.join(', ')}`);
  },
};

// What a boot starts is written down in two places, one after the other: the engine's restart policies, and the link that the router follows.
function isBetweenStores(moment: Moment): boolean {
  return 'point' in moment && moment.point === 'step-settle-roles';
}

/** The Docker engine restarts with all its containers, and nothing else does: what a boot would start comes up where users may not be. */
export const ENGINE: Disturbance = {
  name: 'restart the engine',
  isDark: true,
  async strike({ world: { containers, gate } }) {
    await containers?.engine.powerCut();
    await containers?.engine.boot();
    gate.open();
  },
};

// The steps by which what was done is to outlast a boot, and what comes after them.
const KEEPING = ['step-confirm', 'step-keep-closed', 'step-keep-open'];
const KEPT = ['drain', 'step-stop-slots'];

function expectedAt(moment: Moment, old: string, wanted: string): readonly string[] {
  if ('after' in moment) return [old, wanted];
  return (KEEPING.includes(moment.point) && moment.side === 'after') || KEPT.includes(moment.point) ? [wanted] : [old];
}

async function expectReached(world: World, release: string): Promise<void> {
  let reached = '';
  for (const deadline = performance.now() + 20_000; performance.now() < deadline && reached !== release;) reached = await world.liveVersion();
  if (reached !== release) throw new Error(`after the boot users reach ${reached}, where ${release} was confirmed`);
}

async function killShell(scene: Scene): Promise<void> {
  const shell = executorOf(scene);
  if (shell === undefined) return;
  send(shell, 'SIGKILL');
  await ended([shell]);
}

/** The executor that started the step which is held; where none is, the one that runs, if any. */
function executorOf({ held, world }: Scene): number | undefined {
  const all = ofServer(world);
  const running = all.filter(({ command }) => command.includes('/plan.sh\0begin\0'));
  const parent = all.find(({ pid }) => pid === held)?.parent;
  if (held !== undefined) return all.find(({ pid }) => pid === parent)?.pid;
  return running.find((each) => !running.some(({ pid }) => pid === each.parent))?.pid;
}

/** Processes that were started in a session of this very server, told by the gate on their PATH: nothing else on the machine may ever be struck. */
function ofServer({ gate }: World): ProcessInfo[] {
  return processes().filter(({ environ }) => `\0${environ}`.includes(`\0PATH=${gate.bin}:`));
}

/** The session of a process; undefined when it has ended, or its session is none of this machine's (the kernel then says 0). */
function sessionOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[3]) || undefined;
  } catch {
    return undefined;
  }
}
