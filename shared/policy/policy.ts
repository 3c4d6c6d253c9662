import type { Kind } from '#shared/findings/finding';
import type { Severity } from '#shared/findings/severity';

/** What may keep a finding from blocking a stage. */
export const EXCEPTIONS = ['suppressions', 'vex', 'waivers', 'sign-off'] as const;
export type Exception = (typeof EXCEPTIONS)[number];

/** What is asked of an approver: see the reference of the policy's keys. */
export const APPROVALS = ['stated', 'checked', 'proven'] as const;

/** What blocks a stage: a finding that meets every condition that is there. */
export interface Rule {
  /** How explanations call it. */
  readonly name: string;
  /** This severity or worse; `unknown` is met by unknown ones alone. */
  readonly severity?: Severity;
  readonly kinds?: readonly Kind[];
  readonly tools?: readonly string[];
  /** Names of packages or purls; `*` stands for any characters. */
  readonly packages?: readonly string[];
  readonly paths?: readonly string[];
  /** SPDX names of licences; `*` stands for any characters. */
  readonly licences?: readonly string[];
  /** Met by findings that do not tell their scope, too. */
  readonly scope?: 'runtime' | 'development';
  /** True: a version without it is known. */
  readonly fixable?: boolean;
  readonly kev?: boolean;
  /** Probability of exploitation, 0 to 1: this or more. */
  readonly epss?: number;
  /** Known for longer than this, ms; met where it is not known since when. */
  readonly olderThan?: number;
  /** True: not in the baseline. */
  readonly new?: boolean;
}

/** Evidence without which a stage does not pass. */
export interface Requirement {
  readonly kind: Kind;
  /** Each of these must have reported; any tool of the kind if empty. */
  readonly tools: readonly string[];
  /** ms; the stage's if undefined. */
  readonly maxAge: number | undefined;
  /** Reports that left parts out are enough. */
  readonly takesIncomplete: boolean;
}

/** What one stage of a pipeline asks for. */
export interface Stage {
  readonly name: string;
  readonly require: readonly Requirement[];
  readonly block: readonly Rule[];
  readonly exceptions: readonly Exception[];
  /** Tells its verdict, and lets everything pass. */
  readonly isReportOnly: boolean;
  /** Age of a report, and of the database it was made with, ms. */
  readonly maxAge: number | undefined;
  readonly maxDatabaseAge: number | undefined;
  /** Whether a report that does not tell its commit or image is refused. */
  readonly needsSubject: boolean;
}

/** What is asked of waivers and sign-offs. */
export interface WaiverTerms {
  /** From created to expires, ms, by the severity of the finding. */
  readonly lifetime: Readonly<Record<Severity, number>>;
  readonly approval: (typeof APPROVALS)[number];
  /** How long before it expires a waiver is told of, ms. */
  readonly soon: number;
}

/** A policy as read. */
export interface Policy {
  readonly stages: Readonly<Record<string, Stage>>;
  readonly waivers: WaiverTerms;
  /** Whose severity counts, best first; the highest of all where none of them speaks. */
  readonly severityFrom: readonly string[];
  /** Age of the KEV and EPSS files, ms. */
  readonly maxFeedAge: number;
}
