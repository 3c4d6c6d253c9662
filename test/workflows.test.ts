import { readFileSync, readdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

interface Step { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> }
interface Job { readonly needs?: readonly string[]; readonly if?: string; readonly permissions?: unknown; readonly 'timeout-minutes'?: number; readonly steps?: readonly Step[]; readonly uses?: string }
interface Workflow { readonly permissions?: unknown; readonly jobs: Readonly<Record<string, Job>> }

const folder = fileURLToPath(new URL('../.github/workflows', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.yml'));
const source = (name: string): string => readFileSync(join(folder, name), 'utf8');
const read = (name: string): Workflow => parse(source(name)) as Workflow;

describe.each(files)('%s', (name) => {
  const steps = Object.values(read(name).jobs).flatMap((job) => job.steps ?? []);

  test('pins every action it uses to a commit and says which version that is', () => {
    const foreign = source(name).split('\n').filter((line) => /^\s*(- )?uses:/.test(line) && !/uses: (?:\.\/|org\/actions\/)/.test(line));
    expect(foreign.filter((line) => !/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([]);
  });

  test('gives no permission by default, and every job has an end', () => {
    expect(read(name).permissions).toEqual({});
    const endless = Object.values(read(name).jobs).filter((job) => job.uses === undefined && job['timeout-minutes'] === undefined);
    expect(endless).toEqual([]);
  });

  test('leaves no token behind in the checkout', () => {
    const checkouts = steps.filter((step) => step.uses?.startsWith('actions/checkout@'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });
});

describe('the aggregate job of CI', () => {
  const { 'ci-ok': aggregate, ...others } = read('ci.yml').jobs;

  test('waits for every other job, whatever became of it', () => {
    expect([...(aggregate?.needs ?? [])].sort()).toEqual(Object.keys(others).sort());
    expect(aggregate?.if).toBe('always()');
  });

  test.each([['success success', 0], ['success failure', 1], ['cancelled success', 1], ['success skipped', 1]])('after %s it ends with %i', (results, status) => {
    const script = aggregate?.steps?.[0]?.run ?? '';
    const ended = spawnSync('bash', ['--norc', '-eo', 'pipefail', '-c', script], { env: { RESULTS: results }, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
    expect(ended).toMatchObject({ status, stdout: `${results}\n` });
  });
});
