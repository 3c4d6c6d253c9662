import { readFileSync } from 'node:fs';
import { commandLine, quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import type { ComposeDefinition, ServiceDefinition } from '#shared/server/definition';
import { members } from '#shared/server/ledger';
import type { Plan, Step } from '#shared/server/plan';
import { userCommand } from '#shared/server/user-command';
import { exitCodeFunction } from '../exit-code.ts';
import { pruneFunctions } from '../images/prune.ts';
import { hookAfter, hookBefore, hookLast } from '#shared/traffic/hook';

const script = readFileSync(new URL('./rolling.sh', import.meta.url), 'utf8');
const MOMENT = 30_000;
const COMPOSE_LIMIT = 300_000;
const PULL_LIMIT = 1_800_000;
const HURRY = 30; // seconds; going back has two minutes in all

/** A service that is released container by container. */
export type RollingService = ServiceDefinition & { readonly compose: ComposeDefinition };

/** Whether a service is released so. */
export function isRolling(definition: ServiceDefinition): definition is RollingService {
  return definition.strategy === 'compose-rolling' && definition.compose !== undefined;
}

/** A release taking another's place container by container. */
export interface Rolling {
  readonly definition: RollingService;
  readonly release: string;
  /** What `current` points to now; undefined at the first release. */
  readonly previous: string | undefined;
  readonly run: Run;
  readonly purpose: 'deploy' | 'rollback';
}

/** Sh functions that the plan of a rolling release is made of. */
export function rollingFunctions({ definition, release }: Rolling): string {
  const { compose, path, health } = definition;
  const own = health.command === '' ? ':' : userCommand(definition, { folder: `${path}/releases/${release}`, release }, `export CONTAINER\n${health.command}`);
  const settings = { PROJECT: compose.project, SERVICE_PATH: path, STOP_TIMEOUT: String(Math.ceil(compose.stopTimeout / 1_000)), PRE_STOP: compose.preStop, HAS_OWN_CHECK: health.command === '' ? 'no' : 'yes' };
  return [...Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`), pruneFunctions, exitCodeFunction, script, `own_check() {\n${own}\n}`].join('\n');
}

/**
 * The steps that start a release's containers beside the old ones, wait until they are healthy, and then have the old ones finish. What must
 * never run twice is swapped in between.
 */
export function rollingSteps(rolling: Rolling): Step[] {
  const { definition, release, previous, run, purpose } = rolling;
  const { health: { timeout }, path } = definition;
  const draining = 2 * definition.compose.stopTimeout + COMPOSE_LIMIT;
  const step = (phase: Step['phase']) => (name: string, title: string, limit: number, ...lines: readonly string[]): Step => ({ name, title, phase, timeout: limit, script: lines.join('\n') });
  const [before, act, verify, after] = [step('before'), step('act'), step('verify'), step('after')];
  const seconds = String(Math.ceil(timeout / 1_000));
  const folder = `${path}/releases/${release}`;
  const who = runMembers(run);
  return [
    before('check-current', 'Checking that current is a link', MOMENT, commandLine(['expect_link', `${path}/current`])),
    before('check-images', `Checking the images of ${release}`, PULL_LIMIT, commandLine(['require_images', release])),
    before('start-lasting', 'Starting what lasts, where it is not there', COMPOSE_LIMIT, commandLine(['start_lasting', release])),
    before('await-lasting', 'Waiting until what lasts is healthy', timeout + MOMENT, commandLine(['await_lasting', seconds])),
    before('start-beside', `Starting ${release} beside what runs`, COMPOSE_LIMIT, commandLine(['start_beside', release])),
    before('await-health', `Waiting until ${release} is healthy`, timeout + MOMENT, commandLine(['await_containers', release, seconds, 'web'])),
    ...(purpose === 'deploy' ? hookBefore(definition, 'before-publish', { folder, release, run, other: previous }) : []),
    act('publish', `Making ${release} the one that stays`, MOMENT, commandLine(['point', `${path}/current`, `releases/${release}`])),
    verify('swap-single', 'Stopping what must not run twice, and starting its successor', draining, commandLine(['swap_single', release])),
    verify('check-live', `Checking that all of ${release} is healthy`, timeout + MOMENT, commandLine(['await_containers', release, seconds, 'web', 'worker', 'singleton'])),
    after('record', 'Recording the release as verified', MOMENT,
      ...(purpose === 'rollback' ? [commandLine(['record', 'rollback', members({ ...who, release, undone: previous })])] : []),
      `record confirm ${quote(`${members({ ...who, release, by: purpose })},`)}"$(images_member ${quote(release)})"`),
    after('drain', 'Having the old containers finish', draining, commandLine(['drain_others', release])),
    ...hookAfter(definition, purpose === 'deploy' ? 'after-publish' : 'on-rollback', { folder, release, run, other: previous }),
  ];
}

/** Sh text that takes away what was started of a release that users are not to reach. */
export function clearRolling({ definition, release }: Rolling): string {
  return `! noted 'begin start-beside' || [ "$(readlink ${quote(`${definition.path}/current`)})" = ${quote(`releases/${release}`)} ] || { hurry; ${commandLine(['remove_release', release])}; }`;
}

/** Sh text that has the previous release stay after all; its containers have not been told to finish yet, but for what must not run twice. */
export function rollingBack({ definition, release, previous, run, purpose }: Rolling): string {
  const current = `${definition.path}/current`;
  const record = commandLine(['record', 'back', members({ ...runMembers(run), undone: release, release: previous })]);
  const hooks = purpose === 'rollback' ? [] : [
    ...hookLast(definition, 'on-failure', { folder: `${definition.path}/releases/${release}`, release, run, other: previous }),
    ...hookLast(definition, 'on-rollback', { folder: current, release: previous, run, other: release }),
  ];
  if (previous === undefined) return [`rm -f ${quote(current)}`, record, 'hurry', commandLine(['remove_release', release]), ...hooks].join('\n');
  const seconds = String(Math.min(Math.ceil(definition.health.timeout / 1_000), HURRY));
  return [
    'hurry',
    commandLine(['point', current, `releases/${previous}`]),
    record,
    ...(previous === release ? [] : [
      `if [ -e "$(record_of ${quote(previous)})" ]; then`,
      commandLine(['swap_single', previous]),
      commandLine(['start_beside', previous]),
      `${commandLine(['await_containers', previous, seconds, 'web', 'worker', 'singleton'])} || say ${quote(`${previous} is not healthy either`)}`,
      'fi',
      commandLine(['remove_release', release]),
    ]),
    ...hooks,
  ].join('\n');
}

/** The step that keeps how a release runs, and with which images. */
export function keepRecord({ definition: { compose }, release }: Pick<Rolling, 'definition' | 'release'>): Step {
  const script = commandLine(['keep_record', release, ...(compose.envFile === '' ? [] : [compose.envFile])]);
  return { name: 'keep-record', title: `Keeping what ${release} is made of`, phase: 'before', timeout: MOMENT, script };
}

/** Sh text that removes the images that no release needs any more. */
export const PRUNE = 'prune_images "$PROJECT"';

/** The step that removes the images that no release needs any more, once those releases are gone. */
export function pruneImages(): Step {
  return { name: 'prune-images', title: 'Removing images that no release needs', phase: 'after', timeout: COMPOSE_LIMIT, script: PRUNE };
}

/** A plan's texts for a rolling release. */
export function rollingTexts(rolling: Rolling): Pick<Plan, 'steps' | 'clear' | 'back' | 'functions'> {
  return { steps: rollingSteps(rolling), clear: clearRolling(rolling), back: rollingBack(rolling), functions: rollingFunctions(rolling) };
}
