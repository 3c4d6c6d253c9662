import { aliasesIn } from '../alias.ts';
import { labelled, ruled } from '../claim.ts';
import type { Draft } from '../draft.ts';
import type { Kind } from '../finding.ts';
import { parsePurl } from '../package-name.ts';
import type { SarifRule } from './sarif-rules.ts';

/** What a tool means otherwise than SARIF says, or says in words of its own. */
export interface SarifQuirks {
  /** The name policies have for it. */
  readonly tool: string;
  readonly kinds: readonly Kind[];
  /** What to add to a result's draft, or to put in its place. */
  refine?(draft: Draft, from: SarifResultText): Partial<Draft>;
  /** It marks everything as suppressed, without a reason. */
  readonly suppressesAll?: boolean;
  /** Its level means nothing. */
  readonly hasNoLevel?: boolean;
}

/** What quirks are read from. */
export interface SarifResultText {
  readonly message: string;
  readonly rule: SarifRule | undefined;
  /** The code at the place, as the tool quotes it. */
  readonly snippet: string | undefined;
  readonly logical: readonly string[];
}

// By what the driver's name begins with, lower case. The first that fits.
const TOOLS: readonly (readonly [string, SarifQuirks])[] = [
  ['codeql', { tool: 'codeql', kinds: ['sast'] }],
  ['semgrep', { tool: 'semgrep', kinds: ['sast'] }],
  ['opengrep', { tool: 'semgrep', kinds: ['sast'] }],
  ['bandit', { tool: 'bandit', kinds: ['sast'] }],
  ['trivy', { tool: 'trivy', kinds: [], refine: trivy }],
  ['grype', { tool: 'grype', kinds: [], refine: grype }],
  ['anchore container vulnerability report', { tool: 'grype', kinds: ['container'], refine: grype, suppressesAll: true }],
  ['gitleaks', { tool: 'gitleaks', kinds: ['secrets'], refine: gitleaks, hasNoLevel: true }],
  ['trufflehog', { tool: 'trufflehog', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
  ['ggshield', { tool: 'ggshield', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
  ['gitguardian', { tool: 'ggshield', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
  ['detect-secrets', { tool: 'detect-secrets', kinds: ['secrets'], refine: leak, hasNoLevel: true }],
  ['osv-scanner', { tool: 'osv-scanner', kinds: ['sca'], refine: osvScanner, hasNoLevel: true }],
  ['snykcode', { tool: 'snyk-code', kinds: ['sast'] }],
  ['snyk code', { tool: 'snyk-code', kinds: ['sast'] }],
  ['snyk container', { tool: 'snyk', kinds: ['container'], refine: snyk }],
  ['snyk iac', { tool: 'snyk-iac', kinds: ['iac'] }],
  ['snyk', { tool: 'snyk', kinds: ['sca'], refine: snyk }],
  ['dependency-check', { tool: 'dependency-check', kinds: ['sca'], refine: namedPackage }],
  ['checkov', { tool: 'checkov', kinds: ['iac'] }],
  ['kics', { tool: 'kics', kinds: ['iac'] }],
  ['tfsec', { tool: 'tfsec', kinds: ['iac'] }],
  ['terrascan', { tool: 'terrascan', kinds: ['iac'] }],
  ['hadolint', { tool: 'hadolint', kinds: ['iac'] }],
  ['zizmor', { tool: 'zizmor', kinds: ['iac'] }],
  ['kubescape', { tool: 'kubescape', kinds: ['iac'] }],
  ['zap', { tool: 'zap', kinds: ['dast'] }],
  ['nuclei', { tool: 'nuclei', kinds: ['dast'] }],
];

/** How to read the results of a tool by its driver's name; an unknown one is taken for static analysis. */
export function quirksOf(driver: string): SarifQuirks {
  const name = driver.trim().toLowerCase().replace(/^owasp /, '');
  return TOOLS.find(([start]) => name.startsWith(start))?.[1] ?? { tool: driver, kinds: ['sast'] };
}

// Each result repeats its own severity in its message; the rule has that of another package with the same advisory.
function trivy(_draft: Draft, { message, rule }: SarifResultText): Partial<Draft> {
  const said = (label: string): string | undefined => new RegExp(`^ ?${label}:? (.+)$`, 'm').exec(message)?.[1]?.trim();
  const claims = labelled(said('Severity'));
  if (rule?.tags.includes('secret') === true) return { kind: 'secrets', claims, conceal: [said('Match')], message: `Secret ${said('Secret') ?? ''}`, code: undefined };
  if (rule?.tags.includes('misconfiguration') === true) return { kind: 'iac', claims };
  const named = said('Package') ?? said('PkgName');
  const of = named === undefined ? undefined : { name: named, version: said('Installed Version') };
  if (rule?.tags.includes('license') === true) return { kind: 'licence', claims, package: of, licence: said('License') };
  return { kind: rule?.name === 'OsPackageVulnerability' ? 'container' : 'sca', claims, package: of, fixedIn: [said('Fixed Version')] };
}

// `CVE-2021-1 high vulnerability for openssl package`; the help lists the rest.
function grype(_draft: Draft, { rule }: SarifResultText): Partial<Draft> {
  const said = (label: string): string | undefined => new RegExp(`^${label}: (.+)$`, 'm').exec(rule?.help ?? '')?.[1]?.trim();
  const name = said('Package');
  const type = said('Type');
  return {
    kind: ['deb', 'rpm', 'apk'].includes(type ?? '') ? 'container' : 'sca', fixedIn: [said('Fix Version')],
    claims: labelled(said('Severity') ?? /^\S+ (\w+) vulnerability for /.exec(rule?.title ?? '')?.[1]),
    aliases: aliasesIn(`${rule?.id ?? ''} ${rule?.title ?? ''}`),
    ...(name === undefined ? {} : { package: { name, version: said('Version'), ecosystem: type } }),
  };
}

// Its snippet is the secret itself; its fingerprints are the author's name and mail.
function gitleaks(_draft: Draft, { snippet }: SarifResultText): Partial<Draft> {
  return { ...leak(), secret: snippet, code: undefined };
}

function leak(): Partial<Draft> {
  return { claims: ruled('critical', 'a secret in the sources'), code: undefined };
}

function osvScanner(_draft: Draft, { message, rule }: SarifResultText): Partial<Draft> {
  const found = /^Package '(.+)@([^'@]*)' is vulnerable/.exec(message);
  return { aliases: rule?.aliases, ...(found?.[1] === undefined ? {} : { package: { name: found[1], version: found[2] } }) };
}

function snyk(_draft: Draft, { message, rule, logical }: SarifResultText): Partial<Draft> {
  const [name, version] = /^(.+)@([^@]*)$/.exec(logical[0] ?? '')?.slice(1) ?? [];
  const word = /with an? (\w+) severity/.exec(message)?.[1] ?? / (critical|high|medium|low) severity/i.exec(rule?.title ?? '')?.[1];
  return { claims: labelled(word), aliases: aliasesIn(rule?.help ?? ''), ...(name === undefined ? {} : { package: { name, version } }) };
}

function namedPackage(_draft: Draft, { logical }: SarifResultText): Partial<Draft> {
  const purl = logical.find((name) => name.startsWith('pkg:'));
  const of = purl === undefined ? undefined : parsePurl(purl);
  return of === undefined ? {} : { package: { ...of, purl } };
}
