import { UserError } from '#shared/core/errors';
import { type Ask, readCodeScanningAlerts, readDependabotAlerts } from '#shared/findings/github-alerts';
import type { Repository } from '#shared/github/questions';
import type { GivenReport } from '#shared/policy/require';
import type { Job } from '#shared/runner/action';
import type { Inputs } from './inputs.ts';
import type { Reading } from './reading.ts';

/** The alerts that the inputs name, each kind as a report. @throws {UserError} where there is no repository to ask about. */
export async function readAlerts({ githubAlerts: wanted }: Inputs, reading: Reading, repository: Repository | undefined, commits: readonly string[], job: Job): Promise<readonly GivenReport[]> {
  if (wanted.length === 0) return [];
  if (repository === undefined) throw new UserError('github-alerts are of a repository on GitHub, and this is no run of one. Set GITHUB_REPOSITORY to owner/name.');
  const { ask, named } = repository;
  const request: Ask = (route, parameters) => ask(route, parameters);
  const reports: GivenReport[] = [];
  if (wanted.includes('code-scanning')) reports.push({ report: await readCodeScanningAlerts(request, { ...named, ref: job.run.ref || undefined, commits }, reading) });
  if (wanted.includes('dependabot')) reports.push({ report: await readDependabotAlerts(request, named, reading) });
  return reports;
}
