import type { Ended, Exit, Outcome } from './scanner.ts';

const LONGEST_LINE = 300;

/** What an exit code stands for by a scanner's own table; any other, and a missing report, is a failure. */
export function byCode(outcomes: Readonly<Record<number, Outcome>>, exit: Exit): Ended {
  const { code, reportBytes } = exit;
  const outcome = code === undefined ? undefined : outcomes[code];
  if (outcome === undefined) return failed(`It ${code === undefined ? 'was ended by a signal' : `failed with exit code ${code}`}${said(exit)}`);
  if (outcome === 'nothing scanned') return { outcome, reason: `It found nothing to scan${said(exit)}` };
  return reportBytes === 0 ? failed(`It ended with exit code ${code} and wrote no report${said(exit)}`) : { outcome, reason: '' };
}

/** A scan that failed, for a reason that is a sentence. */
export function failed(reason: string): Ended {
  return { outcome: 'failed', reason };
}

/** A scan that ran and had nothing before it. */
export function nothingScanned(reason: string): Ended {
  return { outcome: 'nothing scanned', reason };
}

// The line of the log that most likely tells why: the last that speaks of an error, or the last.
function said({ log }: Exit): string {
  const lines = log.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const line = lines.findLast((one) => /\b(?:error|fatal|FTL|ERR|failed|cannot|unable|invalid|no such)\b/i.test(one)) ?? lines.at(-1);
  if (line === undefined) return '.';
  return `: ${line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line}`;
}
