import { formatDuration } from '#shared/core/duration';
import type { MergedFinding } from '#shared/findings/finding';
import { compareSeverity } from '#shared/findings/severity';
import { dayText } from './day.ts';
import type { Facts } from './facts.ts';
import { isNamed, packagesByVersion } from './naming.ts';
import { fitsName, fitsPath } from './pattern.ts';
import type { WaiverTerms } from './policy.ts';
import { namesOfPackages } from './rule.ts';
import type { Approval, SignOff, Waiver } from './waiver.ts';

/** Under which terms, where and when a waiver is to hold. */
export interface WaiverCase {
  readonly terms: WaiverTerms;
  readonly stage: string;
  readonly now: Date;
}

/** Whether a waiver is about a finding: by name, package in every version of it, and every place. It says nothing of whether the waiver holds. */
export function isAbout(waiver: Waiver, finding: MergedFinding): boolean {
  const { finding: name, package: wanted, paths } = waiver;
  if (name !== undefined && !isNamed(finding, new Set([name.toLowerCase()]))) return false;
  if (wanted !== undefined && ![...packagesByVersion(finding).values()].every((packages) => namesOfPackages(packages).some((known) => fitsName(wanted, known)))) return false;
  // Of its places, a merged finding keeps only some.
  return paths.length === 0 || finding.sources.every(({ location }) => location !== undefined && paths.some((pattern) => fitsPath(pattern, location.path)));
}

/** Why a waiver that is about a finding does not hold for it, as a sentence; undefined when it holds. */
export function whyVoid(waiver: Waiver, facts: Facts, { terms, stage, now }: WaiverCase): string | undefined {
  const { severity, finding, isSecret } = facts;
  if (isSecret) return 'a secret is never waived: take it back where it was issued';
  if (!waiver.stages.includes(stage)) return `it is for ${waiver.stages.join(', ')}, not for ${stage}`;
  if (isExpired(waiver, now)) return `it expired on ${dayText(waiver.expires)}`;
  if (waiver.severity !== undefined && isBeyond(severity, waiver.severity)) return `it bears ${waiver.severity} at most, and the finding is ${severity}`;
  if (waiver.isVoidWhenFixed && finding.fixedIn.length > 0) return `the problem is mended in ${finding.fixedIn.join(', ')}`;
  const lifetime = waiver.expires.getTime() - waiver.created.getTime();
  if (lifetime > terms.lifetime[severity]) return `it lasts ${formatDuration(lifetime)}, and for ${severity} findings the policy allows ${formatDuration(terms.lifetime[severity])}`;
  return approvalFault(waiver.approval, terms);
}

/** Whether a waiver or a sign-off is over. */
export function isExpired({ expires }: Pick<Waiver, 'expires'>, now: Date): boolean {
  return now.getTime() >= expires.getTime();
}

/** Why a sign-off of these findings does not hold, as a sentence; undefined when it holds. */
export function whyUnsigned(signOff: SignOff, findings: readonly Facts[], { terms, now }: WaiverCase): string | undefined {
  if (isExpired(signOff, now)) return `it expired on ${dayText(signOff.expires)}`;
  const lifetime = signOff.expires.getTime() - signOff.created.getTime();
  const allowed = Math.min(...findings.map(({ severity }) => terms.lifetime[severity]));
  if (lifetime > allowed) return `it lasts ${formatDuration(lifetime)}, and for these findings the policy allows ${formatDuration(allowed)}`;
  return approvalFault(signOff.approval, terms);
}

function approvalFault(approval: Approval, { approval: asked }: WaiverTerms): string | undefined {
  if (asked === 'stated' || approval.state === 'proven') return undefined;
  if (approval.state === 'refuted') return approval.reason;
  return asked === 'proven' ? `its approval is not proven: ${approval.reason}` : undefined;
}

// An unknown severity may be anything: only a waiver that bears unknown ones, or criticals, bears it.
function isBeyond(severity: Facts['severity'], borne: Facts['severity']): boolean {
  if (severity === 'unknown') return borne !== 'unknown' && borne !== 'critical';
  return borne === 'unknown' || compareSeverity(severity, borne) < 0;
}
