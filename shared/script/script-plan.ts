import { readFileSync } from 'node:fs';
import { commandLine, quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import { members } from '#shared/server/ledger';
import type { PacketEntry } from '#shared/server/packet';
import { newPlanId, type Plan } from '#shared/server/plan';
import { SCRIPT_GENERATION } from './open-state.ts';

const functions = readFileSync(new URL('./script.sh', import.meta.url), 'utf8');

/** The one step of a script's plan. */
export const SCRIPT_STEP = 'script';

/** The shells there are, each with the options that make it strict: the first failure and the first unset variable end the script. */
const STRICT = { bash: ['bash', '-euo', 'pipefail'], sh: ['sh', '-eu'] } as const;

/** A shell to run a script with. */
export type Shell = keyof typeof STRICT;

/** A script to be run once on a server. */
export interface Script {
  readonly text: string;
  readonly shell: Shell;
  /** What it finds in its environment; may be secret. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds it may take, and may wait for another script of the service to end. */
  readonly timeout: number;
  readonly lockWait: number;
  readonly run: Run;
}

/** The plan that runs a script in a state folder. Killed in the middle, it is not run again: only its author knows whether it may be. */
export function planScript({ shell, timeout, lockWait, run }: Script, state: string): Plan {
  const record = `record script ${quote(`${members(runMembers(run))},"exit":`)}"$code"`;
  return {
    id: newPlanId(new Date()), state, generation: SCRIPT_GENERATION, confirmWithin: 0, lockWait, environment: {}, functions,
    steps: [{
      name: SCRIPT_STEP, title: 'Running the script', phase: 'before', timeout,
      script: `code=0\n${commandLine(['run_script', ...STRICT[shell]])} || code=$?\n${record} || :\nexit "$code"`,
    }],
    clear: ':', back: ':',
  };
}

/** What goes along with that plan: text and environment, which are deleted when it ends, and where its output goes. */
export function scriptFiles({ text, environment }: Script): PacketEntry[] {
  const file = (path: string, content: string): PacketEntry => ({ kind: 'text', path, mode: 0o600, text: content });
  const exported = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}\n`);
  return [{ kind: 'folder', path: 'once', mode: 0o700 }, file('once/script', `${text}\n`), file('once/env', exported.join('')), file('stdout', ''), file('stderr', '')];
}
