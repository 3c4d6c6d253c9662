import { gzipSync } from 'node:zlib';
import type { MergedFinding } from '#shared/findings/finding';
import type { Severity } from '#shared/findings/severity';
import type { Decision, Judgement } from '#shared/policy/decision';
import { mendingOf, nameOf, placeOf } from './wording.ts';

/** A SARIF file, and how many findings are not in it. */
export interface Sarif {
  readonly text: string;
  readonly left: number;
}

// https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads/results-exceed-limit
const MOST_RESULTS = 5_000;
const MOST_BYTES_PACKED = 10_000_000;
const MOST_TAGS = 10;
const MOST_LOCATIONS = 100;
const LONGEST_TEXT = 1_000;

const LEVELS: Readonly<Record<Severity, string>> = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note', unknown: 'warning' };
/** Scores that GitHub shows as the severity; what is unknown has none. */
const SCORES: Readonly<Record<Severity, string | undefined>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0', info: '0.1', unknown: undefined };

/**
 * All findings as one SARIF run within GitHub's limits, the most important first. Undefined where evidence is missing: what GitHub does
 * not find in an upload it takes for mended.
 */
export function mergedSarif(decision: Decision, name: string | undefined): Sarif | undefined {
  if (decision.evidence.some(({ status }) => status !== 'ok')) return undefined;
  const beyond = decision.beyond.reduce((sum, { count }) => sum + count, 0);
  for (let most = MOST_RESULTS; ; most = Math.floor(most / 2)) {
    const text = JSON.stringify(document(decision.judgements.slice(0, most), decision, name));
    if (gzipSync(text).length <= MOST_BYTES_PACKED || most === 0) return { text, left: Math.max(0, decision.judgements.length - most) + beyond };
  }
}

function document(judgements: readonly Judgement[], decision: Decision, name: string | undefined): object {
  const ids = [...new Set(judgements.map(ruleId))];
  const index = new Map(ids.map((id, position) => [id, position]));
  // The worst stands first, so it is the one that a rule is described by.
  const rules = ids.map((id) => ruleOf(id, judgements.find((one) => ruleId(one) === id)!));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'security-gate', informationUri: 'https://github.com/org/actions', rules } },
      automationDetails: { id: `${['security-gate', decision.stage.name, name].filter(Boolean).join('/')}/` },
      invocations: [{ executionSuccessful: true }],
      results: judgements.map((one) => resultOf(one, decision, index.get(ruleId(one)) ?? 0)),
    }],
  };
}

function ruleOf(id: string, { facts: { finding, severity } }: Judgement): object {
  const score = SCORES[severity];
  return {
    id, shortDescription: { text: cut(nameOf(finding)) }, fullDescription: { text: cut(finding.message ?? finding.title) }, ...(finding.url !== undefined && { helpUri: finding.url }), defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['security', ...finding.kinds, ...finding.cwes.map((cwe) => `external/cwe/${cwe.toLowerCase()}`)].slice(0, MOST_TAGS), ...(score !== undefined && { 'security-severity': score }) },
  };
}

function resultOf(judgement: Judgement, decision: Decision, ruleIndex: number): object {
  const { facts: { finding, severity }, outcome, because } = judgement;
  const isSetAside = outcome === 'suppressed' || outcome === 'not affected' || outcome === 'waived' || outcome === 'signed off';
  return {
    ruleId: ruleId(judgement), ruleIndex, level: LEVELS[severity], message: { text: cut(`${nameOf(finding)}\n${placeOf(finding)}\n${mendingOf(judgement, decision)}\nFound by ${finding.tools.join(', ')}; ${severity}.`) },
    locations: locationsOf(finding, decision), partialFingerprints: { 'primaryLocationLineHash': finding.key, 'securityGateFinding/v1': finding.key },
    ...(isSetAside && { suppressions: [{ kind: 'external', status: 'accepted', justification: cut(because ?? outcome) }] }), properties: { outcome, tools: finding.tools },
  };
}

// GitHub takes no result without a place; one without a file is put where its report was.
function locationsOf({ locations, package: of }: MergedFinding, { evidence }: Decision): readonly object[] {
  const places = locations.length > 0 ? locations : [{ path: of?.name ?? evidence[0]?.path ?? 'unknown', line: undefined, endLine: undefined }];
  return places.slice(0, MOST_LOCATIONS).map(({ path, line, endLine }) => ({
    physicalLocation: { artifactLocation: { uri: encodeURI(path.replace(/^[a-z][a-z0-9+.-]*:\/*/i, '').replace(/^\/+/, '')) || 'unknown' }, region: { startLine: Math.max(1, line ?? 1), ...(endLine !== undefined && endLine >= (line ?? 1) && { endLine }) } },
  }));
}

function ruleId({ facts: { finding } }: Judgement): string {
  return finding.aliases[0] ?? `${finding.tool}/${finding.rule}`;
}

function cut(text: string): string {
  const shown = text.toWellFormed();
  return shown.length <= LONGEST_TEXT ? shown : `${shown.slice(0, LONGEST_TEXT)}…`;
}
