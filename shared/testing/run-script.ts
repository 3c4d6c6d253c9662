import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';

/** What a script ended with, and what it wrote. */
export interface ScriptEnd { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** Runs sh text with the `sh` and the tools of the given PATH (see `pathWithShell`), and nothing else in its environment. */
export function runScript(path: string, text: string, input: Uint8Array = new Uint8Array()): ScriptEnd {
  const ended = spawnSync('sh', ['-c', text], { env: { PATH: path, HOME: tmpdir() }, encoding: 'utf8', maxBuffer: 2 ** 28, input });
  if (ended.error !== undefined) throw ended.error;
  return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
}
