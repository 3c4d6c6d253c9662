import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { UserError } from '#shared/core/errors';

const run = promisify(execFile);
const LARGEST_ANSWER = 16 * 1_048_576;

/** The variables by which the runner's docker finds its engine. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** An image in the runner's own engine. */
export interface OwnImage {
  readonly reference: string;
  readonly diffIds: readonly string[];
}

/** What the runner's Docker has under these names. @throws {UserError} naming those it has not, or that it does not answer. */
export async function ownImages(references: readonly string[], environment: Environment, signal: AbortSignal): Promise<OwnImage[]> {
  const found = await Promise.all(references.map(async (reference) => ({ reference, answer: await inspect(reference, environment, signal) })));
  const missing = found.filter(({ answer }) => answer === undefined).map(({ reference }) => reference);
  if (missing.length > 0) {
    throw new UserError(`The runner's Docker has no ${missing.join(', no ')} to send. Build it in this job (docker/build-push-action with load: true), or pull it before; images that are in an archive are sent from there with image-archive.`);
  }
  return found.map(({ reference, answer = '' }) => ({ reference, diffIds: JSON.parse(answer) as string[] }));
}

/** The images as the archive that `docker save` writes. The stream fails with a {UserError} where docker does. */
export function savedImages(references: readonly string[], environment: Environment, signal: AbortSignal): Readable {
  const child = spawn('docker', ['save', ...references], { stdio: ['ignore', 'pipe', 'pipe'], env: environment, signal });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
  // Its end is told only once it is known that docker came to its own.
  once(child, 'close').then(
    ([code]) => code !== 0 && child.stdout.destroy(new UserError(`docker save failed on the runner: ${words.trim()}`)),
    (error: Error) => child.stdout.destroy(error),
  );
  return child.stdout;
}

async function inspect(reference: string, environment: Environment, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { stdout } = await run('docker', ['image', 'inspect', '--format', '{{json .RootFS.Layers}}', reference], { maxBuffer: LARGEST_ANSWER, env: environment, signal });
    return stdout;
  } catch (error) {
    signal.throwIfAborted();
    const { code, stderr = '' } = error as { readonly code?: number | string; readonly stderr?: string };
    if (code === 'ENOENT') throw new UserError('The runner has no Docker from which images could be sent. Use a runner with Docker, or give image-archive.');
    if (/no such image/i.test(stderr)) return undefined;
    throw new UserError(`The runner's Docker does not answer: ${stderr.trim()}`);
  }
}
