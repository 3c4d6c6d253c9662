import type { Kind } from '#shared/findings/finding';

/** A report of a scan that came to its end and found nothing, and ways in which the same tool says that it did not. */
export interface SoundReport {
  readonly tool: string;
  readonly kind: Kind;
  readonly text: string;
  /** What the tool writes when its scan failed. */
  readonly failed: readonly string[];
  /** What it writes when parts were left out. */
  readonly incomplete: readonly string[];
  /** What it writes when it looked at nothing. */
  readonly nothing: readonly string[];
}

const json = JSON.stringify;
const AT = '2026-11-20T10:00:00Z';

function sarif(run: object): string {
  return json({ version: '2.1.0', runs: [{ tool: { driver: { name: 'CodeQL', rules: [] } }, invocations: [{ executionSuccessful: true, startTimeUtc: AT }], results: [], ...run }] });
}
const BANDIT = { errors: [], generated_at: AT, metrics: { 'a.py': { loc: 3 }, _totals: { loc: 3 } }, results: [] };
const SEMGREP = { version: '1.140.0', errors: [], results: [], paths: { scanned: ['a.py'] }, skipped_rules: [] };
const TRIVY = { SchemaVersion: 2, CreatedAt: AT, ArtifactName: '.', ArtifactType: 'filesystem', Results: [{ Target: 'package-lock.json', Class: 'lang-pkgs', Type: 'npm', Packages: [{ Name: 'a', Version: '1.0.0' }] }] };
const GRYPE = { matches: [], source: { type: 'directory', target: '.' }, descriptor: { name: 'grype', version: '0.117.0', timestamp: AT, db: { status: { built: AT, valid: true } } } };
const NPM = { auditReportVersion: 2, vulnerabilities: {}, metadata: { vulnerabilities: { total: 0 }, dependencies: { total: 12 } } };
const PNPM = { advisories: {}, metadata: { vulnerabilities: {}, totalDependencies: 12 } };
const SNYK = { ok: true, vulnerabilities: [], dependencyCount: 12, uniqueCount: 0, projectName: 'shop', packageManager: 'npm', path: '/shop' };
const SAFETY = { report_meta: { timestamp: '2026-11-20 10:00:00', packages_found: 12, safety_version: '3.6.0' }, vulnerabilities: [], ignored_vulnerabilities: [] };
const DEPENDENCY_CHECK = { reportSchema: '1.1', scanInfo: { engineVersion: '12.1.0', dataSource: [{ name: 'NVD API Last Modified', timestamp: AT }] }, projectInfo: { name: 'shop', reportDate: AT }, dependencies: [{ fileName: 'a.jar' }] };
const ZAP = { '@programName': 'ZAP', '@version': '2.16.1', '@generated': 'Fri, 20 Nov 2026 10:00:00', site: [{ '@name': 'https://shop.example.com', '@host': 'shop.example.com', alerts: [] }] };
const CLAIR = { manifest_hash: `sha256:${'ab'.repeat(32)}`, packages: { 1: { name: 'a' } }, vulnerabilities: {}, package_vulnerabilities: {} };
const SONARQUBE = { total: 0, paging: { pageIndex: 1, pageSize: 100, total: 0 }, issues: [], components: [] };
const CHECKOV = { check_type: 'terraform', results: { failed_checks: [], skipped_checks: [], parsing_errors: [] }, summary: { passed: 3, failed: 0, skipped: 0, parsing_errors: 0, checkov_version: '3.2.0' } };
const CYCLONEDX = { bomFormat: 'CycloneDX', specVersion: '1.6', metadata: { timestamp: AT, tools: [{ name: 'depscan' }] }, components: [{ name: 'a', 'bom-ref': 'a' }], vulnerabilities: [] };
const GGSHIELD = { id: 'scan', type: 'path_scan', total_incidents: 0, total_occurrences: 0, secrets_engine_version: '2.100.0' };
const YARN_SUMMARY = json({ type: 'auditSummary', data: { vulnerabilities: {}, dependencies: 12, totalDependencies: 12 } });
const TRUFFLEHOG = [{ level: 'info-0', logger: 'trufflehog', msg: 'running source' }, { level: 'info-0', logger: 'trufflehog', msg: 'finished scanning', chunks: 12 }].map((line) => json(line)).join('\n');
const OSV = { results: [{ source: { path: 'go.mod', type: 'lockfile' }, packages: [{ package: { name: 'a', version: '1.0.0', ecosystem: 'Go' }, vulnerabilities: [], groups: [] }] }] };
const PIP_AUDIT = { dependencies: [{ name: 'a', version: '1.0.0', vulns: [] }], fixes: [] };
const CODE_ALERT = { number: 1, state: 'fixed', tool: { name: 'CodeQL', version: '2.20.0' }, rule: { id: 'js/xss', severity: 'error' }, most_recent_instance: { location: { path: 'a.js' } } };
const DEPENDABOT_ALERT = { number: 1, state: 'fixed', dependency: { package: { name: 'a', ecosystem: 'npm' } }, security_advisory: { ghsa_id: 'GHSA-aaaa-bbbb-cccc', severity: 'low' }, security_vulnerability: {} };

/** One for each format that is read, by its name. */
export const SOUND_REPORTS: Readonly<Record<string, SoundReport>> = {
  sarif: {
    tool: 'codeql', kind: 'sast', text: sarif({}),
    failed: [sarif({ invocations: [{ executionSuccessful: false }] }), sarif({ results: null }), sarif({ results: undefined }), json({ version: '2.1.0', runs: [] }), sarif({ invocations: [{ executionSuccessful: true, exitSignalName: 'SIGKILL' }] })],
    incomplete: [sarif({ invocations: [{ executionSuccessful: true, toolExecutionNotifications: [{ level: 'error', message: { text: 'a.py does not parse' } }] }] }), sarif({ externalPropertyFileReferences: { results: [{ location: { uri: 'more.sarif' } }] } })],
    nothing: [],
  },
  trivy: { tool: 'trivy', kind: 'sca', text: json(TRIVY), failed: [], incomplete: [], nothing: [json({ ...TRIVY, Results: undefined }), json({ ...TRIVY, Results: [] })] },
  grype: { tool: 'grype', kind: 'sca', text: json(GRYPE), failed: [json({ ...GRYPE, descriptor: { ...GRYPE.descriptor, db: { status: { valid: false } } } })], incomplete: [], nothing: [] },
  snyk: {
    tool: 'snyk', kind: 'sca', text: json(SNYK), failed: [json({ ok: false, error: 'Could not detect supported target files', path: '/shop' }), json([SNYK, { ok: false, error: 'x', path: '/b' }])],
    incomplete: [json({ ...SNYK, uniqueCount: 3 })], nothing: [json({ ...SNYK, dependencyCount: 0 })],
  },
  'npm-audit': {
    tool: 'npm-audit', kind: 'sca', text: json(NPM),
    failed: [json({ message: 'request to https://registry.npmjs.org/-/npm/v1/security/audits failed', method: 'POST', uri: 'x', headers: {}, statusCode: 503, body: {} }), json({ error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.', detail: '' } }), json({ ...NPM, error: { code: 'E503' } })],
    incomplete: [json({ ...NPM, metadata: { ...NPM.metadata, vulnerabilities: { total: 2 } } })], nothing: [json({ ...NPM, metadata: { ...NPM.metadata, dependencies: { total: 0 } } })],
  },
  'yarn-audit': { tool: 'yarn-audit', kind: 'sca', text: YARN_SUMMARY, failed: [`${json({ type: 'error', data: 'Received malformed response from registry' })}\n${YARN_SUMMARY}`], incomplete: [], nothing: [YARN_SUMMARY.replace('"totalDependencies":12', '"totalDependencies":0')] },
  'pnpm-audit': { tool: 'pnpm-audit', kind: 'sca', text: json(PNPM), failed: [json({ ...PNPM, error: { code: 'ERR_PNPM_AUDIT_BAD_RESPONSE', message: 'The audit endpoint responded with 503' } })], incomplete: [], nothing: [json({ ...PNPM, metadata: { totalDependencies: 0 } })] },
  'pip-audit': {
    tool: 'pip-audit', kind: 'sca', text: json(PIP_AUDIT), failed: [], incomplete: [json({ ...PIP_AUDIT, dependencies: [...PIP_AUDIT.dependencies, { name: 'b', skip_reason: 'Dependency not found on PyPI' }] })],
    nothing: [json({ dependencies: [], fixes: [] }), json({ dependencies: [{ name: 'b', skip_reason: 'Dependency not found on PyPI' }], fixes: [] })],
  },
  gitleaks: { tool: 'gitleaks', kind: 'secrets', text: '[]\n', failed: [], incomplete: [], nothing: [] },
  trufflehog: { tool: 'trufflehog', kind: 'secrets', text: TRUFFLEHOG, failed: [TRUFFLEHOG.split('\n')[0]!, `${TRUFFLEHOG}\n${json({ level: 'error', logger: 'trufflehog', msg: 'encountered errors during scan' })}`], incomplete: [], nothing: [TRUFFLEHOG.replace('"chunks":12', '"chunks":0')] },
  bandit: { tool: 'bandit', kind: 'sast', text: json(BANDIT), failed: [json({ ...BANDIT, results: undefined })], incomplete: [json({ ...BANDIT, errors: [{ filename: 'b.py', reason: 'syntax error while parsing AST from file' }] })], nothing: [json({ ...BANDIT, metrics: { _totals: { loc: 0 } } })] },
  semgrep: {
    tool: 'semgrep', kind: 'sast', text: json(SEMGREP), failed: [json({ ...SEMGREP, errors: [{ code: 7, level: 'error', type: 'SemgrepError', message: 'invalid configuration file found' }] })],
    incomplete: [json({ ...SEMGREP, errors: [{ code: 3, level: 'error', type: 'PartialParsing', path: 'b.py', message: 'Syntax error' }] }), json({ ...SEMGREP, skipped_rules: [{ rule_id: 'x' }] })], nothing: [json({ ...SEMGREP, paths: { scanned: [] } })],
  },
  'osv-scanner': { tool: 'osv-scanner', kind: 'sca', text: json(OSV), failed: [], incomplete: [], nothing: [] },
  'dependency-check': {
    tool: 'dependency-check', kind: 'sca', text: json(DEPENDENCY_CHECK), failed: [json({ ...DEPENDENCY_CHECK, dependencies: undefined }), json({ ...DEPENDENCY_CHECK, scanInfo: { ...DEPENDENCY_CHECK.scanInfo, analysisExceptions: [{ exception: { message: 'NVD returned 403' } }] } })],
    incomplete: [], nothing: [json({ ...DEPENDENCY_CHECK, dependencies: [] })],
  },
  zap: { tool: 'zap', kind: 'dast', text: json(ZAP), failed: [json({ ...ZAP, stoppingInsight: { reason: 'Too many errors' } })], incomplete: [], nothing: [json({ ...ZAP, site: [] })] },
  safety: { tool: 'safety', kind: 'sca', text: json(SAFETY), failed: [json({ ...SAFETY, vulnerabilities: undefined })], incomplete: [], nothing: [json({ ...SAFETY, report_meta: { ...SAFETY.report_meta, packages_found: 0 } })] },
  ggshield: { tool: 'ggshield', kind: 'secrets', text: json(GGSHIELD), failed: [], incomplete: [json({ ...GGSHIELD, errors: [{ files: [{ filename: 'a' }], description: 'quota exceeded' }] })], nothing: [] },
  clair: { tool: 'clair', kind: 'container', text: json(CLAIR), failed: [json({ ...CLAIR, package_vulnerabilities: undefined }), json({ ...CLAIR, error: 'index not found' })], incomplete: [], nothing: [json({ ...CLAIR, packages: {} })] },
  anchore: { tool: 'anchore', kind: 'container', text: json({ imageDigest: `sha256:${'ab'.repeat(32)}`, vulnerability_type: 'all', vulnerabilities: [] }), failed: [], incomplete: [], nothing: [] },
  sonarqube: {
    tool: 'sonarqube', kind: 'sast', text: json(SONARQUBE), failed: [json({ ...SONARQUBE, errors: [{ msg: 'Component key not found' }] })],
    incomplete: [json({ ...SONARQUBE, total: 600, paging: { ...SONARQUBE.paging, total: 600 } })], nothing: [],
  },
  checkov: { tool: 'checkov', kind: 'iac', text: json(CHECKOV), failed: [], incomplete: [json({ ...CHECKOV, results: { ...CHECKOV.results, parsing_errors: ['/main.tf'] } })], nothing: [json({ passed: 0, failed: 0, skipped: 0, parsing_errors: 0, resource_count: 0, checkov_version: '3.2.0' }), json({ ...CHECKOV, summary: { ...CHECKOV.summary, passed: 0 } })] },
  cyclonedx: { tool: 'depscan', kind: 'sca', text: json(CYCLONEDX), failed: [], incomplete: [], nothing: [json({ ...CYCLONEDX, vulnerabilities: undefined }), json({ ...CYCLONEDX, components: [] })] },
  'github-code-scanning': { tool: 'codeql', kind: 'sast', text: json([CODE_ALERT]), failed: [], incomplete: [], nothing: [] },
  'github-dependabot': { tool: 'dependabot', kind: 'sca', text: json([DEPENDABOT_ALERT]), failed: [], incomplete: [], nothing: [] },
};
