import { createHash } from 'node:crypto';
import type { Facts } from './facts.ts';

/** The name of an exact set of findings: another finding, another version of its package, or another severity makes another name. */
export function findingsHash(stage: string, findings: readonly Facts[]): string {
  const lines = findings.map(({ finding, severity }) => JSON.stringify([[...finding.keys].sort(), severity, finding.package?.version ?? ''])).sort();
  return `sha256:${createHash('sha256').update(['slipway-findings/1', stage, ...lines].join('\n')).digest('hex')}`;
}
