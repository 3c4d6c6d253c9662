import { decide, type Case } from '#shared/policy/decide';
import type { Decision } from '#shared/policy/decision';
import { defaultPolicy } from '#shared/policy/default-policy';
import { NO_FEEDS } from '#shared/policy/facts';
import { stageNamed } from '#shared/policy/parse-policy';
import { NO_WAIVERS } from '#shared/policy/waiver';
import type { Finding, MergedFinding } from '#shared/findings/finding';
import { NO_SIGNS, type Report, type Signs } from '#shared/findings/report';

/** A finding as one tool reports it: a fixable advisory about requests, high, unless said otherwise. */
export function finding(given: Partial<Finding> = {}): Finding {
  const { severity = 'high' } = given;
  return {
    key: `key-of-${given.rule ?? 'CVE-2026-1111'}`, kind: 'sca', tool: 'trivy', rule: 'CVE-2026-1111', aliases: ['CVE-2026-1111'], title: 'Requests follows redirects too far',
    package: { name: 'requests', version: '2.31.0', ecosystem: 'pypi', purl: 'pkg:pypi/requests@2.31.0' }, fixedIn: ['2.32.0'], location: { path: 'services/erp/requirements.txt', line: 7 },
    severity, claims: [{ severity, from: 'label', text: severity.toUpperCase() }], cwes: [], occurrences: 1, ...given,
  };
}

/** What one or several tools report about the same thing. */
export function merged(...sources: readonly Finding[]): MergedFinding {
  const [one = finding()] = sources;
  const all = sources.length === 0 ? [one] : sources;
  return {
    ...one, aliases: [...new Set(all.flatMap(({ aliases }) => aliases))], keys: all.map(({ key }) => key), kinds: [...new Set(all.map(({ kind }) => kind))], tools: [...new Set(all.map(({ tool }) => tool))],
    locations: all.flatMap(({ location }) => (location === undefined ? [] : [location])), sources: all, isDisputed: new Set(all.map(({ severity }) => severity)).size > 1,
  };
}

/** A sound report of Trivy that found nothing, unless said otherwise. */
export function report(given: Partial<Omit<Report, 'signs'>> & { readonly signs?: Partial<Signs> } = {}): Report {
  return { path: 'reports/trivy.json', format: 'trivy', tools: ['trivy'], kinds: ['sca'], findings: [], suppressed: [], sha256: '0'.repeat(64), bytes: 1_000, ...given, signs: { ...NO_SIGNS, ...given.signs } };
}

/** The clock of decisions in tests. */
export const NOW = new Date('2026-11-21T12:00:00Z');

/** A sound report that found nothing and is evidence of every kind that stages ask for. */
export const OK = report({ kinds: ['sast', 'sca', 'container', 'secrets', 'dast'], signs: { createdAt: '2026-11-20T00:00:00Z' } });

/** What the built-in policy makes of findings at a stage, with sound evidence, unless said otherwise. */
export function decided(stage: string, findings: readonly MergedFinding[], given: Partial<Case> = {}): Decision {
  const policy = given.policy ?? defaultPolicy();
  return decide({
    policy, stage: stageNamed(policy, stage), reports: [{ report: OK }], missing: [], findings, waivers: NO_WAIVERS, ignores: [], exemptions: [], baseline: undefined,
    feeds: NO_FEEDS, feedsAt: {}, target: { commits: [], digests: [] }, notes: [], now: NOW, ...given,
  });
}

/** A secret that Gitleaks found. */
export const secret: Finding = {
  key: 'secret-f00', kind: 'secrets', tool: 'gitleaks', rule: 'aws-access-token', aliases: [], title: 'AWS access token', fixedIn: [], location: { path: 'services/erp/settings.py', line: 3 },
  severity: 'critical', claims: [{ severity: 'critical', from: 'rule', text: 'a secret' }], secretHash: 'f00', cwes: [], occurrences: 1,
};
