import { randomInt } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { JobFolder } from './job-folder.ts';

/** The parts of an action.yml that decide how a step runs. */
export interface ActionFile {
  readonly inputs?: Readonly<Record<string, { readonly description?: string; readonly required?: boolean; readonly default?: string }>>;
  readonly outputs?: Readonly<Record<string, { readonly description?: string }>>;
  readonly runs?: { readonly using: string; readonly main: string };
}

/** Whose run a step belongs to; what is not given is made up, with a new run id for each step. */
export interface StepIdentity {
  readonly runId?: string;
  readonly attempt?: number;
  readonly actor?: string;
  readonly commit?: string;
  readonly ref?: string;
  readonly repository?: string;
  readonly workflow?: string;
}

/** An action.yml as read; an empty one where there is none. */
export function readActionFile(path: string): ActionFile {
  return existsSync(path) ? (parse(readFileSync(path, 'utf8')) as ActionFile) : {};
}

/** The whole environment that the runner gives to a step. */
export function stepEnvironment(
  action: ActionFile, folder: JobFolder, step: StepIdentity & { readonly with?: Readonly<Record<string, string>>; readonly env?: Readonly<Record<string, string>> },
): Record<string, string> {
  const defaults = Object.entries(action.inputs ?? {}).map(([name, input]) => [name, String(input.default ?? '')] as const);
  const given = Object.entries(step.with ?? {});
  const inputs = new Map([...defaults, ...given].map(([name, value]) => [variableOf(name), value]));
  return {
    PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? folder.temp, CI: 'true',
    ...identityVariables(step),
    ...Object.fromEntries(Object.entries(folder.files).map(([name, path]) => [`GITHUB_${name}`, path])),
    GITHUB_WORKSPACE: folder.workspace, RUNNER_TEMP: folder.temp, RUNNER_OS: 'Linux', RUNNER_ARCH: 'X64', RUNNER_NAME: 'test',
    ...step.env,
    ...Object.fromEntries(inputs),
  };
}

function variableOf(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`;
}

function identityVariables(step: StepIdentity): Record<string, string> {
  const actor = step.actor ?? 'octocat';
  return {
    GITHUB_ACTIONS: 'true', GITHUB_SERVER_URL: 'https://github.com', GITHUB_API_URL: 'https://api.github.com',
    GITHUB_RUN_ID: step.runId ?? String(randomInt(1e9, 1e12)), GITHUB_RUN_ATTEMPT: String(step.attempt ?? 1), GITHUB_RUN_NUMBER: '1',
    GITHUB_ACTOR: actor, GITHUB_TRIGGERING_ACTOR: actor, GITHUB_REPOSITORY: step.repository ?? 'octo-org/shop',
    GITHUB_SHA: step.commit ?? '0123456789abcdef0123456789abcdef01234567', GITHUB_REF: step.ref ?? 'refs/heads/main',
    GITHUB_REF_NAME: (step.ref ?? 'refs/heads/main').replace(/^refs\/(?:heads|tags)\//, ''),
    GITHUB_WORKFLOW: step.workflow ?? 'Release', GITHUB_JOB: 'deploy', GITHUB_EVENT_NAME: 'push', GITHUB_ACTION: '__self',
  };
}
