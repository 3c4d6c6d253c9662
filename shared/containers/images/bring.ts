import { UserError, messageOf } from '#shared/core/errors';
import type { Server } from '#shared/server/server';
import { pinImages, type PinnedImage } from './pins.ts';
import { PullFailed, pullImages, type RegistryLogin } from './pull.ts';
import { isMendedByTransfer } from './registry-fault.ts';
import type { Environment } from './runner-engine.ts';
import { transferImages, type Telling } from './transfer.ts';
import type { IMAGE_WAYS } from './ways.ts';

/** Images that a release needs on a server. */
export interface Bringing {
  readonly references: readonly string[];
  readonly way: (typeof IMAGE_WAYS)[number];
  readonly login: RegistryLogin | undefined;
  readonly archive: string | undefined;
  /** In which the runner's own docker is run. */
  readonly environment: Environment;
  /** The service's state folder on the server. */
  readonly state: string;
  /** Milliseconds that the pull of one image may take. */
  readonly pullTimeout: number;
}

/** What came of it. */
export interface Brought {
  readonly images: readonly PinnedImage[];
  readonly by: 'pull' | 'transfer';
  /** Bytes of layers that came from the runner. */
  readonly bytes: number;
}

/**
 * Brings images to a server, where users notice nothing of it, and says what each name means there. What comes is noted in the service's state
 * folder by the very command that it comes by, so that it goes when no release needs it, or none was ever made of it.
 * @throws {UserError} when they cannot be had in the way asked for; with `auto`, saying why in neither.
 */
export async function bringImages(server: Server, bringing: Bringing, telling: Telling): Promise<Brought> {
  const { references, way } = bringing;
  const { by, bytes } = way === 'transfer' ? await transferred(server, bringing, telling) : await pulled(server, bringing, telling);
  return { images: await pinImages(server, references), by, bytes };
}

async function pulled(server: Server, bringing: Bringing, telling: Telling): Promise<Omit<Brought, 'images'>> {
  try {
    await pullImages(server, { ...bringing, timeout: bringing.pullTimeout }, telling);
    return { by: 'pull', bytes: 0 };
  } catch (error) {
    if (bringing.way === 'pull' || !(error instanceof PullFailed) || !isMendedByTransfer(error.fault)) throw error;
    telling.log.warning(`${error.message.split('\n')[0]} The images are sent from the runner instead (images: auto).`);
    return transferred(server, bringing, telling).catch((second: unknown) => {
      telling.signal.throwIfAborted();
      throw second instanceof UserError ? new UserError(`${messageOf(error)}\nNor could the runner send the images: ${second.message}`) : second;
    });
  }
}

async function transferred(server: Server, bringing: Bringing, telling: Telling): Promise<Omit<Brought, 'images'>> {
  const { bytes } = await transferImages(server, bringing, telling);
  return { by: 'transfer', bytes };
}
