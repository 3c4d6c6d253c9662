import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect } from '@jest/globals';
import { needs, needsFull } from '#shared/testing/equipment';
import { waitUntil } from '#shared/testing/ports';
import { processesUsing, send } from '#shared/testing/processes';
import { ENGINE_NEEDS } from '#shared/testing/docker/engine';
import type { ContainerReport } from '../script/src/demo/containers.ts';
import type { Report } from '../script/src/demo/measured.ts';

const SCRIPT = fileURLToPath(new URL('../script/demo', import.meta.url));
const LIMIT = 240_000;
const SERVERS = ['nginx', 'sshd', 'runsvdir', 'pg_ctlcluster', 'curl', 'bandit', 'gitleaks', 'dbmate', 'zstd'];

// Everything the demo makes is in here; PostgreSQL's own user passes through.
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-'));
  chmodSync(folder, 0o711);
});
afterEach(() => {
  for (const { pid } of processesUsing(folder)) send(pid, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Running { readonly child: ChildProcess; said(): string; readonly end: Promise<readonly [number | null, NodeJS.Signals | null]> }

/** In a process group of its own, as a terminal's foreground job is. */
function startDemo(...args: readonly string[]): Running {
  const child = spawn(SCRIPT, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, TMPDIR: folder } });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { child, said: () => text, end: once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]> };
}

function leftovers(): readonly string[] {
  return [...processesUsing(folder).map(({ command }) => command.replaceAll('\0', ' ')), ...readdirSync(folder).filter((name) => name !== 'report.json')];
}

async function expectDemo(runner: 'act' | 'bundles', ...args: readonly string[]): Promise<void> {
  const demo = startDemo('--json', join(folder, 'report.json'), ...args);
  const [code] = await demo.end;
  if (code !== 0) throw new Error(demo.said());
  const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
  expect(report).toMatchObject({ ok: true, faults: [], runner, lost: 0, losses: [], live: { release: '2.0.0', verified: true } });
  expect(report.versions.map(({ version }) => version)).toEqual(['1.0.0', '2.0.0', '3.0.0']);
  expect(report.requests).toBeGreaterThan(1_000);
  expect(report.orders_stored).toBe(report.orders_answered);
  expect(report.orders_columns).toEqual(['id', 'item', 'ordered_at', 'channel']);
  expect(report.orders_stored).toBeGreaterThan(400); // fewer would not have made 3.0.0 fail
  for (const ms of [report.switch_ms, report.bad_news_ms, report.rollback_ms]) expect(ms).toBeGreaterThan(0);
  expect(report.stages.filter(({ passed }) => !passed).map(({ release, name }) => `${release} ${name}`)).toEqual(['1.0.0 Ask the security gate', '3.0.0 Watch it under real use']);
  expect(report.gate_said).toContain('production is blocked by 1 finding');
  expect(report.stages.findLast(({ name }) => !name.startsWith('Tell Slack'))).toMatchObject({ release: '3.0.0', name: 'Take its migrations back', passed: true });
  expect(report.slack_messages).toBe(3);
  expect(demo.said()).toContain('Nobody noticed a thing.');
  expect(leftovers()).toEqual([]);
}

describe('script/demo compose', () => {
  needs('act', 'nginx', 'sshd', 'curl', ...ENGINE_NEEDS)('releases three images under load with act, loses nothing, and the bad one takes itself back', async () => {
    const demo = startDemo('compose', '--json', join(folder, 'report.json'));
    const [code] = await demo.end;
    if (code !== 0) throw new Error(demo.said());
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as ContainerReport;
    expect(report).toMatchObject({ ok: true, faults: [], runner: 'act', lost: 0, live: { release: '2.0.0', verified: true } });
    expect(report.requests).toBeGreaterThan(600); // 300 make 3.0.0 fail
    expect(report.containers).toContain(`${report.live.slot} 2.0.0`);
    expect(report.stages.filter(({ passed }) => !passed).map(({ release, name }) => `${release} ${name}`)).toEqual(['3.0.0 Watch it under real use']);
    expect(demo.said()).toContain('Nobody noticed a thing.');
    expect(leftovers()).toEqual([]);
  }, LIMIT);

  needsFull('curl', 'nginx', 'sshd', ...ENGINE_NEEDS)('stopped with Ctrl-C leaves nothing behind', async () => {
    const demo = startDemo('compose', '--without-act');
    await waitUntil('a release runs', () => demo.said().includes('Start it beside the old release'), LIMIT);
    process.kill(-(demo.child.pid ?? NaN), 'SIGINT');
    expect(await demo.end).toEqual([null, 'SIGINT']);
    expect(leftovers()).toEqual([]);
  }, LIMIT);
});

describe('script/demo', () => {
  needs('act', ...SERVERS)('releases three times under load with act, loses nothing, and the third goes back by itself', () => expectDemo('act'), LIMIT);

  needsFull(...SERVERS)('does the same without act', () => expectDemo('bundles', '--without-act'), LIMIT);

  needs(...SERVERS)('stopped with Ctrl-C leaves nothing behind', async () => {
    const demo = startDemo('--without-act');
    await waitUntil('a release runs', () => demo.said().includes('Start beside the old release'), LIMIT);
    process.kill(-(demo.child.pid ?? NaN), 'SIGINT');
    expect(await demo.end).toEqual([null, 'SIGINT']);
    expect(leftovers()).toEqual([]);
  }, LIMIT);
});
