import cvss from 'ae-cvss-calculator';
import { severityOfScore, type SeverityClaim } from './severity.ts';

/** A CVSS base score with its version; `undefined` for a vector that is incomplete or none. Threat and environment are left out: they are others'. */
export function scoreOfVector(vector: string): { readonly score: number; readonly version: 2 | 3 | 4 } | undefined {
  const text = vector.trim().replace(/^\((.*)\)$/, '$1').replace(/^CVSS2[#:]/, '');
  if (/^CVSS:4\.\d\//.test(text)) return scored(4, () => new cvss.Cvss4P0(`CVSS:4.0/${base(text, BASE_4)}`));
  if (text.startsWith('CVSS:3.0/')) return scored(3, () => new cvss.Cvss3P0(`CVSS:3.0/${base(text, BASE_3)}`));
  if (text.startsWith('CVSS:3.')) return scored(3, () => new cvss.Cvss3P1(`CVSS:3.1/${base(text, BASE_3)}`));
  return /^AV:[LAN]\//.test(text) ? scored(2, () => new cvss.Cvss2(base(text, BASE_2))) : undefined;
}

// The library prints what it does not know, and what is printed here could be a command to the runner.
const BASE_2 = /^(?:AV:[LAN]|AC:[HML]|Au:[MSN]|[CIA]:[NPC])$/;
const BASE_3 = /^(?:AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH])$/;
const BASE_4 = /^(?:AV:[NALP]|AC:[LH]|AT:[NP]|PR:[NLH]|UI:[NPA]|[VS][CIA]:[NLH])$/;

function base(vector: string, metric: RegExp): string {
  return vector.split('/').filter((part) => metric.test(part)).join('/');
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
