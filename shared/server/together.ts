import { commandLine } from '#shared/core/quote';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';
import type { PlanOnServer, Server } from './server.ts';

/** What keeps the plan on one host in step with those on the other hosts of its fleet. */
export interface Together {
  /** Milliseconds that a plan waits, prepared, until all are. */
  readonly patience: number;
  /** How many batches publish one after the other, and the milliseconds in between. */
  readonly batches: number;
  readonly waitBetween: number;
  /** Tells which release users of this host reach now. */
  serves(release: string | undefined): void;
  /** This host is prepared. Resolves when it is to publish; rejects when it is not to, because another one failed. */
  prepared(): Promise<void>;
  /** This host's users see the change, since that many milliseconds after 1970 by this machine's clock. */
  acted(at: number): void;
  /** This host has published and proved it. Resolves when all have; rejects when one failed. */
  published(): Promise<void>;
}

const WAIT_STEP = 'await-fleet';
/** Milliseconds that a runner may need beside what the steps themselves may take. */
const MARGIN = 60_000;

/**
 * The plan as it runs in a fleet: prepared, it waits for the word of the runner, which comes when all hosts are; what it then changes
 * goes back by itself unless it is confirmed, with time enough for the batches after it. A plan that shows users nothing stays as it is.
 */
export function inStep(plan: Plan, { patience, batches, waitBetween }: Together): Plan {
  const at = plan.steps.findIndex(({ phase }) => phase === 'act');
  if (at < 0) return plan;
  const script = 'until [ -e "$HERE/go" ]; do nap 0.02; done';
  const shown = plan.steps.slice(at).map((step) => (step.phase === 'act' ? { ...step, script: `${step.script}\nmark acted "$(date +%s%3N)"` } : step));
  const inSight = plan.steps.filter(({ phase }) => ['act', 'watch', 'verify'].includes(phase)).reduce((sum, { timeout }) => sum + timeout, 0);
  return {
    ...plan,
    confirmWithin: (plan.confirmWithin || inSight + MARGIN) + (batches - 1) * (waitBetween + inSight + MARGIN),
    steps: [...plan.steps.slice(0, at), { name: WAIT_STEP, title: 'Waiting until every host is prepared', phase: 'before', timeout: patience, script }, ...shown],
  };
}

/** Follows a plan that waits for its fleet: tells that it is prepared, gives it the word, or ends it. */
export interface StepKeeper {
  hear(progress: Progress): void;
  /** Once the plan has ended: throws what kept it from the word, if that is what ended it. */
  settle(): void;
}

/** A keeper for one plan. */
export function stepKeeper(server: Server, plan: PlanOnServer, together: Together): StepKeeper {
  let going: Promise<void> = Promise.resolve();
  let ahead = 0;
  let fault: { readonly why: unknown } | undefined;
  const go = async (): Promise<void> => {
    try {
      await together.prepared();
    } catch (why) {
      fault = { why };
      return void (await server.cancel(plan).catch(() => {})); // then it stops by itself when its patience ends
    }
    ahead = await giveWord(server, plan);
  };
  return {
    hear(progress) {
      if (progress.kind === 'begin' && progress.step === WAIT_STEP) going = go().catch((why: unknown) => void (fault = { why }));
      if (progress.kind === 'acted') void going.then(() => together.acted((progress.at ?? Date.now()) - (progress.at === undefined ? 0 : ahead)));
    },
    settle() {
      if (fault !== undefined) throw fault.why;
    },
  };
}

// How many milliseconds the server's clock is ahead of ours, as far as the way there and back lets tell.
async function giveWord(server: Server, { state, id }: PlanOnServer): Promise<number> {
  let asked = 0;
  const command = commandLine(['sh', '-c', ': >"$1/go" && date +%s%3N', 'slipway', `${state}/plans/${id}`]);
  const { code, stdout, stderr } = await server.persist((connection) => {
    asked = Date.now();
    return connection.exec(command);
  });
  if (code !== 0) throw new Error(`${server.label} did not take the word to go on: ${stderr.trim()}`);
  // Where its date knows no milliseconds, nothing is said of them in the plan either.
  return /^\d{13}$/.test(stdout.trim()) ? Number(stdout) - (asked + Date.now()) / 2 : 0;
}
