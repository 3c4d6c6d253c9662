import type { Lasting } from '#shared/containers/stack/stack';
import { commandLine, quote } from '#shared/core/quote';
import type { ServiceDefinition } from '#shared/server/definition';
import type { Step } from '#shared/server/plan';
import type { Place, Slot } from '#shared/server/state';
import { awaitHealthy, healthQuestions, listenerText, slotListener, userCommand, type Occasion } from '#shared/server/user-command';

const COMMAND_LIMIT = 120_000;
const HEALTH_SLACK = 15_000;
const EMPTY_WITHIN = 10_000;

/** How people reach a slot by hand, on the server. */
export function slotUrl(definition: ServiceDefinition, slot: Slot): string {
  const port = definition.ports?.[slot];
  return port === undefined ? listenerText(slotListener(definition, slot)) : `http://127.0.0.1:${port}`;
}

/** Sh text that runs one of the user's commands for a slot, in the folder of its release. */
export function slotCommand(definition: ServiceDefinition, place: Place, command: string): string {
  return userCommand(definition, slotOccasion(definition, place), command);
}

/** A slot as the occasion of a command. */
export function slotOccasion({ path }: ServiceDefinition, { slot, release }: Place): Occasion {
  return { folder: `${path}/slots/${slot}`, release, slot };
}

/**
 * The steps that run a release in a slot which users do not reach: whatever was in it stops, by the definition that it was started with (`held`), the
 * release starts and proves healthy.
 */
export function startInSlot(definition: ServiceDefinition, place: Place & { readonly release: string }, held = definition, lasting: Lasting = 'keep'): Step[] {
  const { slot, release } = place;
  const link = `${definition.path}/slots/${slot}`;
  const { empty, start } = definition.strategy !== 'compose' ? byCommands(definition, place, held) : byCompose(definition, place, lasting);
  const emptyOther = held.strategy === definition.strategy ? '' : `[ ! -L ${quote(link)} ] || {\n${emptySlot(held, place)}\n}\n`;
  return [
    { name: 'empty-slot', title: `Emptying slot ${slot}`, phase: 'before', timeout: COMMAND_LIMIT, script: `rm -f "$STATE/standby"\n${emptyOther}${empty}` },
    {
      // What the router includes is there before anybody can set the router up.
      name: 'start', title: `Starting ${release} in slot ${slot}`, phase: 'before', timeout: COMMAND_LIMIT,
      script: `router_prepare none\n${keepDefinition(definition, slot)}\n${commandLine(['point', link, `../releases/${release}`])}\n${start}`,
    },
    {
      name: 'await-health', title: `Waiting until slot ${slot} is healthy`, phase: 'before', timeout: definition.health.timeout + HEALTH_SLACK,
      script: awaitHealthy(definition, { ...slotOccasion(definition, place), isFresh: true }, definition.health.timeout),
    },
  ];
}

// By it the slot is asked, stopped and started again, whatever later releases come with.
function keepDefinition(definition: ServiceDefinition, slot: Slot): string {
  const kept = `"$STATE"/slots/${slot}`;
  return `mkdir -p "$STATE/slots"\nsay ${quote(JSON.stringify(definition))} >${kept}.new\nmv ${kept}.new ${kept}\ndurable ${kept}`;
}

interface Filling { readonly empty: string; readonly start: string }

function byCompose({ path }: ServiceDefinition, { slot, release }: Place & { readonly release: string }, lasting: Lasting): Filling {
  return { empty: `${commandLine(['empty_stack', slot])}\nrm -f ${quote(`${path}/slots/${slot}`)}`, start: commandLine(['start_stack', slot, release, lasting]) };
}

function byCommands(definition: ServiceDefinition, place: Place, held: ServiceDefinition): Filling {
  const { slot } = place;
  const link = `${definition.path}/slots/${slot}`;
  const stopNow = definition.stop === '' ? ':' : slotCommand(definition, place, definition.stop);
  // Where its own command fails, the one of now may be the mended one.
  const stopOld = held.stop === definition.stop || held.stop === '' ? stopNow : `{ ${slotCommand(held, place, held.stop)}\n} || {\n${stopNow}\n}`;
  const awaitEmpty = definition.stop === '' ? '' : refuseStranger(definition, slot);
  return { empty: `if [ -L ${quote(link)} ]; then\n${stopOld}\nrm -f ${quote(link)}\nfi\n${awaitEmpty}`, start: slotCommand(definition, place, definition.start) };
}

/** Sh text that stops what runs in a slot and takes the slot's link away, so that a boot does not start it either. */
export function emptySlot(definition: ServiceDefinition, place: Place): string {
  const link = `${definition.path}/slots/${place.slot}`;
  const stop = definition.strategy === 'compose' ? commandLine(['empty_stack', place.slot]) : definition.stop === '' ? ':' : slotCommand(definition, place, definition.stop);
  return `${stop} || echo ${quote(`Slot ${place.slot} could not be stopped`)}\nrm -f ${quote(link)}`;
}

/**
 * Sh text that starts what is in a slot again, unless it answers (a deployment that was killed may have stopped it), and fails when it is
 * not healthy within so many milliseconds.
 */
export function revive(definition: ServiceDefinition, place: Place, within: number): string {
  const { slot, release = '' } = place;
  const healthy = (limit: number): string => awaitHealthy(definition, slotOccasion(definition, place), limit);
  const byCommand = definition.start === '' ? 'false' : slotCommand(definition, place, definition.start);
  const start = definition.strategy !== 'compose' ? byCommand : commandLine(['revive_stack', slot, release]);
  return `{ ${healthy(0)}\n} >/dev/null 2>&1 || {\n{ ${start}\n} && { ${healthy(within)}\n}\n}`;
}

// Whatever goes on answering in an emptied slot would vouch for the new release: a stop command that stops nothing, an app of somebody else's.
function refuseStranger(definition: ServiceDefinition, slot: Slot): string {
  const port = definition.ports === undefined ? '' : `, port ${definition.ports[slot]}`;
  const refusal = `Something is healthy in slot ${slot} (${listenerText(slotListener(definition, slot))}${port}), which should be empty, so it would pass for the new release. Stop it; if it is the release before, mend the command stop.`;
  const answers = healthQuestions(definition, slotOccasion(definition, { slot, release: undefined })).join(' ||\n');
  return `is_empty() {\nif ( ${answers}\n) >/dev/null 2>&1; then echo ${quote(refusal)}; return 1; fi\n}\n${commandLine(['patiently', String(EMPTY_WITHIN / 1_000), 'is_empty'])}`;
}
