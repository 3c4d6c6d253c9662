import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { waitUntil } from '#shared/testing/ports';
import { findProgram } from '#shared/testing/programs';
import { timeLimited } from './command-check.ts';

// A server with these programs and no others.
function runWith(programs: readonly string[], command: string, limitMs: number): { code: number | null; stdout: string; ms: number } {
  const path = mkdtempSync(join(tmpdir(), 'programs-'));
  for (const program of programs) symlinkSync(findProgram(program)!, join(path, program));
  const started = performance.now();
  const { status, stdout } = spawnSync('/bin/sh', ['-c', timeLimited(command, limitMs)], { env: { PATH: path }, encoding: 'utf8' });
  rmSync(path, { recursive: true });
  return { code: status, stdout, ms: performance.now() - started };
}

describe.each([
  ['timeout', ['sh', 'sleep', 'timeout', 'true']],
  ['setsid', ['sh', 'sleep', 'setsid']],
  ['neither timeout nor setsid', ['sh', 'sleep']],
])('on a server with %s', (_, programs) => {
  test('a command keeps its exit code and output, and nothing is waited for', () => {
    const { code, stdout, ms } = runWith(programs, 'echo "a  b"; exit 7', 20_000);
    expect({ code, stdout }).toEqual({ code: 7, stdout: 'a  b\n' });
    expect(ms).toBeLessThan(5_000);
  });

  test('a command that overruns is ended, even if it ignores SIGTERM', () => {
    const { code, ms } = runWith(programs, 'trap "" TERM; while :; do sleep 0.2; done', 1_000);
    expect([124, 137]).toContain(code);
    expect(ms).toBeLessThan(6_000);
  });
});

test.each([
  ['timeout', ['sh', 'sleep', 'timeout', 'true']],
  ['setsid', ['sh', 'sleep', 'setsid']],
])('with %s, what the command started is ended with it', async (_, programs) => {
  const mark = `sleep ${4_000 + programs.length}.${process.pid}`;
  const { ms } = runWith(programs, `${mark} & ${mark}; wait`, 1_000);
  expect(ms).toBeGreaterThanOrEqual(1_000);
  await waitUntil(`no "${mark}" runs`, () => spawnSync('pgrep', ['-xf', mark]).status === 1, 2_000);
});
