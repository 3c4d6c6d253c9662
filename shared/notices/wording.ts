import { formatDuration } from '#shared/core/duration';
import type { DeploymentKey } from './entry.ts';
import type { State } from './event.ts';
import type { Timeline } from './timeline.ts';

/** How each state looks and reads. */
export const LOOKS: Readonly<Record<State, { readonly mark: string; readonly word: string }>> = {
  waiting: { mark: '✋', word: 'waiting' },
  running: { mark: '⏳', word: 'under way' },
  succeeded: { mark: '✅', word: 'succeeded' },
  failed: { mark: '❌', word: 'failed' },
  cancelled: { mark: '🚫', word: 'cancelled' },
  skipped: { mark: '⏭️', word: 'skipped' },
  'rolled-back': { mark: '↩️', word: 'rolled back' },
  blocked: { mark: '⛔', word: 'blocked' },
  noted: { mark: '▫️', word: 'told no end' },
};

/** The headline of a deployment, as plain text on one line. */
export function headline(timeline: Timeline, key: DeploymentKey): string {
  const { facts, state, event } = timeline;
  if (facts.title !== undefined) return `${LOOKS[state].mark} ${facts.title}`;
  const what = [key.service, facts.release].filter(Boolean).join(' ');
  return `${markOf(timeline)} ${SAYS[event]?.(what, key.environment) ?? standing(timeline, what, key.environment)}`;
}

/** How long something took, or has taken so far, in words; undefined where that is not known. */
export function tookText(started: number | undefined, ended: number | undefined): string | undefined {
  return started === undefined || ended === undefined || ended <= started ? undefined : formatDuration((ended - started) * 1_000);
}

/** `pre-flight_checks` -> `Pre-flight checks`. */
export function titleOf(stage: string): string {
  return stage.charAt(0).toUpperCase() + stage.slice(1).replaceAll('_', ' ');
}

type Says = (what: string, environment: string) => string;
const SAYS: Readonly<Record<string, Says>> = {
  'approval-requested': (what, environment) => `${what}: approval asked${place(' for ', environment)}`,
  'security-alert': (what) => `${what}: security alert`,
  'pipeline-blocked': (what, environment) => `${what}: pipeline${place(' to ', environment)} is blocked`,
  'recovery-needed': (what, environment) => `${what}: somebody must recover${place(' ', environment)}`,
  'build-failed': (what) => `${what}: build failed`,
};

function markOf({ event, state }: Timeline): string {
  if (event === 'security-alert') return '🚨';
  return event === 'recovery-needed' ? '🆘' : LOOKS[state].mark;
}

function standing({ state, stages, facts, event }: Timeline, what: string, environment: string): string {
  const failed = stages.findLast((stage) => stage.state === 'failed');
  const workflow = environment === '' && facts.workflow !== undefined ? `${facts.workflow} ` : '';
  const said: Readonly<Record<State, string>> = {
    waiting: `${what}${place(' → ', environment)}: waiting`,
    running: `${what}${place(' → ', environment)}: under way`,
    succeeded: event.endsWith('-succeeded') ? `${what} is live in ${environment}${recovery(facts.failures)}` : `${what}: ${workflow}succeeded${recovery(facts.failures)}`,
    failed: `${what}: ${workflow}failed${place(' in ', environment)}${failed === undefined ? '' : ` at ${failed.name}`}${times(facts.failures)}`,
    cancelled: `${what}: ${workflow}cancelled${place(' in ', environment)}`,
    skipped: `${what}: ${workflow}skipped${place(' in ', environment)}`,
    'rolled-back': `${what} was rolled back${place(' in ', environment)}`,
    blocked: `${what}${place(' → ', environment)}: blocked`,
    noted: `${what}${workflow === '' ? '' : `: ${workflow.trim()}`}${place(' → ', environment)}`,
  };
  return said[state];
}

function place(before: string, environment: string): string {
  return environment === '' ? '' : `${before}${environment}`;
}

function recovery(failures: string | undefined): string {
  if (failures === undefined || failures === '0') return '';
  return `, fixed after ${failures} ${failures === '1' ? 'failure' : 'failures'}`;
}

function times(failures: string | undefined): string {
  return failures === undefined || Number(failures) < 1 ? '' : `, ${Number(failures) + 1} times in a row`;
}
