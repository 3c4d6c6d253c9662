import { quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import type { ServiceDefinition } from '#shared/server/definition';
import { members } from '#shared/server/ledger';
import type { Plan, Step } from '#shared/server/plan';
import { userCommand } from '#shared/server/user-command';
import { nameBeside } from './beside.ts';
import { openedFunctions, type OpenedSet } from './opened-set.ts';
import { restoreFunctions } from './scripts.ts';
import { assignments } from './set-functions.ts';
import type { Source } from './source.ts';

/** Parts of a set that are to become live again, or those that an earlier restore put aside. */
export interface Restore {
  /** The id of its plan, by which what was live is called afterwards. */
  readonly id: string;
  readonly definition: ServiceDefinition;
  readonly run: Run;
  readonly opened: OpenedSet;
  /** The restore that is taken back, where it is one. */
  readonly undoes: string | undefined;
  /** Plans whose schema barrier is no more once the data is that of before them, and those whose barrier stands again with that of after them. */
  readonly lifts: readonly string[];
  readonly raises: readonly string[];
  /** How many rows and files may be lost, and whether any loss was accepted. */
  readonly maxLoss: number;
  readonly isLossAccepted: boolean;
  /** Commands of the user's that hold writers back and let them go on; empty where there are none. */
  readonly quiesce: string;
  readonly resume: string;
  /** Milliseconds that one step may take. */
  readonly timeout: number;
}

/** The steps of a restore, for a plan of its own or one that moves traffic as well. Users are kept out of the databases from `closing` to `opening`. */
export interface RestoreSteps {
  readonly before: readonly Step[];
  readonly closing: Step;
  readonly swapping: Step;
  readonly opening: Step;
  readonly after: Step;
  readonly functions: string;
  readonly clear: string;
  readonly back: string;
}

const MOMENT = 60_000;
const LOCK_WAIT = 1_800_000;

/** The plan of a restore that moves nothing else. */
export function planRestore(restore: Restore, state: string, generation: number): Plan {
  const { before, closing, swapping, opening, after, functions, clear, back } = restoreSteps(restore);
  return { id: restore.id, state, generation, steps: [...before, closing, swapping, opening, after], functions, clear, back, confirmWithin: 0, lockWait: LOCK_WAIT, environment: {} };
}

/** The steps that restore beside what is live, say what would be lost, and swap. */
export function restoreSteps(restore: Restore): RestoreSteps {
  const { opened: { sources, manifest }, undoes, quiesce, run, timeout } = restore;
  const step = (name: string, phase: Step['phase'], title: string, script: string, limit = timeout): Step => ({ name, title, phase, script, timeout: limit });
  const told = members({ ...(undoes === undefined ? { set: manifest?.set } : { undoes }), parts: sources.map(({ name }) => name).join(', '), ...runMembers(run) });
  return {
    before: [
      step('check-set', 'before', 'Checking set, tools, versions, rights and room', 'check_restore'),
      ...(undoes !== undefined ? [] : sources.map(({ name }, index) => step(`restore-${index + 1}`, 'before', `Restoring ${name} beside what is live`, `restore ${index + 1}`))),
      step('weigh', 'before', 'Finding out what would be lost', 'weigh'),
      ...(quiesce === '' ? [] : [step('hold-back', 'before', 'Holding writers back', 'hold_back')]),
    ],
    closing: step('close-doors', 'act', 'Closing the doors of what is live', 'close_doors', MOMENT + restore.opened.lockTimeout),
    swapping: step('swap', 'act', 'Swapping what is live for what was restored', 'swap_parts', MOMENT),
    opening: step('open-doors', 'act', 'Opening the doors', 'open_doors', MOMENT),
    after: step('settle', 'after', 'Recording the restore', `settle ${quote(told)}`, MOMENT),
    functions: functionsOf(restore),
    clear: 'clear_restore',
    back: 'undo_restore',
  };
}

function functionsOf({ id, definition, opened, undoes, lifts, raises, maxLoss, isLossAccepted, quiesce, resume }: Restore): string {
  const occasion = { folder: definition.path, release: undefined };
  const part = (source: Source): Readonly<Record<string, string>> => ({
    NEXT: undoes === undefined ? nameBeside(source, 'next', id) : nameBeside(source, 'before', undoes),
    BEFORE: nameBeside(source, 'before', id),
    MADE: undoes === undefined ? 'yes' : '',
    ...takenFrom(opened, source),
  });
  return [
    openedFunctions(opened, id, part),
    restoreFunctions,
    assignments({ MAX_LOSS: String(maxLoss), ACCEPTED: isLossAccepted ? 'yes' : '', WHICH: undoes ?? opened.manifest?.set ?? '', LIFTS: lifts.join(' '), RAISES: raises.join(' ') }),
    ...Object.entries({ quiesce, resume }).map(([name, command]) => `hook_${name}() {\n${command === '' ? ':' : userCommand(definition, occasion, command)}\n}`),
    'step_stand_guard() { stand_guard; }',
    // Going back from here is going back to the schema that the barrier stands for.
    'is_behind_barrier() { return 1; }',
  ].join('\n');
}

// What the part's server was when its snapshot was taken.
function takenFrom({ manifest }: OpenedSet, { name }: Source): Readonly<Record<string, string>> {
  const part = manifest?.parts.find((each) => each.name === name);
  return { SERVER: part?.server ?? '', WAL_POSITION: part?.walPosition ?? '', TRANSACTIONS: String(part?.transactions ?? 0) };
}
