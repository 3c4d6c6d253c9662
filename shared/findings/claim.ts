import { claimOfVector } from './cvss.ts';
import { severityOfScore, severityOfWord, type Severity, type SeverityClaim } from './severity.ts';

/** What a word says of the severity; nothing when there is no word, unknown when it is none we know. */
export function labelled(word: string | undefined, source?: string): SeverityClaim[] {
  return word === undefined || word.trim() === '' ? [] : [{ severity: severityOfWord(word), from: 'label', text: word, ...from(source) }];
}

/** What a CVSS base score says; nothing when there is none. A score of 0 beside no vector is how several tools write "none given". */
export function scored(score: number | undefined, version: 2 | 3 | 4 = 3, source?: string, vector?: string): SeverityClaim[] {
  if (score === undefined || (score === 0 && vector === undefined)) return [];
  return [{ severity: severityOfScore(score, version), from: 'score', text: String(score), score, ...(vector === undefined ? {} : { vector }), ...from(source) }];
}

/** What a CVSS vector says; nothing when there is none, or it is incomplete. */
export function vectored(vector: string | undefined, source?: string): SeverityClaim[] {
  const claim = vector === undefined ? undefined : claimOfVector(vector, source);
  return claim === undefined ? [] : [claim];
}

/** What a tool's own level says, by that tool's table. */
export function levelled(severity: Severity, level: string): SeverityClaim[] {
  return [{ severity, from: 'level', text: level }];
}

/** What we say where the tool says nothing: `because` is the reason, for people. */
export function ruled(severity: Severity, because: string): SeverityClaim[] {
  return [{ severity, from: 'rule', text: because }];
}

/** The CVSS version that a vector or a version number is of. */
export function cvssVersion(text: string | undefined): 2 | 3 | 4 {
  const digit = text === undefined ? undefined : /^(?:CVSS:)?([234])\b/.exec(text)?.[1];
  if (digit !== undefined) return Number(digit) as 2 | 3 | 4;
  return text?.startsWith('AV:') === true ? 2 : 3;
}

function from(source: string | undefined): { source?: string } {
  return source === undefined || source === '' ? {} : { source };
}
