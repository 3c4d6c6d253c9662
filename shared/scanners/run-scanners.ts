import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import { commandLine } from '#shared/core/quote';
import type { Log } from '#shared/core/log';
import type { Kind } from '#shared/findings/finding';
import type { FormatName } from '#shared/findings/report';
import { passedOn } from './environment.ts';
import { failed } from './exit.ts';
import type { Installing } from './install.ts';
import type { Lock } from './lock.ts';
import { programFor, type Program, type Terms } from './program.ts';
import { runProgram } from './run-program.ts';
import type { Scan } from './scan.ts';
import type { Ended, Outcome } from './scanner.ts';

/** What scanners are run with. */
export interface Scanning {
  readonly log: Log;
  readonly signal: AbortSignal;
  /** What is scanned; also where relative paths in a scan begin. */
  readonly workspace: string;
  /** Where the reports are kept. */
  readonly folder: string;
  /** All variables of the job; few of them are passed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** For each scan, ms. */
  readonly timeout: number;
  readonly lock: Lock;
  readonly installing: Omit<Installing, 'log'>;
  readonly terms: Omit<Terms, 'version'>;
  /** The text with everything secret in it replaced. */
  redact(text: string): string;
}

/** How one scan went. */
export interface ScanResult {
  /** As it was written. */
  readonly scan: string;
  /** As policies write it; also the format to take the report for when its content does not tell. */
  readonly tool: FormatName;
  readonly kinds: readonly Kind[];
  /** The report's path, whether or not there is one. */
  readonly report: string;
  readonly outcome: Outcome;
  /** Why it failed or scanned nothing, one sentence for people; else empty. */
  readonly reason: string;
  readonly program: Program | undefined;
  /** ms. */
  readonly took: number;
  /** Whether an empty report is what this scanner writes when all is well. */
  readonly isSilentWhenClean: boolean;
}

const MOST_LINES = 200;

/** Runs the scans one after the other. A scan that fails, for whatever reason, is a result that says so. @throws the signal's reason when cancelled. */
export async function runScanners(scans: readonly Scan[], scanning: Scanning): Promise<readonly ScanResult[]> {
  await mkdir(scanning.folder, { recursive: true, mode: 0o700 });
  const results: ScanResult[] = [];
  for (const [index, scan] of scans.entries()) {
    scanning.signal.throwIfAborted();
    results.push(await scanning.log.group(`Scanning with ${scan.text}`, () => runScan(scan, index, scanning)));
  }
  return results;
}

async function runScan(scan: Scan, index: number, scanning: Scanning): Promise<ScanResult> {
  const began = performance.now();
  const { scanner, text, mode } = scan;
  const report = join(scanning.folder, `${index + 1}-${[scanner.name, mode].filter((part) => part !== '').join('-')}.json`);
  await rm(report, { force: true }); // an older one must not pass for this scan's
  const { ended, program } = await attempt(scan, report, scanning);
  scanning.signal.throwIfAborted();
  const reason = withoutCredentials(scanning.redact(ended.reason));
  const took = performance.now() - began;
  scanning.log.info(`${ended.outcome} in ${formatDuration(took)}${reason === '' ? '' : `. ${reason}`}`);
  return { scan: text, tool: scanner.name, kinds: scanner.modes[mode]?.kinds ?? [], report, outcome: ended.outcome, reason, program, took, isSilentWhenClean: scanner.isSilentWhenClean ?? false };
}

async function attempt(scan: Scan, report: string, scanning: Scanning): Promise<{ readonly ended: Ended; readonly program: Program | undefined }> {
  let program: Program | undefined;
  try {
    const { workspace, environment, lock, log, signal } = scanning;
    program = await programFor(scan, { lock, workspace, environment, terms: scanning.terms, installing: { ...scanning.installing, log }, signal });
    log.info(`${[scan.scanner.name, program.version].filter((part) => part !== undefined).join(' ')}, from ${program.from}`);
    return { ended: await execute(scan, program, report, scanning), program };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { ended: failed(error.message), program };
  }
}

async function execute(scan: Scan, { path }: Program, report: string, scanning: Scanning): Promise<Ended> {
  const { scanner, mode, words } = scan;
  const { isOffline } = scanning.installing;
  const args = scanner.args({ mode, words, report, isOffline });
  scanning.log.info(withoutCredentials(commandLine([scanner.program, ...args])));
  const { code, log, fault } = await runProgram({
    program: path, args, cwd: scanning.workspace, env: { ...passedOn(scanning.environment, scanner.passesOn), ...scanner.environment?.(isOffline) },
    stdoutTo: scanner.reportsTo === 'stdout' ? report : undefined, timeout: scanning.timeout, signal: scanning.signal, onLine: shownLines(scanning.log),
  });
  if (fault === 'timeout') return failed(`It was ended after ${formatDuration(scanning.timeout)}, the limit for one scan.`);
  if (fault !== undefined) return failed(fault);
  return scanner.judge({ code, log, reportBytes: await sizeOf(report) });
}

function shownLines(log: Log): (line: string) => void {
  let count = 0;
  return (line) => {
    count++;
    if (count <= MOST_LINES) log.output(withoutCredentials(line));
    else if (count === MOST_LINES + 1) log.info('More lines are not shown.');
  };
}

// Registries and remotes are often written with their password.
function withoutCredentials(text: string): string {
  return text.replace(/(:\/\/)[^/\s@]+@/g, '$1***@');
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}
