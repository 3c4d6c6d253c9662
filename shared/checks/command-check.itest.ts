import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
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

test('what the command started is ended with it', () => {
  for (const programs of [['sh', 'sleep', 'timeout', 'true'], ['sh', 'sleep', 'setsid']]) {
    const mark = `${4_000 + programs.length}.${process.pid}`;
    runWith(programs, `sleep ${mark} & sleep ${mark}; wait`, 1_000);
    expect(spawnSync('pgrep', ['-f', `sleep ${mark}`], { encoding: 'utf8' }).stdout).toBe('');
  }
});
