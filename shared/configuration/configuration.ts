import { readFileSync } from 'node:fs';
import { commandLine, quote } from '#shared/core/quote';
import type { ServiceDefinition } from '#shared/server/definition';
import type { Plan, Step } from '#shared/server/plan';

const functions = readFileSync(new URL('./configuration.sh', import.meta.url), 'utf8');
const LIMIT = 60_000;

type Texts = Pick<Plan, 'steps' | 'clear' | 'back' | 'functions'>;

/** The release whose configuration a plan puts in place, and the one users are served by until then; undefined before the first. */
export interface Handover {
  readonly to: string;
  readonly from: string | undefined;
  /** For a release that is being made, the step that places it: it begins with the configuration that users are served by. */
  readonly after?: string;
}

/**
 * A plan's texts with the files under the service's `configPaths` taken along: before any hook runs they are kept for the release they belong to, and
 * those of the other are put back, if it has had any; so they are when the plan goes back or clears away. Without such paths the texts as they are.
 */
export function withConfiguration<Given extends Texts>({ configPaths = [] }: ServiceDefinition, texts: Given, { to, from, after }: Handover): Given {
  if (configPaths.length === 0) return texts;
  const settings = `CONFIG_PATHS=${quote(configPaths.map((path) => path.slice(1)).join('\n'))}`;
  const putBack = from === undefined ? [] : [`${commandLine(['configure', from])} || echo ${quote(`The configuration of ${from} could not be put back`)}`];
  const at = texts.steps.findIndex(({ name }) => name === after) + 1;
  return {
    ...texts,
    functions: [texts.functions ?? '', settings, functions].join('\n'),
    steps: [...texts.steps.slice(0, at), handOver(to, after === undefined ? undefined : from), ...texts.steps.slice(at)],
    clear: [...putBack, texts.clear].join('\n'),
    back: [...putBack, texts.back].join('\n'),
  };
}

// What an abandoned release has left is not taken for a new one's beginning.
function handOver(to: string, beginning: string | undefined): Step {
  const releases = [...(beginning === undefined ? [] : [beginning]), to];
  return { name: 'configure', title: `Keeping the configuration for ${to}`, phase: 'before', timeout: LIMIT, script: ['check_configuration', ...releases.map((release) => commandLine(['configure', release]))].join('\n') };
}
