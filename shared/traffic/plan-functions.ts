import { stackFunctions } from '#shared/containers/stack/stack';
import type { ServiceDefinition } from '#shared/server/definition';
import { routerFunctions } from './router.ts';

/** The sh functions that a plan of a service with slots is made of: those of its router, and of its compose projects if it has such. */
export function planFunctions(definition: ServiceDefinition): string {
  return `${routerFunctions(definition)}\n${stackFunctions(definition)}`;
}
