import { expect, test } from '@jest/globals';
import { linesOf, readReport } from '#shared/testing/report-lines';

const REPORTS: readonly (readonly [string, string, readonly string[]])[] = [
  ['bandit/found.json', 'bandit sast', ['high sast B602 at py/app.py:9', 'low sast B105 at py/app.py:5', 'medium sast B301 at py/app.py:13']],
  ['bandit/clean.json', 'bandit sast', []],
  ['semgrep/found.json', 'semgrep sast', ['high sast eval-of-request at js/server.js:2', 'medium sast shell-true at py/app.py:9']],
  ['semgrep/signed-in.json', 'semgrep sast sca secrets', ['critical secrets generic.secrets.github at config.env:3', 'high sca ssc-1234 jinja2@2.10 at poetry.lock:1', '- low sast python.flask.debug at src/app.py:8']],
  ['gitleaks/found.json', 'gitleaks secrets', ['critical secrets aws-access-token at config.env:2', 'critical secrets github-pat at config.env:3 x2']],
  // Blotted out they cannot be told to be the same.
  ['gitleaks/redacted.json', 'gitleaks secrets', ['critical secrets aws-access-token at config.env:2', 'critical secrets github-pat at config.env:3', 'critical secrets github-pat at copy.env:1']],
  ['trufflehog/found.jsonl', 'trufflehog secrets', ['critical secrets AWS at config.env:2', 'critical secrets Github at config.env:3']],
  ['trufflehog/clean.jsonl', 'trufflehog secrets', []],
  ['ggshield/found.json', 'ggshield secrets', ['critical secrets GitHub Token at config.env:3']],
  ['ggshield/commits.json', 'ggshield secrets', ['critical secrets AWS Keys at config.env']],
  ['ggshield/clean.json', 'ggshield secrets', []],
  ['checkov/found.json', 'checkov iac', ['unknown iac CKV_AWS_18 at iac/main.tf:1', 'unknown iac CKV_AWS_20 at iac/main.tf:1', 'unknown iac CKV_DOCKER_5 at iac/Dockerfile:2']],
  ['zap/found.json', 'zap dast', ['high dast 40012 at https://staging.example.com x2', 'info dast 10096 at https://staging.example.com', '- medium dast 10038-1 at https://staging.example.com']],
  ['zap/found.xml', 'zap dast', ['high dast 40012 at https://staging.example.com x2']],
  ['zap/old.json', 'zap dast', ['low dast 40012 at http://localhost x2']],
  ['sonarqube/issues.json', 'sonarqube sast', ['critical sast javascript:S3649 at src/db.js:42', 'high sast javascript:S2083 at src/db.js:9', '- medium sast javascript:S5852 at src/db.js:7']],
  ['sonarqube/hotspots.json', 'sonarqube sast', ['medium sast javascript:S2245 at src/app.js:3', '- high sast javascript:S5852 at src/app.js:9']],
  ['github-code-scanning/alerts.json', 'codeql github-code-scanning sast', ['high sast js/sql-injection at src/db.js:42', '- high sast js/clear-text-logging at src/log.js:3']],
  ['sarif/codeql.sarif', 'codeql sast', ['high sast js/sql-injection at src/db.js:42', 'low sast js/unused-local-variable at src/db.js:3']],
  ['sarif/checkov.sarif', 'checkov iac', ['high iac CKV_AWS_20 at iac/main.tf:1']],
  ['sarif/gitleaks.sarif', 'gitleaks secrets', ['critical secrets aws-access-token at config.env:2', 'critical secrets github-pat at copy.env:1 x2']],
  ['sarif/gitleaks-none.sarif', 'gitleaks secrets', []],
  ['sarif/osv-scanner.sarif', 'osv-scanner sca', ['critical sca CVE-2019-10744 lodash@4.17.11 at js/package-lock.json', 'high sca CVE-2019-10906 jinja2@2.10 at py/requirements.txt x2']],
  // Two packages share a rule; each result says its own severity.
  ['sarif/trivy.sarif', 'trivy container secrets iac', [
    'critical container CVE-2024-5535 libssl3@3.0.11-1~deb12u2 -> 3.0.15-1~deb12u1 at acme/shop:1', 'critical secrets github-pat at config.env:3',
    'high iac DS002 at Dockerfile:1', 'low container CVE-2024-5535 openssl@3.0.11-1~deb12u2 at acme/shop:1',
  ]],
  ['sarif/grype.sarif', 'grype sca', ['critical sca GHSA-jf85-cpcp-j695-lodash lodash@4.17.11 -> 4.17.12 at package-lock.json:1']],
  // It marked every result as suppressed, and with the first rule's index.
  ['sarif/grype-old.sarif', 'grype container', [
    'critical container ANCHOREVULN_CVE-2021-3711_deb_openssl_1.1.1d openssl@1.1.1d -> 1.1.1d-0+deb10u7 at /var/lib/dpkg/status:1',
    'high container ANCHOREVULN_CVE-2020-1967_deb_openssl_1.1.1d openssl@1.1.1d at /var/lib/dpkg/status:1',
  ]],
  ['sarif/snyk-code.sarif', 'snyk-code sast', ['high sast javascript/CodeInjection at src/app.js:12']],
  // Members in another order, kinds, suppressions, levels overridden, scores that are none.
  ['sarif/kinds.sarif', 'own-linter sast', [
    'critical sast A1 at src/a.c:9', 'high sast A4 at src/a.c:8', 'low sast A1 at src/a.c:1', 'medium sast A2 at src/a.c:5', 'medium sast A2 at src/a.c:6', 'medium sast A3 at src/a.c:7',
    '- medium sast A2 at src/a.c:4',
  ]],
];

test.each(REPORTS)('%s', async (path, about, expected) => {
  const report = await readReport(path);
  expect(report.fault).toBeUndefined();
  expect([...report.tools, ...report.kinds].join(' ')).toBe(about);
  expect([...linesOf(report.findings), ...linesOf(report.suppressed).map((line) => `- ${line}`)]).toEqual(expected);
});

test('SARIF: score before word before level, and rules of extensions', async () => {
  const report = await readReport('sarif/codeql.sarif');
  expect(report.findings[0]).toMatchObject({
    title: 'Database query built from user-controlled sources', cwes: ['CWE-89', 'CWE-943'],
    claims: [{ severity: 'high', from: 'score', text: '8.8', score: 8.8 }, { severity: 'high', from: 'level', text: 'error' }],
  });
  expect(report.signs).toMatchObject({ createdAt: '2026-11-21T08:00:00.000Z', subject: { commits: ['1f0c4a9d2b7e63850a1b2c3d4e5f60718293a4b5'] } });
  expect((await readReport('sarif/trivy.sarif')).signs.subject).toEqual({ commits: [], digests: [`sha256:${'b'.repeat(64)}`, `sha256:${'a'.repeat(64)}`], names: ['acme/shop:1.4.2'] });
});

test('the same secret is one in every format, and its value is nowhere', async () => {
  const hidden: string[] = [];
  const reports = [];
  for (const path of ['gitleaks/found.json', 'sarif/gitleaks.sarif', 'trufflehog/found.jsonl', 'semgrep/signed-in.json', 'bandit/found.json']) reports.push(await readReport(path, { hidden }));
  const hashes = reports.slice(0, 3).map(({ findings }) => findings.map(({ secretHash }) => secretHash).sort());
  expect(hashes[1]).toEqual(hashes[0]);
  expect(hashes[2]).toEqual(hashes[0]);
  expect(hidden).toEqual(expect.arrayContaining(['placeholder-of-secret-1', 'placeholder-of-secret-2', 'GITHUB_TOKEN=placeholder-of-secret-2', 'correct-horse']));
  expect(JSON.stringify(reports)).not.toMatch(/placeholder|correct-horse|ada@example/);
});

test('a secret in two files is one finding with both places', async () => {
  const found = (await readReport('gitleaks/found.json')).findings.find(({ rule }) => rule === 'github-pat');
  expect([found?.location?.path, found?.otherLocations]).toEqual(['config.env', [{ path: 'copy.env', line: 1, endLine: 1 }]]);
});

test('ZAP: the query of an address, where sessions are, is not kept', async () => {
  const { findings } = await readReport('zap/found.json');
  expect(findings[0]?.message).toBe('GET https://staging.example.com/search (parameter q)');
});
