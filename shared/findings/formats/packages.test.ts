import { expect, test } from '@jest/globals';
import { readReportBytes } from '../read-report.ts';
import { linesOf, readReport } from '#shared/testing/report-lines';

// Each report with what a person finds in it; lines beginning with `-` are set aside.
const REPORTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['trivy/image.json', 'trivy container', [
    'high container CVE-2023-0286 libssl1.1@1.1.1n-0+deb10u3 -> 1.1.1n-0+deb10u4', 'low container CVE-2022-37434 zlib1g@1:1.2.11',
    'unknown container CVE-2099-0001 left-pad@1.0.0 at app/package-lock.json', '- high container CVE-2021-33560 libgcrypt20@1.8.4',
  ]],
  ['trivy/repository.json', 'trivy sca secrets iac licence', [
    'critical sca CVE-2019-10744 lodash@4.17.11 -> 4.17.12, 5.0.0 at package-lock.json', 'critical secrets github-pat at config.env:3',
    'high iac DS002 at Dockerfile:1', 'high licence GPL-3.0 gpl-thing at package-lock.json',
  ]],
  ['trivy/cluster.json', 'trivy container', ['high container CVE-2023-5363 libcrypto3@3.1.3-r0 -> 3.1.4-r0']],
  ['trivy/version-1.json', 'trivy container', ['critical container CVE-2019-14697 musl@1.1.22-r2 -> 1.1.22-r3']],
  ['trivy/clean.json', 'trivy container', []],
  ['grype/image.json', 'grype container', [
    'critical container GHSA-jfh8-c2jp-5v3q log4j-core@2.14.1 -> 2.15.0 at /var/lib/dpkg/status', 'high container CVE-2023-0286 libssl1.1@1.1.1n-0+deb10u3 -> 1.1.1n-0+deb10u4 at /var/lib/dpkg/status',
    'info container CVE-2010-4756 libc6@2.28-10 at /var/lib/dpkg/status', '- unknown container CVE-2022-0001 bash@5.0-4 at /var/lib/dpkg/status',
  ]],
  ['grype/clean.json', 'grype sca', []],
  ['snyk/project.json', 'snyk sca licence', [
    'critical sca SNYK-JS-LODASH-450202 lodash@4.17.11 -> 4.17.12 at package-lock.json x2', 'medium licence snyk:lic:npm:gpl-thing:GPL-3.0 gpl-thing@1.0.0 at package-lock.json',
  ]],
  ['snyk/container.json', 'snyk container', [
    'critical container SNYK-JS-LODASH-450202 lodash@4.17.11 -> 4.17.12 at /app/package-lock.json', 'high container SNYK-DEBIAN10-OPENSSL-3314615 openssl/libssl1.1@1.1.1n-0+deb10u3',
  ]],
  ['npm-audit/found.json', 'npm-audit sca', [
    'critical sca GHSA-jf85-cpcp-j695 lodash -> 4.17.12 at node_modules/lodash', 'critical sca GHSA-xvch-5gv4-984h minimist -> 0.2.4 at node_modules/minimist',
  ]],
  ['npm-audit/npm-6.json', 'npm-audit sca', ['critical sca GHSA-jf85-cpcp-j695 lodash@4.17.11 -> 4.17.12']],
  ['npm-audit/clean.json', 'npm-audit sca', []],
  ['pnpm-audit/found.json', 'pnpm-audit sca', ['critical sca GHSA-jf85-cpcp-j695 lodash@4.17.11 -> 4.17.12', 'critical sca GHSA-xvch-5gv4-984h minimist@0.0.8 -> 0.2.4']],
  ['yarn-audit/yarn-1.jsonl', 'yarn-audit sca', ['critical sca GHSA-jf85-cpcp-j695 lodash@4.17.11 -> 4.17.12 x2']],
  ['yarn-audit/yarn-4.jsonl', 'yarn-audit sca', ['critical sca GHSA-jf85-cpcp-j695 lodash@4.17.11']],
  ['pip-audit/found.json', 'pip-audit sca', ['unknown sca PYSEC-2019-217 jinja2@2.10 -> 2.10.1']],
  ['pip-audit/old.json', 'pip-audit sca', ['unknown sca PYSEC-2019-179 flask@0.5 -> 1.0']],
  ['safety/check.json', 'safety sca', ['high sca 37093 Jinja2@2.10 -> 2.10.1', 'unknown sca 26103 requests@2.19.1', '- unknown sca 55261 requests@2.19.1 -> 2.31.0']],
  ['safety/printed.txt', 'safety sca', ['unknown sca pyup.io-37046 jinja2@2.10 -> 2.10.1']],
  ['safety/scan.json', 'safety sca', ['unknown sca 37093 jinja2@2.10 -> 3.1.6 at requirements.txt', '- unknown sca 40000 jinja2@2.10 -> 3.1.6 at requirements.txt']],
  ['osv-scanner/found.json', 'osv-scanner sca', [
    'critical sca GHSA-jf85-cpcp-j695 lodash@4.17.11 -> 4.17.12 at js/package-lock.json', 'high sca PYSEC-2019-217 jinja2@2.10 -> 2.10.1 at py/requirements.txt',
  ]],
  ['osv-scanner/unscored.json', 'osv-scanner sca', ['high sca GHSA-ppp9-7jff-5vj2 golang.org/x/text@0.3.0 at go.mod', 'unknown sca GO-2023-1571 golang.org/x/net@0.0.1 -> 0.7.0 at go.mod']],
  ['osv-scanner/clean.json', 'osv-scanner sca', []],
  ['dependency-check/found.json', 'dependency-check sca', [
    'critical sca CVE-2021-44228 org.apache.logging.log4j/log4j-core@2.14.1 at lib/log4j-core-2.14.1.jar', 'unknown sca CVE-2021-45105 org.apache.logging.log4j/log4j-core@2.14.1 at lib/log4j-core-2.14.1.jar',
    '- low sca CVE-2020-9488 org.apache.logging.log4j/log4j-core@2.14.1 at lib/log4j-core-2.14.1.jar',
  ]],
  ['clair/version-4.json', 'clair container', ['high container CVE-2023-0286 libssl1.1@1.1.1n-0+deb10u3 -> 1.1.1n-0+deb10u4']],
  ['clair/clair-scanner.json', 'clair container', ['high container CVE-2023-0286 openssl@1.1.1n -> 1.1.1n-0+deb10u4']],
  ['anchore/found.json', 'anchore container', ['high container CVE-2023-0286 libssl1.1@1.1.1n -> 1.1.1n-0+deb10u4', 'info container CVE-2019-18276 bash@5.0']],
  ['cyclonedx/found.json', 'trivy cyclonedx sca container', [
    'critical sca CVE-2019-10744 lodash@4.17.11 -> 4.17.12', 'critical sca CVE-2021-44228 org.apache.logging.log4j/log4j-core@2.14.1', 'unknown sca CVE-2099-0001',
    '- critical sca CVE-2021-45046 org.apache.logging.log4j/log4j-core@2.14.1',
  ]],
  ['github-dependabot/alerts.json', 'dependabot sca', ['critical sca GHSA-jf85-cpcp-j695 lodash -> 4.17.12 at package-lock.json', '- high sca GHSA-462w-v97r-4m45 jinja2 at requirements.txt']],
];

test.each(REPORTS)('%s', async (path, about, expected) => {
  const report = await readReport(path);
  expect(report.fault).toBeUndefined();
  expect([...report.tools, ...report.kinds].join(' ')).toBe(about);
  expect([...linesOf(report.findings), ...linesOf(report.suppressed).map((line) => `- ${line}`)]).toEqual([...expected].sort((a, b) => Number(a.startsWith('-')) - Number(b.startsWith('-')) || (a < b ? -1 : 1)));
});

test('all that a scanner passes on about a vulnerability is kept', async () => {
  const [log4j, ssl] = (await readReport('grype/image.json')).findings;
  expect(log4j).toMatchObject({ aliases: ['CVE-2021-44228', 'GHSA-jfh8-c2jp-5v3q'], knownExploited: true, package: { ecosystem: 'java-archive', purl: 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1' } });
  expect(ssl).toMatchObject({ epss: 0.87, claims: [{ severity: 'high', from: 'label', text: 'High' }, { severity: 'high', from: 'score', score: 7.4, source: 'nvd@nist.gov' }] });
  const zlib = (await readReport('trivy/image.json')).findings.find(({ package: of }) => of?.name === 'zlib1g');
  // Debian's judgement counts, as it does in Trivy; the other is shown.
  expect(zlib).toMatchObject({ severity: 'low', claims: [{ severity: 'low', source: 'debian' }, { severity: 'critical', score: 9.8, source: 'nvd' }] });
  const [alert] = (await readReport('github-dependabot/alerts.json')).findings;
  expect(alert).toMatchObject({ scope: 'development', firstSeen: '2026-10-01T10:00:00.000Z', cwes: ['CWE-1321'], epss: 0.02 });
  const [unscored] = (await readReport('dependency-check/found.json')).findings.filter(({ severity }) => severity === 'unknown');
  expect(unscored?.claims).toEqual([{ severity: 'unknown', from: 'label', text: 'MEDIUM' }]);
});

test('what a scan was of, and how old it and its database are', async () => {
  const image = { digests: [`sha256:${'a'.repeat(64)}`, `sha256:${'b'.repeat(64)}`], names: ['acme/shop:1.4.2'] };
  expect((await readReport('trivy/image.json')).signs).toMatchObject({ createdAt: '2026-11-21T08:10:11.123Z', scanned: { count: 2, of: 'packages' }, subject: image, remarks: [expect.stringContaining('no security updates')] });
  expect((await readReport('trivy/repository.json')).signs.subject.commits).toEqual(['1f0c4a9d2b7e63850a1b2c3d4e5f60718293a4b5']);
  expect((await readReport('grype/image.json')).signs).toMatchObject({ databaseAt: '2026-11-20T07:00:00.000Z', createdAt: '2026-11-21T08:20:00.500Z' });
  expect((await readReport('dependency-check/found.json')).signs).toMatchObject({ databaseAt: '2026-11-20T23:00:00.000Z', createdAt: '2026-11-21T08:05:00.123Z' });
  expect((await readReport('cyclonedx/found.json')).signs.subject.digests).toEqual([`sha256:${'d'.repeat(64)}`]);
});

test.each([
  [['config'], 'filesystem', ['iac']], [['config', 'lang-pkgs'], 'filesystem', ['sca', 'iac']], [['lang-pkgs'], 'repository', ['sca']], [['config', 'secret'], 'container_image', ['secrets', 'iac']],
  [['os-pkgs'], 'container_image', ['container']], [[undefined], 'filesystem', ['sca']],
])('Trivy that looked at %j of a %s gives evidence of %j', async (classes, type, kinds) => {
  const bytes = Buffer.from(JSON.stringify({ SchemaVersion: 2, ArtifactName: '.', ArtifactType: type, Results: classes.map((one) => ({ Target: 'Dockerfile', Class: one, Type: 'dockerfile' })) }));
  const open = async function* (): AsyncGenerator<Buffer> { yield bytes; };
  expect((await readReportBytes({ path: 'trivy.json', open }, { sha256: '', bytes: bytes.length }, { hide: () => 'hash' })).kinds).toEqual(kinds);
});
