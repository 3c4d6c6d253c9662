import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failedSuites, readReport, summarise, withSecondTry, type Report } from './test-summary.ts';

// The tests that put servers under load want a core each; the others mostly wait.
const WIDTH = '--maxWorkers=2';
/** More failing files than this are no accident of a busy machine. */
const SECOND_TRIES = 3;

const folder = await mkdtemp(join(tmpdir(), 'slipway-report-'));
try {
  const first = await run('first', [WIDTH, ...process.argv.slice(2)]);
  const failed = failedSuites(first);
  const mayTryAgain = failed.length > 0 && failed.length <= SECOND_TRIES;
  if (mayTryAgain) console.log(`Trying again, one after the other:\n${failed.join('\n')}`);
  const report = mayTryAgain ? withSecondTry(first, await run('second', ['--runInBand', '--runTestsByPath', ...failed])) : first;
  const { lines, good } = summarise(report, process.env['CI'] === 'true');
  console.log(lines.join('\n'));
  process.exitCode = good ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function run(name: string, args: readonly string[]): Promise<Report> {
  const file = join(folder, `${name}.json`);
  const jest = spawn('script/jest', ['--json', `--outputFile=${file}`, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  await once(jest, 'close');
  return readReport(file);
}
