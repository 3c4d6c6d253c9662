import cvss from 'ae-cvss-calculator';
import { severityOfScore, type SeverityClaim } from './severity.ts';

/** A CVSS base score with its version; `undefined` for a vector that is incomplete or none. Threat and environment are left out: they are others'. */
export function scoreOfVector(vector: string): { readonly score: number; readonly version: 2 | 3 | 4 } | undefined {
  const text = vector.trim().replace(/^\((.*)\)$/, '$1');
  if (/^CVSS:4\.\d\//.test(text)) return scored(4, () => new cvss.Cvss4P0(text));
  if (text.startsWith('CVSS:3.0/')) return scored(3, () => new cvss.Cvss3P0(text));
  if (text.startsWith('CVSS:3.')) return scored(3, () => new cvss.Cvss3P1(text));
  return /^(CVSS2[#:])?AV:[LAN]\//.test(text) ? scored(2, () => new cvss.Cvss2(text.replace(/^CVSS2[#:]/, ''))) : undefined;
}

/** What a vector says of the severity; `undefined` when nothing can be computed from it. */
export function claimOfVector(vector: string, source?: string): SeverityClaim | undefined {
  const found = scoreOfVector(vector);
  if (found === undefined) return undefined;
  return { severity: severityOfScore(found.score, found.version), from: 'vector', text: vector, score: found.score, vector, ...(source === undefined ? {} : { source }) };
}

type Calculator = InstanceType<typeof cvss.Cvss2 | typeof cvss.Cvss3P1 | typeof cvss.Cvss3P0 | typeof cvss.Cvss4P0>;

function scored(version: 2 | 3 | 4, calculator: () => Calculator): { score: number; version: 2 | 3 | 4 } | undefined {
  try {
    const vector = calculator();
    const scores = vector.calculateScores(false);
    const score = 'baseMetricsOnly' in scores ? scores.baseMetricsOnly : scores.base;
    return vector.isBaseFullyDefined() && score !== undefined ? { score, version } : undefined;
  } catch {
    return undefined; // it throws on what is no vector
  }
}
