import { UserError } from '#shared/core/errors';
import type { Repository } from '#shared/github/questions';
import type { Case } from '#shared/policy/decide';
import type { Target } from '#shared/policy/require';
import type { Job } from '#shared/runner/action';
import { surroundings } from '#shared/runner/surroundings';
import { readAlerts } from './alerts.ts';
import { approvedWaivers, environmentSignOff } from './github.ts';
import type { Inputs } from './inputs.ts';
import { readBaseline, readFeeds } from './known-before.ts';
import { readingOf } from './reading.ts';
import { mergedFindings, readAllReports } from './reports.ts';
import { plainDigest, type Rules } from './rules.ts';
import { scanAll } from './scans.ts';

const EARLIEST = Date.UTC(2026, 0, 1);

/** Now. @throws {UserError} when the clock cannot be right: expired waivers would count again. */
export function soundClock(now = new Date()): Date {
  if (now.getTime() < EARLIEST) throw new UserError(`The clock of this machine says ${now.toISOString()}. Set it: waivers and the age of reports go by it.`);
  return now;
}

/** All that the decision is made of. @throws {UserError} on a file that cannot be read. */
export async function gatherCase(rules: Rules, inputs: Inputs, repository: Repository | undefined, job: Job, now: Date): Promise<Case> {
  const reading = readingOf(inputs, job);
  const scanned = await scanAll(inputs, reading, job, now);
  const target = targetOf(inputs, job);
  const alerts = await readAlerts(inputs, reading, repository, target.commits, job);
  const { reports: given, missing, notes } = await job.log.group('Reading reports', () => readAllReports(inputs.reports, reading, job));
  const reports = [...scanned, ...alerts, ...given];
  const findings = mergedFindings(reports);
  const before = await readBaseline(inputs, reading, repository, job);
  const { signOff, notes: signOffNotes } = await environmentSignOff(inputs, repository, job);
  return {
    ...rules, reports, missing, findings, baseline: before.baseline, ...await readFeeds(inputs, findings), target, now,
    waivers: await approvedWaivers(rules, inputs, repository, job), environmentSignOff: signOff, notes: [...rules.notes, ...notes, ...before.notes, ...signOffNotes, ...reading.notes()],
  };
}

// GitHub runs a pull request on a merge that nobody made; scanners may tell either that or the head.
function targetOf(inputs: Inputs, { run }: Job): Target {
  const head = headOf(surroundings().event['pull_request']);
  const commits = inputs.commit === undefined ? [run.commit, head].filter((one) => one !== undefined && one !== '') : [inputs.commit];
  return { commits: commits as readonly string[], digests: inputs.digest.map(plainDigest) };
}

function headOf(pull: unknown): string | undefined {
  const head = typeof pull === 'object' && pull !== null && 'head' in pull ? pull.head : undefined;
  return typeof head === 'object' && head !== null && 'sha' in head && typeof head.sha === 'string' ? head.sha : undefined;
}
