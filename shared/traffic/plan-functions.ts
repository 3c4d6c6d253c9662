import { stackFunctions } from '#shared/containers/stack/stack';
import type { ServiceDefinition } from '#shared/server/definition';
import type { HeldDefinitions } from '#shared/server/state';
import { routerFunctions } from './router.ts';

/** The sh functions that a plan of a service with slots is made of: those of its router, and of its compose projects if it has such; `held` is what the slots were started with. */
export function planFunctions(definition: ServiceDefinition, held: HeldDefinitions = {}): string {
  const stack = [definition, ...Object.values(held)].find(({ strategy }) => strategy === 'compose') ?? definition;
  return `${routerFunctions(definition, held)}\n${stackFunctions(stack)}`;
}
