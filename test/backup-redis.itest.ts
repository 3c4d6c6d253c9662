import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { Secret } from '#shared/core/secret';
import type { Manifest } from '#shared/database/backup-set';
import type { Access, Source } from '#shared/database/source';
import { backupSteps } from '#shared/testing/backup-steps';
import { needs } from '#shared/testing/equipment';
import { removeServers } from '#shared/testing/local-server';
import { startRedis, type Redis } from '#shared/testing/redis';

const it = needs('redis-server', 'zstd', 'flock');
const PASSWORD = 'pass"word \\of #the';
const CANARY = 'canary.of.a.customer@example.com';
let root: string;
let db: Redis;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'backup-redis-'));
  db = await startRedis(join(root, 'db'), PASSWORD);
  const lines = Array.from({ length: 3_000 }, (_, i) => [`set session:${i} "${i === 42 ? CANARY : `v${i}`}"`, `sadd tags:${i % 40} "t ${i}"`, `hset user:${i % 50} f${i} ${i} "odd \\x00\\n'" x`, `zadd board ${i / 3} m${i}`, `rpush queue ${i}`]).flat();
  db.query([
    ...lines, 'expire session:1 3600', 'pexpire session:2 1', 'set "odd \\"key\\"\\n\\x00" x', 'sadd ints 1 2 3', 'hset small a 1', 'select 7', 'set elsewhere 1 ex 5000', 'select 0',
    'xadd events * a 1 b 2', 'xgroup create events readers 0', 'xadd events * a 2', 'setbit bits 900 1', 'pfadd visitors a b c', 'geoadd places 13.36 38.11 Palermo', "function load \"#!lua name=mine\\nredis.register_function('f', function() return 1 end)\"",
  ].join('\n'));
}, 60_000);
afterAll(async () => {
  await db?.stop();
  removeServers();
  rmSync(root, { recursive: true, force: true });
});

function cache(more: Partial<Access> = {}): Source {
  return { kind: 'redis', name: 'cache', database: 'cache', host: db.socket, password: new Secret(PASSWORD), ...more };
}

it('every key of every kind in every database, with the time of its end, is proven equal while others are written', () => {
  const writer = spawn('sh', ['-c', '(printf "%s\\n" "$2"; i=0; while :; do i=$((i + 1)); echo "set busy:$((i % 9)) $i"; echo "lpush busy $i"; echo "set gone:$i 1 px 3"; sleep 0.005; done) | redis-cli -s "$1" --askpass', 'sh', db.socket, PASSWORD], { stdio: 'ignore', detached: true });
  try {
    const steps = backupSteps([cache()]);
    expect(steps.run()).toBeUndefined();
    expect(steps.names()).toEqual([steps.backup.set]);
    const [part] = (JSON.parse(readFileSync(join(steps.backup.directory, steps.backup.set, 'manifest.json'), 'utf8')) as Manifest).parts;
    expect(part).toMatchObject({ kind: 'redis', proof: 'equal', server: expect.stringMatching(/^Redis \d/) });
    // The 3,000 sessions less the one whose time is over, 40 sets, 50 hashes, and what stands alone.
    expect(part?.unchangedKeys).toBe(2_999 + 40 + 50 + 10);
    expect(part?.keys).toBeGreaterThan(part?.unchangedKeys ?? 0);
  } finally {
    process.kill(-(writer.pid ?? 0), 'SIGKILL');
  }
}, 60_000);

it('a snapshot that is cut, damaged, or of other keys, is told; no key and no value is', () => {
  const steps = backupSteps([cache()]);
  expect(steps.run(['check', 'take-1'])).toBeUndefined();
  const file = join(steps.work, 'cache.rdb.zst');
  const whole = execFileSync('zstd', ['-dc', file], { maxBuffer: 2 ** 26 });
  const proveWith = (changed: Buffer): { code: number; told: string } => {
    execFileSync('zstd', ['-qf', '-', '-o', file], { input: changed });
    return steps.step('prove-1');
  };
  expect([0.2, 0.6, 0.99].map((share) => proveWith(whole.subarray(0, Math.floor(whole.length * share))))).toEqual([0, 1, 2].map(() => ({ code: 1, told: expect.stringContaining('cache is cut short') })));
  const damaged = Buffer.from(whole);
  damaged.write('X', whole.indexOf(CANARY));
  expect(proveWith(damaged)).toEqual({ code: 1, told: expect.stringContaining('cannot be loaded') });
  const old = db.query('get session:7');
  db.query('set session:7 other');
  const other = backupSteps([cache()]);
  expect(other.run(['check', 'take-1'])).toBeUndefined();
  db.query(`set session:7 ${old}`);
  // A sound snapshot, of another moment.
  const { code, told } = proveWith(execFileSync('zstd', ['-dc', join(other.work, 'cache.rdb.zst')], { maxBuffer: 2 ** 26 }));
  expect({ code, told }).toEqual({ code: 1, told: expect.stringMatching(/cache is not equal .* of \d+ keys that nobody changed meanwhile, 1 did not come back as they were\. Of these kinds: string/) });
  expect(told).not.toMatch(/canary|session:|other/);
  expect([steps.step('clear').code, other.step('clear').code]).toEqual([0, 0]);
  expect(steps.names()).toEqual([]);
}, 60_000);

it.each<[string, Partial<Access>, RegExp]>([
  ['a wrong password', { password: new Secret('another') }, /The Redis of cache cannot be reached: AUTH failed: WRONGPASS/],
  ['no server', { host: '/nowhere' }, /The Redis of cache cannot be reached: Could not connect/],
])('%s is told as such', (_, change, words) => {
  expect(backupSteps([cache(change)]).run()).toEqual({ step: 'check', told: expect.stringMatching(words) });
});
