import { createHash } from 'node:crypto';
import type { MergedFinding } from '#shared/findings/finding';
import type { Facts } from './facts.ts';
import { packagesByVersion } from './naming.ts';

/** The name of an exact set of findings: another finding, another version of its package, or another severity makes another name. */
export function findingsHash(stage: string, findings: readonly Facts[]): string {
  const lines = findings.map(({ finding, severity }) => JSON.stringify([[...finding.keys].sort(), severity, ...versionsOf(finding)])).sort();
  return `sha256:${createHash('sha256').update(['slipway-findings/1', stage, ...lines].join('\n')).digest('hex')}`;
}

// Tools write one version differently.
function versionsOf(finding: MergedFinding): readonly string[] {
  const versions = [...packagesByVersion(finding).keys()];
  return versions.length > 1 ? versions.sort() : [finding.package?.version ?? ''];
}
