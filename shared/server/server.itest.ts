import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { collectedLog } from '#shared/testing/collected-log';
import { startSshd } from '#shared/testing/sshd';
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
