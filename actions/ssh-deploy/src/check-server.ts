import { randomBytes } from 'node:crypto';
import { UserError } from '#shared/core/errors';
import type { Job } from '#shared/runner/action';
import { serviceKey, type ServiceDefinition } from '#shared/server/definition';
import type { Server } from '#shared/server/server';
import { liveRelease, type ServerState } from '#shared/server/state';
import { definitionFrom } from './definition.ts';
import { examineCommand, parseExamination, type Examination } from './examination/examination.ts';
import { judge } from './examination/judgement.ts';
import { judgeClock } from './examination/machine.ts';
import { judgeUrl } from './examination/nginx.ts';
import { askPublicly } from './examination/public-answer.ts';
import { conclusion, diagnosesTable, faultOf, logDiagnoses } from './examination/report.ts';
import type { action, Inputs } from './inputs.ts';

/**
 * Looks the server over for what would keep a deployment, a switch or a boot from working, and says how to mend it; changes nothing.
 * @throws {UserError} naming every problem. Warnings do not fail.
 */
export async function checkServer(inputs: Inputs, job: Job<typeof action>, server: Server): Promise<void> {
  const state = await stateOf(inputs, server);
  const definition = definitionOf(inputs, state);
  const hasRelease = liveRelease(state) !== undefined;
  const { examination, skew, answer } = await examine(inputs, job, server, definition);
  const subject = { definition, isDeployed: state.definition !== undefined, live: state.live };
  const diagnoses = [
    ...judge(examination, subject), judgeClock(skew, examination.user),
    ...(answer === undefined ? [] : [judgeUrl(definition.url, answer, hasRelease)]),
  ];
  logDiagnoses(job.log, diagnoses);
  job.output({ checks: diagnoses });
  job.summarise(diagnosesTable(server.label, definition.service, diagnoses));
  const fault = faultOf(server.label, diagnoses);
  if (fault !== undefined) throw new UserError(fault);
  job.log.info(`${server.label}: ${conclusion(diagnoses)}.`);
}

async function stateOf({ service, environment, path }: Inputs, server: Server): Promise<ServerState> {
  const inspection = await server.inspect(serviceKey(service, environment), path ?? '', '', '');
  if (inspection.kind === 'state') return inspection.state;
  throw new UserError(`${server.label} knows no service ${service} in environment ${environment}. To look at it before the first deployment, give path, and the other inputs of that deployment.`);
}

// The inputs of a deployment count as it would take them; with the connection alone, what the last one recorded.
function definitionOf(inputs: Inputs, { definition, folder }: ServerState): ServiceDefinition {
  const { path = folder.replace(/\/\.slipway$/, ''), runtimeDir, url, health, healthCommand } = inputs;
  if (definition === undefined || health !== undefined || healthCommand !== undefined) return definitionFrom({ ...inputs, path });
  return { ...definition, path, runtimeDir: runtimeDir ?? definition.runtimeDir, url: url ?? definition.url };
}

interface Findings {
  readonly examination: Examination;
  readonly skew: number | undefined;
  readonly answer: Awaited<ReturnType<typeof askPublicly>> | undefined;
}

async function examine(inputs: Inputs, { signal }: Pick<Job, 'signal'>, server: Server, definition: ServiceDefinition): Promise<Findings> {
  const mark = randomBytes(8).toString('hex');
  const began = Date.now();
  const asked = definition.url === '' ? undefined : askPublicly(definition.url, signal);
  const { stdout } = await server.connection().exec(examineCommand(definition, serviceKey(inputs.service, inputs.environment), mark), { signal });
  const examination = parseExamination(stdout, mark);
  return { examination, skew: skewOf(examination.clock, began, Date.now()), answer: await asked };
}

// The server read its clock, of whole seconds, at some moment in between.
function skewOf(clock: number | undefined, began: number, ended: number): number | undefined {
  if (clock === undefined) return undefined;
  const ahead = clock - ended / 1_000;
  const behind = clock + 1 - began / 1_000;
  return ahead > 0 ? ahead : Math.min(behind, 0);
}
