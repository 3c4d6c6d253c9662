import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { collectedLog } from '#shared/testing/collected-log';
import { startSshd } from '#shared/testing/sshd';
import { latestClaim, verifiedReleases } from './ledger.ts';
import { openServer } from './server.ts';

const root = mkdtempSync(join(tmpdir(), 'server-'));
afterAll(() => rmSync(root, { recursive: true }));

test('an inspection reads the whole manifest of a large release, and all that is told beside it', async () => {
  const manifest = `slipway-manifest 1\n${`file\t644\t3\t${'a'.repeat(64)}\té\t-\n`.repeat(40_000)}`;
  mkdirSync(join(root, '.slipway/releases/r1'), { recursive: true });
  writeFileSync(join(root, '.slipway/releases/r1/manifest'), manifest);
  symlinkSync('releases/r1', join(root, 'current'));
  const sshd = await startSshd();
  try {
    await using server = await openServer(sshd.target(), collectedLog());
    const heard: Buffer[] = [];
    const inspection = await server.inspect('shop.production', root, '', '', () => (chunk) => void heard.push(chunk));
    expect(inspection).toMatchObject({ kind: 'state', state: { folder: `${root}/.slipway`, current: 'r1', freeBytes: expect.any(Number) } });
    expect(Buffer.concat(heard).toString() === manifest).toBe(true);
  } finally {
    await sshd.stop();
  }
});

test('what a service is in is told from its ledger, however many backups were recorded since', async () => {
  const folder = join(root, 'old');
  const event = (name: string, more: object): string => `${JSON.stringify({ event: name, generation: 1, time: '2026-01-01T00:00:00Z', ...more })}\n`;
  mkdirSync(join(folder, '.slipway'), { recursive: true });
  writeFileSync(join(folder, '.slipway/ledger'), `${event('claim', { run: '1' })}${event('confirm', { release: 'v1' })}${event('backup', { set: 'one' }).repeat(2_000)}${event('copy', { set: 'one' }).repeat(2_000)}`);
  const sshd = await startSshd();
  try {
    await using server = await openServer(sshd.target(), collectedLog());
    const told = await server.inspect('old.production', folder, '', '');
    const events = told.kind === 'state' ? told.state.events : [];
    expect([latestClaim(events)?.run, verifiedReleases(events), events.length]).toEqual(['1', ['v1'], 2_002]);
  } finally {
    await sshd.stop();
  }
});

test('two services, or two environments of one, share neither path nor sockets, and one is not in two places', async () => {
  const [home, shop] = [join(root, 'home'), join(root, 'srv/shop')];
  mkdirSync(home);
  const sshd = await startSshd({ setEnv: { HOME: home } });
  try {
    await using server = await openServer(sshd.target(), collectedLog());
    const claim = async (key: string, path: string, runtimeDir = ''): Promise<string> => {
      const told = await server.inspect(key, path, runtimeDir, '"run":"1"');
      return told.kind === 'refused' ? told.reason : told.kind;
    };
    expect(await claim('shop.production', shop, join(root, 'run/shop'))).toBe('state');
    expect(await claim('shop.production', shop, join(root, 'run/shop'))).toBe('state');
    expect(await claim('shop.staging', shop)).toContain(`${shop} belongs to shop.production`);
    expect(await claim('shop.staging', join(root, 'srv/staging'), join(root, 'run/shop'))).toContain('the sockets of shop.production are in');
    expect(await claim('shop.production', join(root, 'srv/other'))).toContain(`shop.production is in ${shop} already`);
    writeFileSync(join(shop, '.slipway/definition'), '{"format":1,"service":"shop","environment":"production","path":""}');
    rmSync(join(home, '.slipway'), { recursive: true });
    expect(await claim('jobs.production', shop)).toContain(`${shop} belongs to shop.production`);
    expect(existsSync(join(home, '.slipway'))).toBe(false);
    expect(await claim('shop.production', shop)).toBe('state');
    renameSync(shop, join(root, 'srv/moved'));
    expect(await claim('shop.production', join(root, 'srv/moved'))).toBe('state');
  } finally {
    await sshd.stop();
  }
});
