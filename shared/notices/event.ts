/** How much a notice matters, least first. */
export const SEVERITIES = ['info', 'warning', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How a stage or a deployment stands. */
export const STATES = ['waiting', 'running', 'succeeded', 'failed', 'cancelled', 'skipped', 'rolled-back', 'blocked', 'noted'] as const;
export type State = (typeof STATES)[number];

/** What an event means for the deployment: it begins it, ends it, calls for somebody, or is a step on the way. */
export type Role = 'start' | 'outcome' | 'attention' | 'progress';

/** What is known of an event by its name alone. */
export interface EventKind {
  readonly severity: Severity;
  readonly state: State;
  readonly role: Role;
  /** Where its name tells it. */
  readonly environment?: string;
  readonly stage?: string;
}

const KINDS = {
  'staging-started': { severity: 'info', state: 'running', role: 'start', environment: 'staging' },
  'staging-succeeded': { severity: 'info', state: 'succeeded', role: 'outcome', environment: 'staging' },
  'approval-requested': { severity: 'warning', state: 'waiting', role: 'attention', stage: 'approval' },
  'production-started': { severity: 'info', state: 'running', role: 'start', environment: 'production' },
  'production-succeeded': { severity: 'info', state: 'succeeded', role: 'outcome', environment: 'production' },
  failed: { severity: 'critical', state: 'failed', role: 'outcome' },
  'rolled-back': { severity: 'warning', state: 'rolled-back', role: 'outcome', stage: 'rollback' },
  'build-failed': { severity: 'critical', state: 'failed', role: 'outcome', stage: 'build' },
  'security-alert': { severity: 'critical', state: 'failed', role: 'attention', stage: 'security' },
  'pipeline-blocked': { severity: 'warning', state: 'blocked', role: 'attention' },
  'recovery-needed': { severity: 'critical', state: 'failed', role: 'attention' },
  custom: { severity: 'info', state: 'noted', role: 'attention' },
  stage: { severity: 'info', state: 'running', role: 'progress' },
} as const satisfies Readonly<Record<string, EventKind>>;

/** Every event there is; `stage` is a step of a deployment. */
export type EventName = keyof typeof KINDS;
export const EVENTS = Object.keys(KINDS) as readonly EventName[];

/** What a step's `status` may say: GitHub's words for jobs and steps, and two for what is not over yet. */
export const STATUSES = ['started', 'waiting', 'success', 'failure', 'cancelled', 'skipped'] as const;
export type Status = (typeof STATUSES)[number];

const STATE_OF: Readonly<Record<Status, State>> = {
  started: 'running', waiting: 'waiting', success: 'succeeded', failure: 'failed', cancelled: 'cancelled', skipped: 'skipped',
};

/** What a step says happened. */
export interface Said {
  readonly event?: EventName | undefined;
  readonly status?: Status | undefined;
  readonly stage?: string | undefined;
  readonly environment?: string | undefined;
}

/** An event as it happened. */
export interface Happening {
  readonly event: EventName;
  readonly role: Role;
  readonly severity: Severity;
  readonly state: State;
  readonly stage: string | undefined;
  /** Empty where nobody said one. */
  readonly environment: string;
}

/** What happened, out of an event's name, a status, or a stage with its status; undefined when none of them was said. */
export function happeningOf({ event, status, stage, environment = '' }: Said): Happening | undefined {
  const name = event ?? (stage === undefined ? eventOfStatus(status, environment) : 'stage');
  if (name === undefined) return undefined;
  const kind: EventKind = KINDS[name];
  const state = saysItsState(name) || status === undefined ? kind.state : STATE_OF[status];
  return {
    event: name, state, role: name === 'custom' && status !== undefined ? roleOf(state) : kind.role, severity: severityOf(name, kind, state),
    stage: stage ?? kind.stage, environment: environment || (kind.environment ?? ''),
  };
}

/** Whether a severity is at least another. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least);
}

// Of a job that deploys nowhere nothing more is known than that it ended.
function eventOfStatus(status: Status | undefined, environment: string): EventName | undefined {
  if (status === undefined) return undefined;
  if (status === 'failure' || status === 'cancelled') return 'failed';
  if (environment === '' || status === 'skipped' || status === 'waiting') return 'custom';
  const target = /^prod/i.test(environment) ? 'production' : 'staging';
  return `${target}-${status === 'started' ? 'started' : 'succeeded'}`;
}

function saysItsState(name: EventName): boolean {
  return name !== 'stage' && name !== 'custom' && name !== 'failed';
}

function roleOf(state: State): Role {
  if (state === 'running') return 'start';
  return state === 'waiting' ? 'attention' : 'outcome';
}

function severityOf(name: EventName, kind: EventKind, state: State): Severity {
  if (state === 'cancelled') return 'warning';
  return name === 'stage' && state === 'failed' ? 'warning' : kind.severity;
}
