import { formatSize } from '#shared/core/size';
import type { Counters } from './counters.ts';
import type { PlanState, Progress, Successor } from './progress.ts';

/** How following a plan ended. */
export interface Outcome {
  readonly plan: string;
  /** Undefined when the plan's process died without an end. */
  readonly state: PlanState | undefined;
  readonly failedStep: string | undefined;
  readonly exitCode: number | undefined;
  readonly timedOutAfter: number | undefined;
  /** What was free on the server's disk when a step failed on it, if that was next to nothing. */
  readonly full: { readonly kibibytes: number; readonly inodes: number } | undefined;
  readonly refusedBy: Successor | undefined;
  readonly holders: readonly { readonly pid: number; readonly command: string }[];
  readonly newer: { readonly plan: string; readonly format: string } | undefined;
  readonly healed: readonly string[];
  readonly counters: readonly Counters[];
  /** The last lines the failed step printed. */
  readonly lastLines: readonly string[];
}

/** The outcome that a plan's progress amounts to. */
export function outcomeOf(plan: string, told: readonly Progress[]): Outcome {
  const failure = told.find((progress) => progress.kind === 'end' && progress.code !== 0);
  const failedStep = failure?.kind === 'end' ? failure.step : undefined;
  const last = <Kind extends Progress['kind']>(kind: Kind): Extract<Progress, { kind: Kind }> | undefined =>
    told.findLast((progress) => progress.kind === kind) as Extract<Progress, { kind: Kind }> | undefined;
  return {
    plan,
    state: last('state')?.state,
    failedStep,
    exitCode: failure?.kind === 'end' ? failure.code : undefined,
    timedOutAfter: last('timeout')?.seconds,
    full: told.find((progress) => progress.kind === 'full'),
    refusedBy: last('refused')?.by,
    holders: told.filter((progress) => progress.kind === 'holder'),
    newer: last('newer'),
    healed: told.flatMap((progress) => (progress.kind === 'healed' ? [progress.plan] : [])),
    counters: told.flatMap((progress) => (progress.kind === 'counters' ? [progress.counters] : [])),
    lastLines: linesOf(failedStep, told).slice(-10),
  };
}

/**
 * What a person should read when a plan did not reach the state it was made for; undefined when it did.
 * `titles` gives each step's title by its name.
 */
export function faultOf(outcome: Outcome, service: string, titles: ReadonlyMap<string, string>): string | undefined {
  if (outcome.state === 'completed' || outcome.state === 'unconfirmed' || outcome.state === 'confirmed') return undefined;
  return [reason(outcome, service, titles), fullness(outcome), consequence(outcome)].filter((part) => part !== '').join(' ');
}

function reason(outcome: Outcome, service: string, titles: ReadonlyMap<string, string>): string {
  const { refusedBy, holders, newer } = outcome;
  if (refusedBy !== undefined) return `Refused: run ${refusedBy.run} took over ${service} at ${refusedBy.time} (${refusedBy.url}).`;
  if (newer !== undefined) return `Refused: plan ${newer.plan} of ${service} has journal format ${newer.format}, which this version does not know. Use the version that wrote it.`;
  if (holders.length > 0) return `The lock of ${service} is held by ${holders.map(({ pid, command }) => `process ${pid} (${command})`).join(', ')}, which a step left running. End it, and make the step close or hand over what it starts.`;
  if (outcome.state === 'locked') return `Another plan of ${service} was still running when the time to wait for it was over.`;
  if (outcome.state === undefined) return `The plan's process on the server ended without a word (killed, or the server went down).`;
  if (outcome.failedStep === undefined) return '';
  return failedStep(outcome, titles.get(outcome.failedStep) ?? outcome.failedStep);
}

function failedStep({ timedOutAfter, exitCode, lastLines }: Outcome, title: string): string {
  const how = timedOutAfter === undefined ? `failed with exit code ${exitCode}` : `was ended after ${timedOutAfter} s`;
  return [`"${title}" ${how}.`, ...lastLines.map((line) => `  | ${line}`), ''].join('\n');
}

function fullness({ full }: Outcome): string {
  return full === undefined ? '' : `The disk of the service is full: ${formatSize(full.kibibytes * 1_024)} and ${Number.isNaN(full.inodes) ? 'an unknown number of' : full.inodes} inodes are free. Make room there, then run again.`;
}

function consequence({ state, refusedBy }: Outcome): string {
  switch (state) {
    case 'cleared': return 'What had begun was cleared away; users noticed nothing.';
    case 'cancelled': return 'Cancelled before anything began.';
    case 'back': return 'Traffic went back to where it was.';
    case 'gone-back': return refusedBy === undefined ? 'Its switch has gone back already: it was not confirmed in time.' : 'Traffic went back to where it was.';
    case 'unverified': return 'There is nothing to confirm: it has not been switched to.';
    case 'unfinished': return 'Everything users see is in order; only writing down and tidying up is left, which the next step or run finishes.';
    case 'uncleared': return 'Clearing away failed too; the next run tries again.';
    case 'stuck': return 'Going back failed too; the next run tries again. Look at the server now.';
    case 'barrier': return 'A migration that cannot be taken back has been applied since, so going back by itself is not safe. Decide: keep the new release (operation: confirm of blue-green-switch), or restore the data and release the old version.';
    case 'blocked': return 'An earlier plan has to be healed first, see above.';
    case undefined: return 'The next run heals what it left.';
    default: return '';
  }
}

function linesOf(step: string | undefined, told: readonly Progress[]): string[] {
  const begin = told.findLastIndex((progress) => progress.kind === 'begin' && progress.step === step);
  const rest = told.slice(begin + 1);
  const end = rest.findIndex(({ kind }) => kind === 'end');
  return rest.slice(0, end < 0 ? undefined : end).flatMap((progress) => (progress.kind === 'line' ? [progress.text] : []));
}
