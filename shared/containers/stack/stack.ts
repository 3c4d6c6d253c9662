import { readFileSync } from 'node:fs';
import { commandLine, quote } from '#shared/core/quote';
import type { ServiceDefinition } from '#shared/server/definition';
import { members } from '#shared/server/ledger';
import type { Step } from '#shared/server/plan';
import type { Slot } from '#shared/server/state';
import { portVariables } from '#shared/server/user-command';
import { exitCodeFunction } from '../exit-code.ts';
import { pruneFunctions } from '../images/prune.ts';

const texts = [
  readFileSync(new URL('./model.sh', import.meta.url), 'utf8'), readFileSync(new URL('./images.sh', import.meta.url), 'utf8'),
  pruneFunctions, exitCodeFunction,
  readFileSync(new URL('./slot.sh', import.meta.url), 'utf8'), readFileSync(new URL('./roles.sh', import.meta.url), 'utf8'),
];
const MOMENT = 30_000;
const ROLE_LIMIT = 120_000;
const ROLE_HEALTHY_WITHIN = 60_000;

/** What a deployment does with services that last, such as a database: leave them as they are, or bring them to what the release says. */
export type Lasting = 'keep' | 'update';

/** The sh functions by which a plan runs this service's compose projects; none where it has no such. */
export function stackFunctions(definition: ServiceDefinition): string {
  const { strategy, compose, path, service, environment, health } = definition;
  if (strategy !== 'compose' || compose === undefined) return '';
  const settings: Record<string, string> = {
    STACK_NAME: compose.project, STACK_PATH: path, STACK_FILES: compose.files.join(':'), STACK_ENV_FILE: compose.envFile,
    STACK_SERVICE: service, STACK_ENVIRONMENT: environment, STACK_BLUE: slotPorts(definition, 'blue'), STACK_GREEN: slotPorts(definition, 'green'),
    STACK_HEALTH: health.path === '' && health.command === '' ? 'none' : 'ours',
  };
  return [...Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`), ...texts].join('\n');
}

function slotPorts(definition: ServiceDefinition, slot: Slot): string {
  return Object.entries(portVariables(definition, slot)).map(([name, port]) => `${name}=${port}`).join(' ');
}

/** The steps that refuse a stack which could not be deployed, and pin its images, before anything of it runs; none without compose. */
export function prepareStack({ strategy }: ServiceDefinition, release: string): Step[] {
  if (strategy !== 'compose') return [];
  return [
    { name: 'check-compose', title: 'Checking the compose files', phase: 'before', timeout: MOMENT, script: commandLine(['check_stack', release]) },
    { name: 'pin-images', title: `Pinning the images of ${release}`, phase: 'before', timeout: MOMENT, script: commandLine(['pin_images', release]) },
  ];
}

/** Sh text that records a release as prepared, with the digests of its images where it has any. */
export function recordRelease({ strategy }: ServiceDefinition, release: string, who: Parameters<typeof members>[0]): string {
  if (strategy !== 'compose') return commandLine(['record', 'release', members(who)]);
  return `record release ${quote(`${members(who)},`)}"$(${commandLine(['images_member', release])})"`;
}

/** What runs in one slot only, the one that users reach. */
export type Role = 'worker' | 'singleton';

/** The step, if any, that stops what has a role in the other slot and then starts it in this one. */
export function handOverStep(definition: ServiceDefinition, role: Role, slot: Slot, phase: Step['phase']): Step[] {
  if (definition.strategy !== 'compose') return [];
  return [{ name: `hand-over-${role}s`, title: `Handing ${role}s over to slot ${slot}`, phase, timeout: ROLE_LIMIT + ROLE_HEALTHY_WITHIN, script: handOver(role, slot) }];
}

/** Sh text that hands a role back to the slot users return to; their traffic goes back even if it does not start. */
export function takeBack({ strategy }: ServiceDefinition, role: Role, slot: Slot): string {
  return strategy !== 'compose' ? ':' : `${handOver(role, slot)} || echo ${quote(`Not every ${role} runs in slot ${slot} again`)}`;
}

function handOver(role: Role, slot: Slot): string {
  return commandLine(['hand_over', role, slot, String(ROLE_HEALTHY_WITHIN / 1_000)]);
}

/** Sh text that stops what has a role in a slot, for there is no other to hand it over to. */
export function stopRoles({ strategy }: ServiceDefinition, slot: Slot): string {
  return strategy !== 'compose' ? ':' : (['singleton', 'worker'] as const).map((role) => commandLine(['stop_role', slot, role])).join('\n');
}

/** Sh text that checks that workers and singletons still run in a slot. */
export function checkRoles({ strategy }: ServiceDefinition, slot: Slot): string {
  return strategy !== 'compose' ? ':' : commandLine(['check_roles', slot]);
}

/** The step, if any, that has a boot start them in this slot, and not in the other one. */
export function settleStep({ strategy }: ServiceDefinition, slot: Slot): Step[] {
  if (strategy !== 'compose') return [];
  return [{ name: 'settle-roles', title: `Having a boot start workers and singletons in slot ${slot}`, phase: 'after', timeout: ROLE_LIMIT, script: commandLine(['settle_roles', slot]) }];
}

/** Sh text that removes releases which are not needed any more, but for those of which what lasts was made, or has files mounted; then images that none needs. */
export function discardReleases(definition: ServiceDefinition, gone: readonly string[], discard: (release: string) => string): string[] {
  const { path, compose } = definition;
  if (compose === undefined) return gone.map(discard);
  const unlessLasting = (release: string): string => `[ "$(readlink ${quote(`${path}/lasting`)})" = ${quote(`releases/${release}`)} ] || ${commandLine(['is_mounted', `${path}/releases/${release}`])} || ${discard(release)}`;
  return [...gone.map(unlessLasting), ...releaseImages(definition)];
}

/** Sh text that removes images that no release needs. */
export function releaseImages({ strategy }: ServiceDefinition): string[] {
  return strategy === 'compose' ? ['release_images'] : [];
}
