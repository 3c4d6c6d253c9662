import { randomBytes } from 'node:crypto';
import { quote } from '#shared/core/quote';
import { executor } from './scripts.ts';

/**
 * `before` steps touch nothing users see, `act` is the one change they do see, `verify` proves it, `after` tidies up. Where traffic moves
 * by shares, each share is an act and a `watch` follows it, which a cancelled job or a newer run ends.
 */
export type Phase = 'before' | 'act' | 'watch' | 'verify' | 'after';

/** One idempotent step: a POSIX sh text that runs under `set -e`, and the milliseconds it may take. */
export interface Step {
  readonly name: string;
  readonly title: string;
  readonly phase: Phase;
  readonly script: string;
  readonly timeout: number;
}

/** A change to one service on one server, which the server carries out by itself. */
export interface Plan {
  readonly id: string;
  /** The service's state folder on the server. */
  readonly state: string;
  readonly generation: number;
  readonly steps: readonly Step[];
  /** Takes away what `before` steps began; run when the plan ends before its act. */
  readonly clear: string;
  /** Takes the act back: the one switch-back, for failed checks, missing confirmations and healing alike. */
  readonly back: string;
  /** Stops the standby when its time is up. */
  readonly retire?: string;
  /** Milliseconds within which the act must be confirmed, or the server goes back by itself; 0 where it need not be. */
  readonly confirmWithin: number;
  /** The unconfirmed plan that this one goes on from instead of having it taken back. */
  readonly continues?: string;
  /** Sh functions that the plan's texts share. */
  readonly functions?: string;
  /** Milliseconds to wait for another plan of the service to end. */
  readonly lockWait: number;
  /** What the user's own commands find in their environment; never a secret. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The number of the plan and journal format. A server refuses plans whose journal has another one. */
export const PLAN_FORMAT = 1;

const LINES_SHOWN = 6;

/** A new plan id, which sorts by time: `20261121T140210-3f9a1c`. */
export function newPlanId(now: Date): string {
  const stamp = now.toISOString().replace(/[-:]|\.\d+Z/g, '');
  return `${stamp}-${randomBytes(3).toString('hex')}`;
}

/** The plan as the one sh script a server keeps and runs. `mark` tells its own lines from a program's output. */
export function renderPlan(plan: Plan, mark: string): string {
  const settings: Record<string, string> = {
    PLAN_FORMAT: String(PLAN_FORMAT),
    STATE: plan.state,
    GENERATION: String(plan.generation),
    MARK: mark,
    STEPS: plan.steps.map(({ name, phase, timeout }) => `${name}:${phase}:${seconds(timeout)}`).join(' '),
    CONFIRM_WITHIN: String(seconds(plan.confirmWithin)),
    CONTINUES: plan.continues ?? '',
    LOCK_WAIT: String(seconds(plan.lockWait)),
  };
  return [
    '#!/bin/sh',
    ...Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`),
    ...Object.entries(plan.environment).map(([name, value]) => `export ${name}=${quote(value)}`),
    executor,
    plan.functions ?? '',
    ...plan.steps.map(({ name, script }) => stepFunction(name, script)),
    stepFunction('clear', plan.clear),
    stepFunction('back', plan.back),
    stepFunction('retire', plan.retire ?? ''),
    'main "$@"',
    '',
  ].join('\n');
}

/** The plan as people read it, for a dry run: one line a step, with the beginning of what runs in it. */
export function describePlan(plan: Plan): string {
  return plan.steps
    .map(({ title, phase, script }, index) => `${index + 1}. ${title}${phase === 'act' ? '   <- what users see changes here' : ''}\n${excerpt(script)}`)
    .join('\n');
}

function stepFunction(name: string, script: string): string {
  return `step_${name.replaceAll('-', '_')}() {\n:\n${script}\n}`;
}

function excerpt(script: string): string {
  const lines = script.split('\n').filter((line) => line !== '');
  const rest = lines.length - LINES_SHOWN;
  return [...lines.slice(0, LINES_SHOWN), ...(rest > 0 ? [`… and ${rest} lines more`] : [])].map((line) => `     ${line}`).join('\n');
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
