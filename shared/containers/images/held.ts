import { UserError } from '#shared/core/errors';
import { formatSize } from '#shared/core/size';
import { roomScript, scriptCommand } from '#shared/server/scripts';
import type { SshConnection } from '#shared/system/ssh/connection';
import { readFileSync } from 'node:fs';
import { heldLayers } from './image.ts';

const script = readFileSync(new URL('./held.sh', import.meta.url), 'utf8');
const CONTAINERD_STORE = 'io.containerd.snapshotter';

/** What a server's engine has, and what of a transfer arrived before. */
export interface Held {
  /** Such as `linux/amd64`. */
  readonly platform: string;
  /** Whether the engine takes an archive that leaves out what it has. One that keeps images in containerd does not. */
  readonly takesParts: boolean;
  /** The layers of each image, by image id. */
  readonly images: ReadonlyMap<string, readonly string[]>;
  /** Pieces as `<layer>/<number>`, compressed or not. */
  readonly pieces: ReadonlySet<string>;
  /** Bytes free where the engine keeps images, and where pieces arrive; undefined where that cannot be told. */
  readonly free: { readonly engine: Disk; readonly here: Disk };
}

interface Disk {
  readonly bytes: number | undefined;
  readonly device: string;
}

/** Asks a server what its engine has. @throws {UserError} when it has none that the user may use. */
export async function askHeld(connection: SshConnection, store: string): Promise<Held> {
  const lines: string[] = [];
  let rest = '';
  const { code, stderr } = await connection.exec(scriptCommand(`${roomScript}\n${script}`, [store]), {
    onOutput: (chunk) => {
      const parts = (rest + chunk.toString('latin1')).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    },
  });
  if (code !== 0) throw new UserError(`${connection.label} cannot use Docker: ${stderr.trim()}. Install it there, and let this user use it (usermod -aG docker USER).`);
  return parseHeld(lines);
}

function parseHeld(lines: readonly string[]): Held {
  const told = (kind: string): string[] => lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
  const images = told('image').map((line) => line.split(' ')).map(([id = '', ...layers]) => [id, layers] as const);
  return {
    platform: told('platform')[0] ?? '',
    takesParts: !(told('store')[0] ?? '').includes(CONTAINERD_STORE),
    images: new Map(images),
    pieces: new Set(told('piece').map((piece) => piece.replace(/\.gz$/, ''))),
    free: { engine: diskOf(told('engine')[0]), here: diskOf(told('here')[0]) },
  };
}

function diskOf(line = ''): Disk {
  const [kibibytes = '', ...device] = line.split(' ');
  return { bytes: /^\d+$/.test(kibibytes) ? Number(kibibytes) * 1_024 : undefined, device: device.join(' ') };
}

/** How many layers of an image the server need not be sent. */
export function heldOf({ images, takesParts }: Held, diffIds: readonly string[]): number {
  return takesParts ? heldLayers(diffIds, [...images.values()]) : 0;
}

/**
 * What to tell when there is no room for so many bytes of layers: they arrive as pieces, then the engine unpacks the archive, then it keeps
 * the layers. Undefined where there is room, or where that cannot be told.
 */
export function imageSpaceFault(label: string, bytes: number, { free: { engine, here } }: Held): string | undefined {
  const isOne = engine.device === here.device;
  const short = [
    { where: 'where Docker keeps images', disk: engine, need: (isOne ? 3 : 2) * bytes },
    ...(isOne ? [] : [{ where: 'of the service', disk: here, need: bytes }]),
  ].find(({ disk, need }) => disk.bytes !== undefined && disk.bytes < need);
  if (short === undefined) return undefined;
  return `The disk ${short.where} on ${label} is too full: the images need ${formatSize(short.need)} while they arrive, ${formatSize(short.disk.bytes ?? 0)} are free. Remove images (docker image prune), or old releases, there.`;
}
