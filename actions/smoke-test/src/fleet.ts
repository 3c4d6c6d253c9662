import type { Check } from '#shared/checks/check';
import { messageOf, UserError } from '#shared/core/errors';
import { overall } from '#shared/core/verdict';
import type { Job } from '#shared/runner/action';
import { onEveryHost } from '#shared/runner/over-fleet';
import type { Server } from '#shared/server/server';
import type { SshConnection } from '#shared/system/ssh/connection';
import { gatherChecks } from './checks.ts';
import type { action, Inputs } from './inputs.ts';
import { measure, type Found } from './measure.ts';
import { logResults, outputsOf, summaryOf, verdictLine } from './report.ts';
import { lookUpService } from './service.ts';

/** Asks every host what a server is to be asked, all at once, and meanwhile, once, what is asked from outside. Fails unless all passed, naming each host on which one did not. */
export async function smokeTestFleet(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  const started = performance.now();
  const spent = (): number => performance.now() - started;
  // What was found from outside has no label.
  const founds = new Map<string | undefined, Found>();
  const report = (own: Job<typeof action>, found: Found, label?: string): void => {
    founds.set(label, found);
    logResults(own.log, found.results, []);
    if (found.verdict !== 'pass') throw new UserError(verdictLine(found.verdict, found.results));
  };
  const outside = gatherChecks(inputs).filter((check) => !isOfServer(check, inputs));
  const endings = await Promise.allSettled([
    onEveryHost(inputs, job, { has: 'passed', isLook: true }, async (own, server, _together, label) => {
      const service = await lookUpService(inputs, own.log, server);
      const checks = gatherChecks(inputs, service).filter((check) => isOfServer(check, inputs));
      const found = await measure(inputs, own, { checks, service, spent: spent(), open: () => connectionOf(server) });
      own.output(outputsOf(found.verdict, found.results, spent()));
      report(own, found, label);
    }),
    ...(outside.length === 0 ? [] : [measure(inputs, job, { checks: outside, open: () => Promise.reject(new UserError('not asked for')) }).then((found) => report(job, found))]),
  ]);
  conclude(founds, endings, job, spent());
}

function isOfServer(check: Check, { slot }: Inputs): boolean {
  return check.kind === 'command' || check.from === 'server' || (slot !== undefined && check.kind === 'http' && check.connectTo === undefined);
}

/** The connection that is there, or the one that follows it when it is lost. */
async function connectionOf(server: Server): Promise<SshConnection> {
  return server.persist(async (connection) => (await connection.exec(':'), connection));
}

function conclude(founds: ReadonlyMap<string | undefined, Found>, endings: readonly PromiseSettledResult<void>[], job: Job<typeof action>, ms: number): void {
  const failures = endings.flatMap((ending) => (ending.status === 'rejected' ? [ending.reason as unknown] : []));
  const all = [...founds.values()];
  // A host that could not be asked is no evidence.
  const verdict = overall([...all.map((found) => found.verdict), ...failures.map(() => 'inconclusive' as const)]);
  const results = [...founds].flatMap(([host, found]) => found.results.map((result) => ({ ...result, host })));
  const spots = [...new Set(all.flatMap((found) => found.spots))];
  job.output(outputsOf(verdict, results, ms));
  job.summarise(summaryOf(verdict, results.map(({ host, ...result }) => ({ ...result, name: host === undefined ? result.name : `${host}: ${result.name}` })), spots));
  logResults(job.log, [], spots);
  const bug = failures.find((failure) => failure instanceof Error && !(failure instanceof UserError));
  if (bug instanceof Error) throw bug;
  if (failures.length > 0) throw new UserError(failures.map(messageOf).join('\n'));
}
