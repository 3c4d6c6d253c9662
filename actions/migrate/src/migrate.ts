import { inSeconds } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { historyFaults, parseChain } from '#shared/migrations/chain';
import { historyToRead, judge, type Judged } from '#shared/migrations/judge';
import { look, planLook, settle, textsOf } from '#shared/migrations/look';
import { PATIENCE, sourceOf } from '#shared/scanners/defaults';
import { bringDbmate } from '#shared/migrations/dbmate';
import { planChange } from '#shared/migrations/apply';
import type { Seen } from '#shared/migrations/seen';
import type { Work } from '#shared/migrations/work';
import type { Job } from '#shared/runner/action';
import { jobEnvironment, surroundings } from '#shared/runner/surroundings';
import { sshTarget } from '#shared/runner/connection-inputs';
import type { Follow } from '#shared/server/carry-out';
import { describePlan } from '#shared/server/plan';
import { openServer, type Server } from '#shared/server/server';
import type { DeployedState } from '#shared/server/service';
import { assemble } from './assemble.ts';
import { applyPending, undoOwn } from './change.ts';
import type { action, Inputs } from './inputs.ts';
import { rehearse } from './rehearse.ts';
import { reportJudged, reportPlan, reportSettled, reportStatus } from './report.ts';

/** What every operation has once it has looked. */
export interface Scene {
  readonly inputs: Inputs;
  readonly job: Job<typeof action>;
  readonly server: Server;
  readonly work: Work;
  readonly state: DeployedState;
  readonly seen: Seen;
  readonly follow: Follow;
}

/** Tells, rehearses, applies or undoes the migrations of one database of a service. */
export async function migrate(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  const began = performance.now();
  await using server = await openServer(sshTarget(inputs), job.log, job.signal);
  const follow = { log: job.log, signal: job.signal, service: inputs.service };
  const { work, state } = await assemble(inputs, job, server);
  if (inputs.dryRun) return job.log.group('Plan (dry run: nothing is changed)', async () => job.log.output(preview(inputs, work)));
  if (work.engine.programs(work.setup).includes('dbmate')) await bringDbmate(server, work, installingOf(inputs, job), follow);
  const seen = await look(server, work, follow);
  const scene = { inputs, job, server, work, state, seen, follow };
  if (seen.underWay !== undefined) reportSettled(scene, seen.underWay, await settle(server, work, { ...seen, underWay: seen.underWay }, follow));
  await operate(scene);
  job.output({ duration: inSeconds(performance.now() - began) });
}

function installingOf({ programMirror }: Inputs, job: Job<typeof action>): Parameters<typeof bringDbmate>[2] {
  const { base, hosts } = sourceOf(programMirror);
  const { temp, proxy } = surroundings();
  const hasToolCache = Boolean(jobEnvironment()['RUNNER_TOOL_CACHE']);
  return { log: job.log, base, isOffline: false, hasToolCache, temp, downloading: { hosts, proxy, signal: job.signal, ...PATIENCE, onRetry: (why) => job.log.info(`Trying again: ${why}`) } };
}

async function operate(scene: Scene): Promise<void> {
  switch (scene.inputs.operation) {
    case 'status': return reportStatus(scene, faultsOf(scene));
    case 'plan': return reportPlan(scene, await told(scene));
    case 'rehearse': return rehearse(scene, await told(scene));
    case 'apply': return applyPending(scene, await told(scene));
    case 'undo': return undoOwn(scene);
  }
}

/** What is known of pending migrations before anything is done. */
export interface Told extends Judged {
  readonly texts: ReadonlyMap<string, string>;
}

// An edited history is refused before anything else: what the files say is not what the database has.
async function told(scene: Scene): Promise<Told> {
  const { inputs, work, seen, server, follow } = scene;
  const faults = faultsOf(scene);
  if (faults.length > 0 && inputs.editedHistory === 'refuse') {
    throw new UserError(`The history of ${work.database.name} was edited, so its files do not tell what it holds:\n  ${faults.join('\n  ')}\nPut back what was applied and write a new migration; or, if you know better, set edited-history: accept.`);
  }
  const texts = await textsOf(server, work, seen, seen.status.pending, follow);
  const history = await textsOf(server, work, seen, historyToRead(seen.status, work.engine, texts), follow);
  const judged = judge(seen.status, new Map([...history, ...texts]), work.engine, seen.facts, { levels: inputs.lint ?? {}, waivers: inputs.waivers ?? [] });
  reportJudged(scene, judged);
  return { ...judged, texts };
}

function faultsOf({ inputs, seen }: Scene): readonly string[] {
  return historyFaults(seen.status, inputs.editedHistory === 'accept' ? [] : parseChain(seen.chain), seen.hashes);
}

function preview({ operation }: Inputs, work: Work): string {
  const looking = describePlan(planLook(work));
  if (operation === 'plan' || operation === 'status') return looking;
  const nothing = { what: operation === 'undo' ? 'undo' as const : 'apply' as const, migrations: [], calls: [], irreversible: [], token: '', isHistoryAccepted: false, texts: '', seen: EMPTY };
  return `${looking}\n\nAnd then, for what it finds:\n${describePlan(planChange(work, nothing))}`;
}

const EMPTY: Seen = {
  plan: '', status: { applied: [], pending: [], unknown: [] }, facts: { schema: '', files: '', release: '', server: '' }, identity: '', hashes: new Map(), chain: '', rehearsals: [], underWay: undefined,
};
