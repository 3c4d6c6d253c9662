import type { Report } from '#shared/findings/report';
import type { ScanResult } from './run-scanners.ts';

/**
 * What a report is worth, knowing how the scan that wrote it ended: its signs are those of the report and of the scan, so that the
 * worse of both counts. A report that contradicts its scanner is of a scan that failed.
 */
export function withScanSigns(report: Report, result: ScanResult): Report {
  const { outcome, reason, tool, kinds } = result;
  const base = isCleanSilence(report, result) ? withoutFault(report) : report;
  if (outcome === 'failed') return { ...known(withoutFault(report), tool, kinds), signs: { ...report.signs, failures: withReason(reason, report.signs.failures) } };
  if (outcome === 'nothing scanned') return { ...known(withoutFault(report), tool, kinds), signs: { ...report.signs, nothingScanned: [reason, ...report.signs.nothingScanned] } };
  const contradiction = contradictionOf(base, result);
  return contradiction === undefined ? known(base, tool, kinds) : { ...known(base, tool, kinds), signs: { ...base.signs, failures: [...base.signs.failures, contradiction] } };
}

// What the report says of the same failure mostly tells more than the exit code does.
function withReason(reason: string, [own, ...others]: readonly string[]): readonly string[] {
  return own === undefined ? [reason] : [`${reason} ${own}`, ...others];
}

// A fault is of the scan then, and not of the file.
function withoutFault(report: Report): Report {
  const copy: { -readonly [Name in keyof Report]: Report[Name] } = { ...report };
  delete copy.fault;
  return copy;
}

function isCleanSilence({ fault }: Report, { outcome, isSilentWhenClean }: ScanResult): boolean {
  return isSilentWhenClean && outcome === 'clean' && fault?.kind === 'empty';
}

// An empty list does not tell whose it is; the scan does.
function known(report: Report, tool: string, kinds: ScanResult['kinds']): Report {
  if (report.fault !== undefined) return report;
  return { ...report, tools: report.tools.length > 0 ? report.tools : [tool], kinds: report.kinds.length > 0 ? report.kinds : kinds };
}

// The other way round nothing is lost: what the report has is counted.
function contradictionOf({ findings, suppressed, beyond, fault }: Report, { outcome, tool }: ScanResult): string | undefined {
  if (fault !== undefined || outcome !== 'findings' || findings.length + suppressed.length + Object.keys(beyond ?? {}).length > 0) return undefined;
  return `${tool} ended as with findings, and its report has none.`;
}
