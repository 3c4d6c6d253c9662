import { defineAction, type InputsOf } from '#shared/runner/action';
import { mistakeOf } from '#shared/runner/field-parsers';
import { duration, flag, integer, lines, secret, text } from '#shared/runner/fields';
import { sourceOf } from '#shared/scanners/defaults';
import { readScans } from '#shared/scanners/scan';

const digests = (given: readonly string[]): string | undefined => (given.every((one) => /^(?:\S+@)?sha256:[0-9a-f]{64}$/.test(one)) ? undefined : 'accepted are digests, sha256: and 64 digits, with or without the image before an @');

const ALERTS: readonly string[] = ['code-scanning', 'dependabot'];

const fields = {
  stage: text({ description: 'Stage of the policy that is asked to open: pre-commit, build, staging, production, dast-weekly, preview, or one of your own.', required: true, example: 'build' }),
  reports: lines({
    description: 'Reports of scanners: files, folders, or patterns such as `reports/**/*.json`. They are known by their content; `gitleaks=reports/leaks.json` says which tool one has to be of. What is named here and is not there, is damaged or is no report, closes the gate.',
    example: 'reports/',
  }),
  'github-alerts': lines({
    description: 'Alerts that GitHub itself has, to be read as reports: `code-scanning` (of the branch or pull request of this run), `dependabot` (of the default branch). Needs `github-token`, with security-events: read; Dependabot\'s alerts need the token of an app or a person that may read Dependabot alerts.',
    example: 'code-scanning', check: (given) => (given.every((one) => ALERTS.includes(one)) ? undefined : `accepted are ${ALERTS.join(' and ')}`),
  }),
  scan: lines({
    description: 'Scanners to run now, whose reports are read with the others: trivy, gitleaks, grype, osv-scanner, trufflehog (installed as pinned here), bandit, semgrep, pip-audit, npm audit (from PATH).', example: 'trivy fs .',
    check: mistakeOf((given: readonly string[]) => readScans(given)),
  }),
  'scan-timeout': duration({ description: 'How long one scan may take.', default: '10m', min: '1s' }),
  'scanner-minimum-age': duration({ description: 'How long a scanner\'s release must have been out before it is installed.', default: '14d' }),
  'scanner-mirror': text({ description: 'Mirror of https://github.com for releases of scanners; no other host is asked then.', check: mistakeOf((given: string) => sourceOf(given)) }),
  'scanner-offline': flag({ description: 'Download nothing: scanners come from PATH or the tool cache, and use the databases that are there.' }),
  policy: text({ description: 'File with your policy. Without one, the built-in policy is in force (`examples/security/policy.yml`).', example: '.github/security-policy.yml' }),
  waivers: text({ description: 'File with waivers and sign-offs.', example: '.github/security-waivers.yml' }),
  'ignore-files': lines({ description: 'Ignore files of scanners, to be followed for the findings of that scanner, and shown: .trivyignore, .trivyignore.yaml, osv-scanner.toml, .grype.yaml, suppression files of Dependency-Check.', example: '.trivyignore' }),
  vex: lines({ description: 'VEX documents (OpenVEX, CycloneDX): files or patterns.', example: 'security/*.openvex.json' }),
  products: lines({ description: 'What VEX documents call what you ship, where they speak of packages within a product: purls, image names. The digests of `digest` are among them.', example: 'pkg:oci/shop' }),
  baseline: lines({
    description: 'What is not new: reports, or the `report` of an earlier decision; files or patterns. In a path `{merge-base}` is the hash of the commit that the pull request is measured against; `artifact:security-decision` is the artifact of that name which a run of that commit has kept, and needs `github-token` with actions: read. Where there is none, everything is new, and the summary tells why.',
    example: 'artifact:security-decision',
  }),
  'kev-file': text({ description: 'CISA\'s catalogue of known exploited vulnerabilities, JSON or CSV, for rules that ask for `kev`.' }),
  'epss-file': text({ description: 'FIRST\'s EPSS scores, CSV, also gzipped, for rules that ask for `epss`.' }),
  commit: text({ description: 'Commit that reports have to be of, where they tell. The run\'s own, and the head of its pull request, if left out.', check: (given) => (/^[0-9a-f]{7,64}$/i.test(given) ? undefined : 'accepted is a commit\'s hash') }),
  digest: lines({ description: 'Digests of the images that reports have to be of, where they tell.', check: digests, example: '${{ steps.build.outputs.digest }}' }),
  'sign-off': text({ description: 'Output `findings-hash` of the job before the approval, where the environment of this job is the sign-off.', check: (given) => (/^sha256:[0-9a-f]{64}$/.test(given) ? undefined : 'accepted is the output findings-hash of an earlier job') }),
  'sign-off-environment': text({ description: 'Environment whose approval in this run is the sign-off. Needs `github-token` with actions: read.', example: 'security-sign-off' }),
  explain: text({ description: 'Tell in the log why a finding counts as it does: an advisory, a rule, a package, a path or a key.', example: 'CVE-2026-1234' }),
  name: text({ description: 'Name of this gate, where a pull request has several of one stage.', check: (given) => (/^[\w. -]{1,60}$/.test(given) ? undefined : 'accepted are letters, digits, dots, dashes and blanks') }),
  comment: flag({ description: 'Tell the decision in a comment on the pull request, which later runs change. Needs `github-token` with pull-requests: write; without it, as on pull requests from forks, there is none.' }),
  'pull-request': integer({ description: 'Number of the pull request for `comment`. The one that started the run if left out.', min: 1 }),
  'github-token': secret({ description: 'Token for `comment`, for the review that brought a waiver, and for the approval of an environment. No decision needs one.', example: '${{ github.token }}' }),
  'secret-key': secret({ description: 'Key by which secrets that scanners found are named in reports and baselines, so that nobody can try out values against these names. Made of the repository\'s name if left out.' }),
  'output-folder': text({ description: 'Where decision and SARIF are written. A folder in RUNNER_TEMP if left out; on a terminal nothing is written then.' }),
  timeout: duration({ description: 'How long all of it may take.', default: '10m', min: '1s' }),
};

/** Everything that security-gate takes and puts out. */
export const action = defineAction({
  name: 'security-gate',
  title: 'Slipway security gate',
  description: 'One policy for all stages over every scanner\'s report. It fails closed: a report that is missing, empty, damaged, failed, stale or of another commit is never a pass. Every decision is explained.',
  branding: { icon: 'shield', color: 'green' },
  commandLine: 'reports',
  inputs: fields,
  outputs: {
    verdict: '`pass`, `fail` (findings block) or `inconclusive` (evidence is missing), also where the stage is report-only and passes all the same.',
    blocking: 'How many findings block.',
    critical: 'How many findings are critical, set aside by suppressions or VEX not counted.',
    high: 'How many are high.',
    medium: 'How many are medium.',
    low: 'How many are low.',
    info: 'How many are informational.',
    unknown: 'Of how many no severity is known.',
    new: 'How many are not in the baseline.',
    waived: 'How many would block and have a waiver.',
    'findings-hash': 'Name of the exact set of findings that a sign-off would have to be for; empty where none is wanted.',
    report: 'The decision as JSON: a file that a later run takes as `baseline`.',
    sarif: 'All findings merged into one SARIF file within GitHub\'s limits. Empty where evidence is missing: uploaded, it would close the alerts of the scanner that failed.',
  },
  check: ({ signOff, signOffEnvironment, githubToken, baseline, reports, scan, githubAlerts }) => [
    ...((signOff === undefined) === (signOffEnvironment === undefined) ? [] : ['sign-off and sign-off-environment belong together: the set of findings, and whose approval is for it']),
    ...(signOffEnvironment !== undefined && githubToken === undefined ? ['github-token is missing: only GitHub knows who approved sign-off-environment'] : []),
    ...baseline.filter((one) => reports.includes(one)).map((one) => `baseline: ${one} is among the reports, and nothing would ever be new`),
    ...(githubAlerts.length > 0 && githubToken === undefined ? ['github-token is missing: github-alerts cannot be read without one'] : []),
    ...(baseline.some((one) => one.startsWith('artifact:')) && githubToken === undefined ? ['github-token is missing: a baseline in an artifact cannot be fetched without one'] : []),
    ...(reports.length + scan.length + githubAlerts.length === 0 ? ['reports, scan and github-alerts are all empty: no report is no evidence'] : []),
  ],
});

export type Inputs = InputsOf<typeof action>;
