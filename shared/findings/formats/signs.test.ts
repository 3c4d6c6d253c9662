import { expect, test } from '@jest/globals';
import { evidenceOf, type EvidenceStatus } from '#shared/findings/evidence';
import { readReport } from '#shared/testing/report-lines';

const expected = { commits: [], digests: [], needsSubject: false, takesIncomplete: false, now: new Date('2026-11-21T20:00:00Z') };

// What each tool writes when something went wrong, and what that is worth. None of them may be ok.
const SIGNS: readonly (readonly [string, EvidenceStatus, string])[] = [
  ['sarif/codeql-failed.sarif', 'scanner failed', 'CodeQL says that it did not run through: The extraction of the sources failed.'],
  ['sarif/no-results.sarif', 'scanner failed', 'The run of Semgrep OSS has no results, not even none: the scan did not come that far.'],
  ['sarif/null-results.sarif', 'scanner failed', 'The run of Semgrep OSS has no results, not even none: the scan did not come that far.'],
  ['sarif/no-runs.sarif', 'scanner failed', 'It has no run: no scan took place.'],
  // A file that does not parse is only a warning to Semgrep, which ends with 0 and counts it among the scanned.
  ['sarif/semgrep-errors.sarif', 'incomplete', 'Semgrep OSS reports an error: Syntax error at line broken.js:1: `function f( { eval(x)` was unexpected.'],
  ['trivy/nothing.json', 'nothing scanned', 'It lists no target: Trivy found no package or file to scan, or did not say which (--list-all-pkgs has it say so).'],
  ['trivy/cluster.json', 'scanner failed', 'It could not scan a resource of the cluster.'],
  ['grype/bad-database.json', 'scanner failed', "Grype's database of vulnerabilities was not usable: the checksum of the database is wrong."],
  ['snyk/projects.json', 'scanner failed', 'Snyk could not test a project: Could not detect supported target files in /x/web.'],
  ['snyk/cut.json', 'incomplete', 'Snyk counts 7 problems, and lists 1.'],
  ['npm-audit/registry-error.json', 'scanner failed', 'npm could not audit: 405 Method Not Allowed - POST https://registry.npmjs.org/-/npm/v1/security/advisories/bulk.'],
  ['npm-audit/crash.json', 'scanner failed', "npm could not audit: Cannot read properties of undefined (reading 'lodash')."],
  ['npm-audit/counted-not-listed.json', 'incomplete', 'npm counts 2 vulnerable packages, and lists none of their advisories.'],
  ['pnpm-audit/no-lockfile.json', 'scanner failed', 'pnpm could not audit: No pnpm-lock.yaml found: Cannot audit a project without a lockfile.'],
  ['yarn-audit/failed.jsonl', 'scanner failed', 'Yarn could not audit: Error: https://registry.yarnpkg.com/-/npm/v1/security/audits: Request returned a 405.'],
  ['yarn-audit/cut-off.jsonl', 'scanner failed', 'Its summary, which Yarn writes at the end, is missing: the audit did not run through.'],
  // pip-audit itself says "No known vulnerabilities found" and exits with 0.
  ['pip-audit/all-skipped.json', 'nothing scanned', 'It scanned 0 dependencies.'],
  ['pip-audit/partly-skipped.json', 'incomplete', 'acme-internal was not audited: Dependency not found on PyPI and could not be audited: acme-internal (1.0).'],
  ['bandit/found.json', 'incomplete', 'py/broken.py was not checked: syntax error while parsing AST from file.'],
  ['bandit/no-files.json', 'nothing scanned', 'It scanned 0 files.'],
  ['semgrep/errors.json', 'incomplete', 'broken.js was not checked wholly: Syntax error at line broken.js:1: `function f( { eval(x)` was unexpected'],
  ['semgrep/bad-rule.json', 'scanner failed', 'Semgrep reports an error: Invalid rule schema (and 1 more)'],
  ['gitleaks/none.json', 'unreadable', 'It is an empty list or object, which several tools write when they found nothing: say which tool it is of.'],
  ['trufflehog/failed.jsonl', 'scanner failed', 'TruffleHog reports an error: encountered errors during scan.'],
  ['ggshield/found.json', 'incomplete', 'Files were left out: Too many files or too large.'],
  ['checkov/no-files.json', 'nothing scanned', 'Checkov found no file that it knows.'],
  ['dependency-check/failed.json', 'scanner failed', 'An analysis failed: NVD API returned 403.'],
  ['dependency-check/no-dependencies.json', 'nothing scanned', 'It scanned 0 dependencies.'],
  ['zap/stopped.json', 'scanner failed', 'ZAP stopped the scan: Percentage of network failures.'],
  ['zap/no-site.json', 'nothing scanned', 'It has no site: ZAP reached nothing.'],
  ['clair/incomplete.json', 'scanner failed', 'It does not say which packages were looked at and what is wrong with them.'],
  ['sonarqube/one-page.json', 'incomplete', 'It has 1 of 42 issues: fetch all pages.'],
  ['cyclonedx/components-only.json', 'nothing scanned', 'It lists components, and nobody looked for vulnerabilities in them.'],
];

test.each(SIGNS)('%s: %s', async (path, status, reason) => {
  expect(evidenceOf(await readReport(path), expected)).toMatchObject({ status, reason });
});

test('an empty list is a clean report when it is said which tool it is of', async () => {
  const report = await readReport('gitleaks/none.json', { format: 'gitleaks' });
  expect(evidenceOf(report, expected)).toMatchObject({ status: 'ok', tools: ['gitleaks'], kinds: ['secrets'] });
});

test('what is set aside on the way is no sign of anything', async () => {
  expect((await readReport('sarif/kinds.sarif')).signs.remarks).toEqual(['2 results are no findings: checks that passed, or findings that are gone.']);
});
