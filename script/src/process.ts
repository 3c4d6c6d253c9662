import { spawn } from 'node:child_process';

/** What a finished program left: its exit code, and its output when it was captured. */
export interface Finished { readonly code: number; readonly stdout: string; readonly stderr: string }

/** How a program is run. `input` goes to its stdin; `env` is added to ours. */
export interface RunOptions { readonly cwd?: string; readonly env?: Readonly<Record<string, string>>; readonly input?: string }

/** Runs a program without a shell and collects its output. Rejects when it cannot be started; a failure is a code. */
export function capture(program: string, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: options.cwd, env: { ...process.env, ...options.env } });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => undefined); // a program may end without reading its input
    child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, stdout: String(Buffer.concat(stdout)), stderr: String(Buffer.concat(stderr)) }));
  });
}

/** Runs a program and returns its stdout. Throws with everything it said when it fails. */
export async function output(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await capture(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} failed with exit code ${code}:\n${stdout}${stderr}`);
  return stdout;
}

/** Does the work for every item, at most `width` at a time; results are in the order of the items. */
export async function inParallel<T, R>(items: readonly T[], width: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
