import { commandLine, quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import type { ServiceDefinition } from '#shared/server/definition';
import { members } from '#shared/server/ledger';
import type { Step } from '#shared/server/plan';
import { awaitHealthy, userCommand, type Occasion } from '#shared/server/user-command';
import { hookAfter, hookBefore, hookLast } from './hook.ts';

const MOMENT = 15_000;
const COMMAND_LIMIT = 120_000;

/** A release taking another's place where there are no slots. */
export interface Publication {
  readonly definition: ServiceDefinition;
  /** The service as the release before knows it; as this one does if left out. */
  readonly before?: ServiceDefinition;
  readonly release: string;
  /** What `current` points to now; undefined at the first release. */
  readonly previous: string | undefined;
  readonly run: Run;
  readonly purpose: 'deploy' | 'rollback';
}

/** The steps that rename `current`, restart the service and wait until it is healthy. */
export function publishSteps({ definition, release, previous, run, purpose }: Publication): Step[] {
  const { health } = definition;
  const who = members({ ...runMembers(run), release, by: purpose });
  const undone = members({ ...runMembers(run), release, undone: previous });
  return [
    { name: 'check-current', title: 'Checking that current is a link', phase: 'before', timeout: MOMENT, script: commandLine(['expect_link', currentLink(definition)]) },
    ...(purpose === 'deploy' ? hookBefore(definition, 'before-publish', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }) : []),
    { name: 'publish', title: `Publishing ${release}`, phase: 'act', timeout: MOMENT, script: commandLine(['point', currentLink(definition), `releases/${release}`]) },
    { name: 'restart', title: 'Restarting the service', phase: 'verify', timeout: COMMAND_LIMIT, script: restart(definition, release) },
    {
      name: 'await-health', title: 'Waiting until the service is healthy', phase: 'verify', timeout: health.timeout + MOMENT,
      script: awaitHealthy(definition, occasion(definition, release), health.timeout),
    },
    {
      name: 'record', title: 'Recording the release as verified', phase: 'after', timeout: MOMENT,
      script: [...(purpose === 'rollback' ? [commandLine(['record', 'rollback', undone])] : []), commandLine(['record', 'confirm', who])].join('\n'),
    },
    ...hookAfter(definition, purpose === 'deploy' ? 'after-publish' : 'on-rollback', { ...occasion(definition, release), run, other: previous }),
  ];
}

/** Sh text that publishes the previous release again. */
export function publishBack({ definition, before = definition, release, previous, run, purpose }: Publication): string {
  const record = commandLine(['record', 'back', members({ ...runMembers(run), undone: release, release: previous })]);
  const hooks = purpose === 'rollback' ? [] : [
    ...hookLast(definition, 'on-failure', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }),
    ...hookLast(definition, 'on-rollback', { folder: currentLink(definition), release: previous, run, other: release }),
  ];
  if (previous === undefined) return [`rm -f ${quote(currentLink(definition))}`, record, ...hooks].join('\n');
  return [
    commandLine(['point', currentLink(definition), `releases/${previous}`]),
    record,
    restart(before, previous),
    awaitHealthy(before, occasion(before, previous), before.health.timeout),
    ...hooks,
  ].join('\n');
}

function restart(definition: ServiceDefinition, release: string): string {
  return definition.restart === '' ? ':' : userCommand(definition, occasion(definition, release), definition.restart);
}

function occasion(definition: ServiceDefinition, release: string): Occasion {
  return { folder: currentLink(definition), release };
}

function currentLink({ path }: ServiceDefinition): string {
  return `${path}/current`;
}
