import type { Verdict } from '#shared/core/verdict';
import type { Evidence } from '#shared/findings/evidence';
import type { Severity } from '#shared/findings/severity';
import type { Facts } from './facts.ts';
import type { Rule, Stage } from './policy.ts';
import type { Waiver } from './waiver.ts';

/** What became of a finding: it meets no rule, it blocks, or an exception keeps it from that. */
export type Outcome = 'allowed' | 'blocks' | 'suppressed' | 'not affected' | 'waived' | 'signed off';

/** What the policy makes of a finding. */
export interface Judgement {
  readonly facts: Facts;
  readonly outcome: Outcome;
  /** The first that it meets. */
  readonly rule: Rule | undefined;
  /** What the exception says, where one holds. */
  readonly because: string | undefined;
  readonly waiver: Waiver | undefined;
  /** Waivers about it that do not hold, and why. */
  readonly voids: readonly { readonly waiver: Waiver; readonly reason: string }[];
}

/** A waiver that wants attention. */
export interface WaiverNote {
  readonly waiver: Waiver;
  readonly state: 'unused' | 'expired' | 'expires soon' | 'void';
  readonly reason: string;
}

/** Findings of which a report tells only how many there are. */
export interface Beyond {
  readonly path: string;
  readonly severity: Severity;
  readonly count: number;
  readonly blocks: boolean;
}

/** What the policy makes of it all. */
export interface Decision {
  readonly stage: Stage;
  /** Without regard to `report-only`: `inconclusive` when nothing blocks but evidence is missing. */
  readonly verdict: Verdict;
  /** Whether the pipeline may go on. */
  readonly isOpen: boolean;
  readonly evidence: readonly Evidence[];
  /** All findings, the worst first. */
  readonly judgements: readonly Judgement[];
  readonly beyond: readonly Beyond[];
  /** How many findings block. */
  readonly blocking: number;
  /** Of all findings but those set aside as suppressed or not affecting us. */
  readonly counts: Readonly<Record<Severity, number>>;
  readonly newCount: number;
  readonly waiverNotes: readonly WaiverNote[];
  /** The name of the set that a sign-off would have to be for; undefined where none could open the stage. */
  readonly signOffHash: string | undefined;
  /** Why sign-offs that are there did not open it. */
  readonly signOffNotes: readonly string[];
  /** What could not be checked, and remarks about files given. */
  readonly notes: readonly string[];
  readonly decidedAt: Date;
}

/** The judgements with one of these outcomes. */
export function withOutcome({ judgements }: Decision, ...outcomes: readonly Outcome[]): readonly Judgement[] {
  return judgements.filter(({ outcome }) => outcomes.includes(outcome));
}
