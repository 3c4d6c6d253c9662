import type { CheckResult } from '#shared/checks/check';
import { formatDuration, inSeconds } from '#shared/core/duration';
import type { Log } from '#shared/core/log';
import type { Verdict } from '#shared/core/verdict';
import type { SummarySection } from '#shared/runner/summary';

const MARK: Readonly<Record<Verdict, string>> = { pass: '✓', fail: '✗', inconclusive: '?' };

/** The whole result in one line, naming the checks that did not pass. */
export function verdictLine(verdict: Verdict, results: readonly CheckResult[]): string {
  if (verdict === 'pass') return `Smoke test passed: ${results.length} of ${results.length} checks.`;
  const named = (['fail', 'inconclusive'] as const).flatMap((kind) => results.filter((result) => result.verdict === kind)
    .map(({ name, reason }) => `${name} ${kind === 'fail' ? 'failed' : 'is inconclusive'}: ${reason}`));
  return `Smoke test ${verdict === 'fail' ? 'failed' : 'is inconclusive'}. ${named.map((text) => `${text.replace(/\.$/, '')}.`).join(' ')}`;
}

/** Prints each result, what was seen where a check did not pass, and what a pass would not prove. */
export function logResults(log: Log, results: readonly CheckResult[], spots: readonly string[]): void {
  for (const { name, verdict, reason, durationMs, evidence } of results) {
    log.info(`${MARK[verdict]} ${name}: ${reason} [${formatDuration(durationMs)}]`);
    if (verdict !== 'pass') Object.entries(evidence).filter(([, value]) => value !== undefined).forEach(([key, value]) => log.output(`    ${key}: ${value}`));
  }
  if (spots.length > 0) log.info(['What these settings would miss:', ...spots.map((spot) => `  - ${spot}`)].join('\n'));
}

/** The results as a table for the job summary. */
export function summaryOf(verdict: Verdict, results: readonly CheckResult[], spots: readonly string[]): SummarySection {
  return {
    heading: `Smoke test: ${verdict}`,
    table: {
      columns: ['Check', 'Verdict', 'What was found', 'Attempts', 'Duration'],
      rows: results.map((result) => [result.name, `${MARK[result.verdict]} ${result.verdict}`, result.reason, String(result.attempts), formatDuration(result.durationMs)]),
    },
    details: [
      ...results.filter((result) => result.verdict !== 'pass').map((result) => ({ title: `What ${result.name} saw`, text: JSON.stringify(result.evidence, null, 2) })),
      ...(spots.length === 0 ? [] : [{ title: `What these settings would miss (${spots.length})`, text: spots.join('\n') }]),
    ],
  };
}

/** The action's outputs; with results of several hosts, each says of which. */
export function outputsOf(verdict: Verdict, results: readonly (CheckResult & { readonly host?: string | undefined })[], ms: number): Record<'verdict' | 'passed' | 'failed' | 'inconclusive' | 'duration' | 'checks' | 'version', string | number | object | undefined> {
  const count = (kind: Verdict): number => results.filter((result) => result.verdict === kind).length;
  return {
    verdict,
    passed: count('pass'),
    failed: count('fail'),
    inconclusive: count('inconclusive'),
    duration: inSeconds(ms),
    version: versionsIn(results),
    checks: results.map(({ host, name, verdict: found, reason, durationMs, attempts, evidence }) => ({
      host, name, verdict: found, reason, durationMs, attempts, status: evidence.status, version: evidence.version,
    })),
  };
}

function versionsIn(results: readonly CheckResult[]): string | undefined {
  const versions = results.flatMap(({ evidence }) => (evidence.version === undefined ? [] : [evidence.version]));
  return versions.length === 0 ? undefined : [...new Set(versions)].join(', ');
}
