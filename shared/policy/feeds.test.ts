import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readEpss, readKev } from './feeds.ts';

const folder = mkdtempSync(join(tmpdir(), 'feeds-'));
afterAll(() => rmSync(folder, { recursive: true }));
function put(name: string, bytes: string | Buffer): string {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
}

describe('KEV', () => {
  test.each([
    ['its JSON', '{"dateReleased":"2026-11-20T10:00:00.0000Z","vulnerabilities":[{"cveID":"CVE-2026-1111"},{"cveID":7}]}', '2026-11-20T10:00:00.000Z'],
    ['its CSV', 'cveID,vendorProject,product,vulnerabilityName,dateAdded\n"CVE-2026-1111",a,b,c,2026-11-19,x\nCVE-2020-0001,a,b,c,2026-01-01,x\n', '2026-11-19T00:00:00.000Z'],
  ])('is read from %s', async (_, text, madeAt) => {
    const feed = await readKev(text, 'kev');
    expect({ has: feed.content.has('CVE-2026-1111'), madeAt: feed.madeAt?.toISOString() }).toEqual({ has: true, madeAt });
  });

  test.each(['', '{}', '{"vulnerabilities":[', '<html>', '{"vulnerabilities":[]}'])('is not in %j', async (text) => expect(readKev(text, 'kev.json')).rejects.toThrow('kev.json'));
});

describe('EPSS', () => {
  const text = '#model_version:v2026.03.14,score_date:2026-11-20T00:00:00+0000\ncve,epss,percentile\nCVE-2026-1111,0.42,0.99\nCVE-2026-2222,0.1,0.5\nCVE-2026-3333,,\n';
  test.each([['plain.csv', Buffer.from(text)], ['packed.csv.gz', gzipSync(text)]])('of what was found is read from %s', async (name, bytes) => {
    const feed = await readEpss(put(name, bytes), new Set(['CVE-2026-1111', 'CVE-2026-3333']));
    expect({ ...feed, content: [...feed.content] }).toEqual({ content: [['CVE-2026-1111', 0.42]], madeAt: new Date('2026-11-20') });
  });

  test.each([['empty.csv', ''], ['page.csv', '<html>'], ['cut.csv.gz', gzipSync(text).subarray(0, 40)], ['not.csv.gz', text]])('is not in %s', async (name, bytes) => {
    await expect(readEpss(put(name, bytes), new Set())).rejects.toThrow(name);
  });

  test('has to be there', async () => expect(readEpss(join(folder, 'gone.csv'), new Set())).rejects.toThrow('gone.csv cannot be read'));
});
