import { commandLine } from '#shared/core/quote';
import { formatDuration } from '#shared/core/duration';
import type { Attempt, CheckContext, CommandCheck, Server } from './check.ts';
import { TimeLimit, orAborted } from './deadline.ts';
import { serverOf } from './dial.ts';
import { NotMeasured, type Progress } from './failure.ts';
import { isMatch } from './pattern.ts';
import { quoted, shown } from './shown.ts';

const OUTPUT_SHOWN = 500;
// What the server may take beyond the command's limit to end it and say so.
const GRACE_MS = 5_000;

/**
 * A command line that runs `command` and ends it, with all it started, once `limitMs` has passed: by `timeout` where the server has a
 * usable one, else by a watch-dog in plain sh. It does not need the connection, nor SSH signals, which servers ignore.
 */
export function timeLimited(command: string | readonly string[], limitMs: number): string {
  const argv = typeof command === 'string' ? ['sh', '-c', command] : command;
  const words = commandLine(argv);
  const seconds = Math.max(1, Math.ceil(limitMs / 1_000));
  return commandLine(['sh', '-c', `if timeout -k 1 5 true >/dev/null 2>&1; then exec timeout -k 1 ${seconds} ${words}; fi
if command -v setsid >/dev/null 2>&1; then setsid ${words} & else ${words} & fi
child=$!
end() { kill "-$1" "-$child" 2>/dev/null || kill "-$1" "$child" 2>/dev/null; }
nap() { sleep "$1" & nap=$!; wait "$nap"; }
( trap 'kill "$nap" 2>/dev/null; exit' TERM; nap ${seconds}; end TERM; nap 1; end KILL ) </dev/null >/dev/null 2>&1 &
dog=$!
wait "$child"; code=$?
kill "$dog" 2>/dev/null
[ "$code" -le 128 ] || kill -KILL "-$child" 2>/dev/null
exit "$code"`]);
}

/** Runs the check's command once on the server and judges its exit status and output. Rejects with ConnectionLost and the like. */
export async function tryCommand(check: CommandCheck, limitMs: number, context: CheckContext, progress: Progress): Promise<Attempt> {
  const server = await serverOf(context);
  progress.target = server.label;
  const started = performance.now();
  const { code, stdout, stderr } = await run(server, timeLimited(check.command, limitMs), patience(limitMs), context.signal);
  const ms = performance.now() - started;
  const evidence = { target: `${commandText(check)} on ${server.label}`, exitCode: code, output: shown(stdout || stderr, OUTPUT_SHOWN), responseMs: Math.round(ms) };
  const wasEnded = ms >= limitMs && [124, 137, 143].includes(code);
  if (wasEnded) return { verdict: 'fail', reason: `still ran after ${formatDuration(limitMs)} and was ended`, evidence, answered: true };
  const faults = faultsOf(check, code, stdout, stderr);
  if (faults.length > 0) return { verdict: 'fail', reason: faults.join('; '), evidence, answered: true };
  return { verdict: 'pass', reason: `exit code ${code} in ${formatDuration(ms)}`, evidence, answered: true };
}

/** Milliseconds after which the runner stops waiting for a command that the server should have ended by itself. */
export function patience(limitMs: number): number {
  return limitMs + GRACE_MS;
}

async function run(server: Server, command: string, patienceMs: number, signal: AbortSignal): ReturnType<Server['exec']> {
  try {
    return await orAborted(server.exec(command, { signal }), signal);
  } catch (error) {
    const isOverdue = signal.reason instanceof TimeLimit && signal.reason.limitMs === patienceMs;
    if (!isOverdue) throw error;
    throw new NotMeasured(`${server.label} did not say within ${formatDuration(patienceMs)} how the command ended`);
  }
}

function faultsOf({ exitCode = 0, text = [], matches = [] }: CommandCheck, code: number, stdout: string, stderr: string): readonly string[] {
  const said = stderr.trim() === '' ? '' : `: ${quoted(stderr.trim())}`;
  if (code !== exitCode) return [`exit code ${code}${said}, expected ${exitCode}`];
  return [
    ...text.filter((wanted) => !stdout.includes(wanted)).map((wanted) => `the output does not hold ${quoted(wanted)}: ${quoted(stdout)}`),
    ...matches.filter((pattern) => !isMatch(pattern, stdout)).map((pattern) => `the output does not match ${quoted(pattern)}: ${quoted(stdout)}`),
  ];
}

function commandText({ command }: CommandCheck): string {
  return shown(typeof command === 'string' ? command : commandLine(command), 200);
}
