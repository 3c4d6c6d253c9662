import type { Entry } from './entry.ts';

/** Whether a notice arrived; `unknown` where no answer tells. */
export type Delivered = 'yes' | 'no' | 'unknown';

/** What could not be sent, as it would have been sent. */
export interface Unsent {
  /** The Web API's method, or `webhook`. */
  readonly method: 'chat.postMessage' | 'chat.update' | 'webhook';
  readonly body: object;
}

/** What became of a notice in one channel. */
export interface Outcome {
  readonly channel: string;
  readonly delivered: Delivered;
  /** One sentence; empty when all went well. */
  readonly reason: string;
  /** Where its message is. */
  readonly at?: { readonly channel: string; readonly ts: string };
  readonly permalink?: string;
  readonly unsent?: Unsent;
  /** What later steps of this job should know. */
  readonly entries: readonly Entry[];
  /** It was not sent because it was not to be: nothing is wrong. */
  readonly isSilence?: true;
}

/** The outcome over several channels: the worst counts, and silence is nothing bad. */
export function overallOutcome(outcomes: readonly Outcome[]): { readonly delivered: Delivered; readonly reason: string } {
  const spoken = outcomes.filter(({ isSilence }) => isSilence !== true);
  const told = spoken.length === 0 ? outcomes : spoken;
  const delivered = told.some((outcome) => outcome.delivered === 'no') ? 'no' : told.some((outcome) => outcome.delivered === 'unknown') ? 'unknown' : 'yes';
  const reasons = told.map(({ channel, reason }) => (reason !== '' && outcomes.length > 1 ? `${channel}: ${reason}` : reason)).filter((reason) => reason !== '');
  return { delivered: told.length === 0 ? 'no' : delivered, reason: [...new Set(reasons)].join(' ') };
}
