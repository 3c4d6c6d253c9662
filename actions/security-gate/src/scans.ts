import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readReports } from '#shared/findings/read-report';
import type { GivenReport } from '#shared/policy/require';
import type { Job } from '#shared/runner/action';
import { jobEnvironment, surroundings } from '#shared/runner/surroundings';
import type { Scanning } from '#shared/scanners/run-scanners';
import type { Inputs } from './inputs.ts';
import type { Reading } from './reading.ts';

/** Runs the scanners that the inputs name, and reads their reports, each with how its scan ended. */
export async function scanAll(inputs: Inputs, reading: Reading, job: Job, now: Date): Promise<readonly GivenReport[]> {
  if (inputs.scan.length === 0) return [];
  const isByHand = job.run.url === '';
  // Reports have the secrets that were found in them: they are not put where something is uploaded from, and on a terminal not left behind.
  const folder = mkdtempSync(join(surroundings().temp, 'slipway-scans-'));
  try {
    return await scanInto(folder, inputs, reading, job, now);
  } finally {
    if (isByHand) rmSync(folder, { recursive: true });
  }
}

async function scanInto(folder: string, inputs: Inputs, reading: Reading, job: Job, now: Date): Promise<readonly GivenReport[]> {
  const [{ readScans }, { runScanners }, { withScanSigns }] = await Promise.all([import('#shared/scanners/scan'), import('#shared/scanners/run-scanners'), import('#shared/scanners/evidence')]);
  const results = await runScanners(readScans(inputs.scan), await scanningOf(inputs, job, folder, now));
  const read = results.map(async (result) => (await readReports(result.report, { ...reading, format: result.tool })).map((report) => ({ report: { ...withScanSigns(report, result), path: `scan ${result.scan}` }, tool: result.tool })));
  return (await Promise.all(read)).flat();
}

async function scanningOf(inputs: Inputs, job: Job, folder: string, now: Date): Promise<Scanning> {
  const [{ PATIENCE, sourceOf }, { LOCK }] = await Promise.all([import('#shared/scanners/defaults'), import('#shared/scanners/lock')]);
  const { base, hosts } = sourceOf(inputs.scannerMirror);
  const { temp, proxy } = surroundings();
  const environment = jobEnvironment();
  return {
    log: job.log, signal: job.signal, workspace: process.cwd(), folder, environment, timeout: inputs.scanTimeout, lock: LOCK, redact: job.redact, terms: { minimumAge: inputs.scannerMinimumAge, now },
    installing: {
      downloading: { hosts, proxy, signal: job.signal, ...PATIENCE, onRetry: (why) => job.log.info(`Trying again: ${why}`) }, base, isOffline: inputs.scannerOffline,
      hasToolCache: Boolean(environment['RUNNER_TOOL_CACHE']), temp, platform: `${process.platform}-${process.arch}`,
    },
  };
}
