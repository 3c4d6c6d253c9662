import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Unpacker } from '#shared/server/compression';
import { newPlanId } from '#shared/server/plan';
import { openServer } from '#shared/server/server';
import { collectedLog } from '#shared/testing/collected-log';
import { planOn } from '#shared/testing/local-server';
import { startRelay, type Relay } from '#shared/testing/relay';
import { pathWithShell, type ShellName } from '#shared/testing/shells';
import { startSshd, type Sshd } from '#shared/testing/sshd';
import { plant, treeLines } from '#shared/testing/trees';
import { delta } from './delta.ts';
import { excluding } from './exclude.ts';
import { incomingEntries } from './incoming.ts';
import { scanTree } from './scan.ts';

const root = mkdtempSync(join(tmpdir(), 'lanes-'));
const source = join(root, 'source');
beforeAll(() => {
  const small = Array.from({ length: 400 }, (_, index) => [`deep/er-${index % 7}/file\n${index}`, { text: `content ${index}`, mode: index % 2 === 0 ? 0o400 : 0o755 }] as const);
  plant(source, { ...Object.fromEntries(small), 'empty': '', 'closed': { folder: 0o700 }, 'link': { link: 'empty' } });
  for (const [name, size, mode] of [['large', 30_000_001, 0o444], ["deep/lar'ge\n", 8 * 2 ** 20 + 1, 0o644], ['deep/-one piece', 8 * 2 ** 20, 0o600]] as const) writeFileSync(join(source, name), randomBytes(size), { mode });
});
afterAll(() => rmSync(root, { recursive: true }));

let sshd: Sshd;
let relay: Relay;
let state: string;
beforeEach(() => {
  state = join(mkdtempSync(join(root, 'server-')), '.slipway');
  mkdirSync(join(state, 'plans'), { recursive: true });
  writeFileSync(join(state, 'ledger'), '{"event":"claim","generation":1,"time":"2026-11-21T14:02:10Z","run":"812","url":""}\n');
});
afterEach(async () => {
  await relay.stop();
  await sshd.stop();
});

/** Sends the tree to a server 20 ms away and further; returns what then lies on it. */
async function sent({ shell, config, cutAfter, unpackers = [], from = source }: { shell?: ShellName; config?: string[]; cutAfter?: number; unpackers?: readonly Unpacker[]; from?: string } = {}): Promise<readonly string[]> {
  const tree = await scanTree(from, excluding([]));
  sshd = await startSshd({ ...(shell && { setEnv: { PATH: pathWithShell(shell) } }), ...(config && { config }) });
  relay = await startRelay(sshd.port, { delay: 10 });
  const plan = { ...planOn({ root: join(state, '..'), state }), id: newPlanId(new Date()), steps: [], clear: ':', back: ':' };
  const log = collectedLog();
  await using server = await openServer(sshd.target({ port: relay.port, hostKeys: { knownHosts: '', fingerprints: sshd.fingerprints } }), log);
  await server.connection().exec('true'); // an inspection, which comes first, shows how far the server is
  if (cutAfter !== undefined) relay.cutAfter(cutAfter);
  expect(await server.carryOut(plan, { entries: () => incomingEntries(from, tree, delta(tree, undefined)), unpackers }, () => {})).toMatchObject({ state: 'completed' });
  expect(readdirSync(join(state, 'incoming')).filter((name) => name !== 'lock')).toEqual([]);
  expect(log.lines.filter((line) => line.includes('lost'))).toHaveLength(cutAfter === undefined ? 0 : 1);
  return treeLines(join(state, 'plans', plan.id, 'incoming/tree'));
}

const lanes = (): number => sshd.log().match(/Starting session: command/g)?.length ?? 0;

it.each(['dash', 'busybox'] as const)('goes over a long line by several channels at once, and is put together there by %s', async (shell) => {
  expect(await sent({ shell })).toEqual(treeLines(source));
  expect(lanes()).toBeGreaterThan(4);
});

it.each([['bash', ['zstd', 'gzip']], ['busybox', ['gzip']]] as const)('goes compressed for what the server has to open it: %s, %j', async (shell, unpackers) => {
  expect(await sent({ shell, unpackers })).toEqual(treeLines(source));
});

it('goes by as many channels as a server allows', async () => {
  expect(await sent({ config: ['MaxSessions 2'] })).toEqual(treeLines(source));
  expect(lanes()).toBeLessThanOrEqual(3);
});

it('waits for no channel that comes when all is taken', async () => {
  const small = join(root, 'small');
  plant(small, { folder: { folder: 0o755 } });
  for (const [name, size] of [['first', 2_097_000], ['last', 1_000]] as const) writeFileSync(join(small, 'folder', name), randomBytes(size));
  expect(await sent({ from: small })).toEqual(treeLines(small));
});

it('is sent again, wholly, when the line drops in between', async () => {
  expect(await sent({ cutAfter: 20_000_000 })).toEqual(treeLines(source));
});
