import { describe, expect, test } from '@jest/globals';
import { NOW } from '#shared/testing/findings';
import { readVex } from './vex.ts';

const DIGEST = `sha256:${'ab'.repeat(32)}`;
const OURS = ['pkg:oci/shop', DIGEST, 'registry.example.com/shop:v1'];
const OPENSSL = 'pkg:deb/debian/openssl@3.0.1';

async function openVex(...statements: readonly object[]) {
  const given = statements.map((one) => ({ vulnerability: { name: 'CVE-2026-1' }, products: [{ '@id': OPENSSL }], status: 'not_affected', justification: 'component_not_present', ...one }));
  return readVex([openVexDocument('vex.json', given)], OURS, NOW);
}
function openVexDocument(file: string, statements: readonly object[], timestamp = '2026-11-01T00:00:00Z') {
  return { file, text: JSON.stringify({ '@context': 'https://openvex.dev/ns/v0.2.0', timestamp, statements }) };
}

describe('OpenVEX', () => {
  test.each([
    [{}], [{ vulnerability: 'CVE-2026-1', products: [OPENSSL] }], [{ status: 'fixed' }], [{ justification: undefined, impact_statement: 'Not called.' }], [{ products: [{ identifiers: { purl: OPENSSL } }] }],
    [{ products: [{ '@id': 'pkg:oci/shop@sha256:1', subcomponents: [{ '@id': OPENSSL }] }] }], [{ products: [{ '@id': `pkg:oci/other@${DIGEST.replace(':', '%3A')}`, subcomponents: [{ '@id': OPENSSL }] }] }],
    [{ products: [{ '@id': 'registry.example.com/shop:v1', subcomponents: [{ '@id': OPENSSL }] }] }],
  ])('%j counts', async (statement) => {
    const { exemptions, notes } = await openVex(statement);
    expect({ exemptions, notes }).toMatchObject({ notes: [], exemptions: [{ file: 'vex.json', packages: [OPENSSL] }] });
    expect(exemptions[0]?.ids).toContain('CVE-2026-1');
  });

  test.each([
    [{ status: 'affected' }, []], [{ status: 'under_investigation' }, []], [{ justification: undefined }, ['it says not_affected and gives no justification']], [{ products: [] }, ['it names no package of ours']],
    [{ products: undefined }, ['it names no package of ours']], [{ products: [{ '@id': 'pkg:oci/foreign', subcomponents: [{ '@id': OPENSSL }] }] }, ['it names no package of ours']], [{ timestamp: '2027-01-01T00:00:00Z' }, ['its time lies in the future']],
  ])('%j does not', async (statement, notes) => {
    expect(await openVex(statement)).toEqual({ exemptions: [], notes: notes.map((why) => `vex.json, statements[0]: not followed, because ${why}`) });
  });

  test('the later statement counts, whichever stands first', async () => {
    const later = { timestamp: '2026-11-02T00:00:00Z' };
    expect((await openVex({ status: 'affected', ...later }, {})).exemptions).toEqual([]);
    expect((await openVex(later, { status: 'affected' })).exemptions).toHaveLength(1);
    expect((await openVex({}, { status: 'affected' })).exemptions).toEqual([]);
    expect((await openVex({ timestamp: 'once' }, { status: 'affected', timestamp: 'never' })).exemptions).toEqual([]);
    expect((await openVex({}, { status: 'affected', products: [{ '@id': 'pkg:deb/debian/curl' }], ...later })).exemptions).toHaveLength(1);
  });
});

test('what a later document takes back does not count, nor does it touch other packages', async () => {
  const about = (status: string, ...products: readonly string[]): object[] => [{ vulnerability: 'CVE-2026-1', products, status, justification: 'component_not_present' }];
  const first = openVexDocument('1.json', about('not_affected', OPENSSL));
  const read = async (...more: readonly ReturnType<typeof openVexDocument>[]): Promise<number> => (await readVex([first, ...more], OURS, NOW)).exemptions.length;
  const later = '2026-11-02T00:00:00Z';
  expect([await read(), await read(openVexDocument('2.json', about('affected', OPENSSL), later)), await read(openVexDocument('2.json', about('under_investigation', 'pkg:deb/debian/openssl'), later))]).toEqual([1, 0, 0]);
  expect([await read(openVexDocument('0.json', about('affected', OPENSSL), '2026-10-01T00:00:00Z')), await read(openVexDocument('2.json', about('affected', 'pkg:deb/debian/curl'), later))]).toEqual([1, 1]);
});

describe('CycloneDX', () => {
  const read = async (state: string, ref: string) => readVex([{ file: 'vex.json', text: JSON.stringify({
    bomFormat: 'CycloneDX', components: [{ components: [{ 'bom-ref': 'ssl', purl: OPENSSL }] }],
    vulnerabilities: [{ id: 'CVE-2026-1', references: [{ id: 'GHSA-x' }], analysis: { state, justification: 'code_not_reachable', detail: 'Off.' }, affects: [{ ref }] }],
  }) }], [], NOW);

  test.each(['not_affected', 'false_positive', 'resolved', 'resolved_with_pedigree'])('%s counts', async (state) => {
    expect(await read(state, 'ssl')).toEqual({ notes: [], exemptions: [{ file: 'vex.json', ids: ['CVE-2026-1', 'GHSA-x'], packages: [OPENSSL], reason: `${state}: code_not_reachable: Off.` }] });
  });

  test.each(['exploitable', 'in_triage', ''])('%s does not', async (state) => expect((await read(state, 'ssl')).exemptions).toEqual([]));
  test.each([OPENSSL, `urn:cdx:1234/1#${encodeURIComponent(OPENSSL)}`, 'urn:cdx:1234/1#ssl'])('%s leads to a package', async (ref) => expect((await read('not_affected', ref)).exemptions).toHaveLength(1));
  test('a reference that leads nowhere counts for nothing', async () => {
    expect(await read('not_affected', 'elsewhere')).toEqual({ exemptions: [], notes: ['vex.json, vulnerabilities[0]: not followed, because it names no package'] });
  });
});

test.each([['{', 'vex.json cannot be read'], ['{}', 'vex.json is neither OpenVEX nor CycloneDX.'], ['[]', 'neither']])('%s is refused', async (text, message) => {
  await expect(readVex([{ file: 'vex.json', text }], [], NOW)).rejects.toThrow(message);
});
