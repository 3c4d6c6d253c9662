import type { Run } from '#shared/core/run';
import { Secret } from '#shared/core/secret';
import type { Action, OutputValue, Story } from '#shared/runner/action';
import { createMasks } from '#shared/runner/masks';
import { inputVariable, readInputs } from '#shared/runner/read-inputs';
import { collectedLog } from './collected-log.ts';

/** How a story ended. */
export interface Told {
  /** What it was ended by, undefined when it came to its end. */
  readonly failure: Error | undefined;
  readonly outputs: Readonly<Record<string, OutputValue>>;
  readonly lines: readonly string[];
}

const RUN: Run = {
  id: '4711', attempt: 1, url: 'https://github.com/octo-org/shop/actions/runs/4711/attempts/1', actor: 'octocat',
  commit: '0123456789abcdef0123456789abcdef01234567', ref: 'refs/heads/main', repository: 'octo-org/shop', workflow: 'Release',
};

/** Reads inputs, given by their kebab-case names, and tells an action's story within this process: a second faster than a step of its own. */
export async function tellStory<Anything extends Action>(action: Anything, story: Story<Anything>, given: Readonly<Record<string, string>>, run: Partial<Run> = {}): Promise<Told> {
  const log = collectedLog();
  const outputs: Record<string, OutputValue> = {};
  try {
    const inputs = await readInputs(action, environmentOf(given), createMasks(() => undefined));
    await story(inputs, {
      log, run: { ...RUN, ...run }, signal: new AbortController().signal,
      output: (values) => void Object.assign(outputs, values), summarise: () => undefined, annotate: () => undefined, mask: (value) => new Secret(value), redact: (text) => text,
    });
    return { failure: undefined, outputs, lines: log.lines };
  } catch (error) {
    return { failure: error instanceof Error ? error : new Error(String(error)), outputs, lines: log.lines };
  }
}

/** The variables in which GitHub hands over inputs. */
export function environmentOf(given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [inputVariable(name), value]));
}
