import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readReport, summarise } from './test-summary.ts';

// The tests that put servers under load want a core each; the others mostly wait.
const width = '--maxWorkers=2';
const folder = await mkdtemp(join(tmpdir(), 'slipway-report-'));
const report = join(folder, 'jest.json');
try {
  const jest = spawn('script/jest', [width, '--json', `--outputFile=${report}`, ...process.argv.slice(2)], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = (await once(jest, 'close')) as [number | null];
  const { lines, good } = summarise(await readReport(report), process.env['CI'] === 'true');
  console.log(lines.join('\n'));
  process.exitCode = good ? 0 : code || 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
