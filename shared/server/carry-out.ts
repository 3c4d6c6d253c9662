import { Cancelled } from '#shared/core/cancelled';
import { UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import { narrator } from './narrate.ts';
import { faultOf, type Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Progress } from './progress.ts';
import type { Files, PlanOnServer, Server, Takeover, Verb } from './server.ts';
import { inStep, stepKeeper, type Together } from './together.ts';

/** What following a plan needs of the job. */
export interface Follow {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly service: string;
  /** The other hosts, where there are any. */
  readonly together?: Together;
}

/** A plan that did not reach the state it was made for; the message says why and what it left, the outcome tells the rest. */
export class PlanFailed extends UserError {
  readonly outcome: Outcome;

  constructor(message: string, outcome: Outcome) {
    super(message);
    this.outcome = outcome;
  }
}

/**
 * Has the server carry out a plan and tells its steps in the log. A cancelled job asks the server to stop, which it does as long as
 * users have seen nothing, or to take back what is not confirmed.
 * @throws {PlanFailed} when the plan did not reach the state it was made for, saying why and what it left; {Overtaken} when it was to
 * take the service over as it starts, and something has happened since.
 */
export async function carryOut(server: Server, plan: Plan, files: Files, follow: Follow, takeover?: Takeover): Promise<Outcome> {
  const { together } = follow;
  const own = together === undefined ? plan : inStep(plan, together);
  const keeper = together === undefined ? undefined : stepKeeper(server, plan, together);
  const titles = new Map(own.steps.map(({ name, title }) => [name, title]));
  const story = narrator(follow.log, titles);
  const tell = (progress: Progress): void => {
    story.tell(progress);
    keeper?.hear(progress);
  };
  try {
    const outcome = await server.carryOut(own, files, tell, takeover);
    if (outcome.state === 'cleared') keeper?.settle();
    return succeeded(outcome, follow, titles);
  } catch (error) {
    if (follow.signal.aborted) await stopPlan(server, plan, follow);
    throw error;
  } finally {
    await story.end();
  }
}

/**
 * The same for a change that stays as soon as it is made; in a fleet, once it is made on every host.
 * @throws besides, what failed elsewhere, when it was taken back here for that.
 */
export async function carryOutForGood(server: Server, plan: Plan, files: Files, follow: Follow, takeover?: Takeover): Promise<Outcome> {
  const outcome = await carryOut(server, plan, files, follow, takeover);
  if (outcome.state !== 'unconfirmed') return outcome;
  await stayTogether(server, plan, follow);
  await confirm(server, plan, follow);
  return outcome;
}

/** Waits until every host of the fleet has published, too; where one has not, takes the change back here and throws what failed there. */
export async function stayTogether(server: Server, plan: PlanOnServer, follow: Follow): Promise<void> {
  try {
    await follow.together?.published();
  } catch (error) {
    await goBack(server, plan, follow);
    throw error;
  }
}

/** Confirms a switch. @throws {PlanFailed} when it is superseded or has gone back. */
export async function confirm(server: Server, plan: PlanOnServer, follow: Follow): Promise<void> {
  succeeded(await ask(server, plan, 'confirm', follow), follow, new Map());
}

/** Takes back a switch that is not confirmed. @throws {PlanFailed} when that was not possible, or another run did so or it was confirmed meanwhile. */
export async function goBack(server: Server, plan: PlanOnServer, follow: Follow): Promise<void> {
  const outcome = await ask(server, plan, 'revert', follow);
  if (outcome.state === 'confirmed') throw new PlanFailed('The switch was confirmed meanwhile, so it was not taken back.', outcome);
  if (outcome.state !== 'back' || outcome.refusedBy !== undefined) succeeded(outcome, follow, new Map());
}

async function ask(server: Server, plan: PlanOnServer, verb: Verb, follow: Follow): Promise<Outcome> {
  const story = narrator(follow.log, new Map());
  try {
    return await server.ask(plan, verb, story.tell);
  } finally {
    await story.end();
  }
}

function succeeded(outcome: Outcome, { service }: Follow, titles: ReadonlyMap<string, string>): Outcome {
  const fault = faultOf(outcome, service, titles);
  if (fault !== undefined) throw new PlanFailed(fault, outcome);
  return outcome;
}

/** Asks the server to stop a plan, or take it back, because the job is being ended. Never throws: what cannot be asked heals by itself. */
export async function stopPlan(server: Server, plan: PlanOnServer, { log, signal }: Pick<Follow, 'log' | 'signal'>): Promise<void> {
  const why = signal.reason instanceof Cancelled ? 'cancelled' : 'out of time';
  log.info(`The job was ${why}; asking ${server.label} to stop or take back plan ${plan.id}.`);
  await server.cancel(plan).catch(() => log.info(`${server.label} could not be asked. It stops by itself before the next step, or goes back when nothing confirms the switch.`));
}
