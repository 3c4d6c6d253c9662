import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NoRoom, UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import { formatSize } from '#shared/core/size';
import type { Server } from '#shared/server/server';
import { imagesIn } from './archive.ts';
import { askHeld, heldOf, imageSpaceFault, type Held } from './held.ts';
import type { Blob, Image } from './image.ts';
import { loadImages, PiecesMissing } from './load.ts';
import { ownImages, savedImages, type Environment, type OwnImage } from './runner-engine.ts';
import { sendPieces } from './send-pieces.ts';
import { spool, spoolPath, type Spool } from './spool.ts';

/** Images that are to be on a server, straight from the runner. */
export interface Transfer {
  /** As the compose file names them, such as `shop/app:v2`. */
  readonly references: readonly string[];
  /** A tar or an OCI layout on the runner; the runner's own Docker where there is none. */
  readonly archive: string | undefined;
  readonly environment: Environment;
  /** The service's state folder on the server. */
  readonly state: string;
}

/** Who hears of it, and what ends it. */
export interface Telling {
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface Transferred {
  /** Bytes of layers that travelled, before any compression. */
  readonly bytes: number;
}

const TRIES = 3; // an image that somebody removes from the server meanwhile takes layers away that were counted on
const STORE = 'images';

/**
 * Sends images over the SSH connection and has the server's engine take them: only layers that no image there begins with, in pieces that
 * are kept until all have come, so that what was cut off goes on where it was.
 * @throws {UserError} when an image is not to be had here, is for another platform, or finds no room; nothing has been sent then.
 */
export async function transferImages(server: Server, transfer: Transfer, { log, signal }: Telling): Promise<Transferred> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-images-'));
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt(server, transfer, folder, { log, signal });
      } catch (error) {
        if (!(error instanceof PiecesMissing) || tries === TRIES) throw error;
        log.info(`${error.message} What the server has is asked again.`);
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function attempt(server: Server, transfer: Transfer, folder: string, { log, signal }: Telling): Promise<Transferred> {
  const store = `${transfer.state}/${STORE}`;
  const asking = server.persist((connection) => askHeld(connection, store));
  const [held, own] = await Promise.all([asking, transfer.archive === undefined ? ownImages(transfer.references, transfer.environment, signal) : []]);
  const images = wantedOf(await gather(transfer, own, held, folder, signal), transfer);
  images.forEach((image) => refuseOther(image, held, server.label));
  const blobs = lacking(images, held);
  const bytes = blobs.reduce((sum, { size }) => sum + size, 0);
  const fault = imageSpaceFault(server.label, bytes, held);
  if (fault !== undefined) throw new NoRoom(`${fault} No image was sent.`);
  log.info(`${saying(images, blobs)} (${formatSize(bytes)}) to send, the rest is on ${server.label}.`);
  let arrived: Held['pieces'] | undefined = held.pieces;
  await server.persist(async (connection) => {
    // Once the line has dropped, more is there than was told.
    const there = arrived ?? (await askHeld(connection, store)).pieces;
    arrived = undefined;
    await sendPieces(connection, store, blobs, there, { log, signal });
  });
  await server.persist((connection) => loadImages(connection, store, images, blobs, held.takesParts));
  return { bytes };
}

async function gather({ archive, environment }: Transfer, own: readonly OwnImage[], held: Held, folder: string, signal: AbortSignal): Promise<Image[]> {
  const into = await mkdtemp(join(folder, 'blobs-'));
  const spooled = archive === undefined ? await saved(own, environment, held, into, signal) : await spoolPath(archive, into);
  return imagesIn(spooled, held.platform);
}

function saved(own: readonly OwnImage[], environment: Environment, held: Held, into: string, signal: AbortSignal): Promise<Spool> {
  const needed = new Set(own.flatMap(({ diffIds }) => diffIds.slice(heldOf(held, diffIds))));
  const spare = new Set(own.flatMap(({ diffIds }) => diffIds).filter((diffId) => !needed.has(diffId)));
  return spool(savedImages(own.map(({ reference }) => reference), environment, signal), into, (hex) => spare.has(`sha256:${hex}`));
}

function wantedOf(images: readonly Image[], { references, archive }: Transfer): Image[] {
  const missing = references.filter((reference) => !images.some((image) => carries(image, reference)));
  if (missing.length > 0) {
    const there = images.flatMap((image) => image.references).join(', ') || 'images without a name';
    throw new UserError(`${archive ?? 'What docker save wrote'} holds no ${missing.join(', no ')}, but ${there}. Name the images in it as the compose file does.`);
  }
  return images.filter((image) => references.some((reference) => carries(image, reference)))
    .map((image) => ({ ...image, references: references.filter((reference) => carries(image, reference)) }));
}

function carries({ references }: Image, wanted: string): boolean {
  return references.some((reference) => fullName(reference) === fullName(wanted));
}

/** A name as engines write it out: `shop` is `docker.io/library/shop:latest`. */
export function fullName(reference: string): string {
  const [host = '', ...rest] = reference.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(host) || host === 'localhost');
  const path = hasHost ? reference : `docker.io/${rest.length === 0 ? 'library/' : ''}${reference}`;
  return /[:@][^/]*$/.test(path) ? path : `${path}:latest`;
}

function refuseOther({ references, platform }: Image, held: Held, label: string): void {
  if (platform === held.platform) return;
  throw new UserError(`${references.join(', ')} is built for ${platform}, but ${label} is ${held.platform}. Build it for that platform (docker build --platform ${held.platform}).`);
}

// Two images may share layers that the server lacks.
function lacking(images: readonly Image[], held: Held): Blob[] {
  const blobs = new Map<string, Blob>();
  for (const { layers } of images) {
    for (const { blob, diffId } of layers.slice(heldOf(held, layers.map((layer) => layer.diffId)))) {
      if (blob === undefined) throw new Error(`Layer ${diffId} was left out, though the server lacks it`);
      blobs.set(blob.hex, blob);
    }
  }
  return [...blobs.values()];
}

function saying(images: readonly Image[], { length }: readonly Blob[]): string {
  const all = new Set(images.flatMap(({ layers }) => layers.map(({ diffId }) => diffId))).size;
  return `${images.flatMap(({ references }) => references).join(', ')}: ${length} of ${all} ${all === 1 ? 'layer' : 'layers'}`;
}
