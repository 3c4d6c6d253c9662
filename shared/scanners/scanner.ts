import type { Kind } from '#shared/findings/finding';
import type { FormatName } from '#shared/findings/report';

/**
 * What a scan came to, as the scanner says by its exit code and its log. `done` is a scanner that exits the same way whether or not
 * it found anything: its report tells.
 */
export type Outcome = 'clean' | 'findings' | 'done' | 'nothing scanned' | 'failed';

/** How a scan ended. The reason is one sentence for people; empty when all is well. */
export interface Ended {
  readonly outcome: Outcome;
  readonly reason: string;
}

/** What a scanner left when it ended. */
export interface Exit {
  /** Undefined when a signal ended it. */
  readonly code: number | undefined;
  /** The end of what it printed beside the report, without colours. */
  readonly log: string;
  /** Size of the report, bytes; 0 when there is none. */
  readonly reportBytes: number;
}

/** One way to run a scanner: `trivy fs`, `gitleaks dir`. */
export interface Mode {
  readonly kinds: readonly Kind[];
  /** What is scanned when the scan does not say; undefined where it must. */
  readonly target: readonly string[] | undefined;
}

/** What is to be run: the words are the user's own, after the mode. */
export interface Order {
  readonly mode: string;
  readonly words: readonly string[];
  readonly report: string;
  readonly isOffline: boolean;
}

/** A scanner that can be run: how it is called, and how what it leaves is understood. */
export interface Scanner {
  /** As policies write it; also the format of its report. */
  readonly name: FormatName;
  readonly program: string;
  /** By name, the usual one first; one without a name of its own is ''. */
  readonly modes: Readonly<Record<string, Mode>>;
  /** Options that decide over report and exit code, which are given here and must not be given again. */
  readonly reserved: readonly string[];
  /** What is wrong with the words of a scan, beyond what holds for all. */
  mistake?(words: readonly string[]): string | undefined;
  /** Makes it print its version; the first number of three parts is taken. */
  readonly versionArgs: readonly string[];
  args(order: Order): readonly string[];
  /** Where the report goes when the scanner cannot write it into a file. */
  readonly reportsTo?: 'stdout';
  /** Variables it is given besides those that are passed on. */
  environment?(isOffline: boolean): Readonly<Record<string, string>>;
  /** Variables of the job that are passed on to it, besides those that every program needs. */
  readonly passesOn: RegExp;
  judge(exit: Exit): Ended;
  /** Whether it writes nothing at all when it finds nothing. */
  readonly isSilentWhenClean?: true;
}
