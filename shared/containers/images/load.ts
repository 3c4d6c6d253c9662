import { readFileSync } from 'node:fs';
import { UserError } from '#shared/core/errors';
import { packet, type PacketEntry } from '#shared/server/packet';
import { scriptCommand } from '#shared/server/scripts';
import type { SshConnection } from '#shared/system/ssh/connection';
import type { Blob, Image } from './image.ts';
import { memberName, piecesOf } from './pieces.ts';

const script = readFileSync(new URL('./load.sh', import.meta.url), 'utf8');
const PIECES_MISSING = 66; // by load.sh
// What an engine says of a layer that was left out because it had it, and has no longer.
const LAYER_MISSING = /no such file or directory|layer .* not found/i;

/** Something the server had, or had been sent, is gone again: asked anew, it is sent. */
export class PiecesMissing extends UserError {}

/** Has the server's engine take the images from the layers that were sent, and removes those. @throws {UserError} with what the engine said. */
export async function loadImages(connection: SshConnection, store: string, images: readonly Image[], sent: readonly Blob[], isPartial: boolean): Promise<void> {
  const layers = sent.map((blob) => `${blob.hex}:${piecesOf(blob)}`);
  const { code, stderr } = await connection.exec(scriptCommand(script, [store, images.flatMap(({ references }) => references).join(' '), ...layers]), { stdin: packet(ending(images)) });
  if (code === 0) return;
  const message = `The Docker of ${connection.label} did not take the images: ${stderr.trim()}`;
  throw code === PIECES_MISSING || (isPartial && LAYER_MISSING.test(stderr)) ? new PiecesMissing(message) : new UserError(message);
}

// An engine skips a layer it has, whether the archive holds it or not, as long as the manifest names it.
function ending(images: readonly Image[]): PacketEntry[] {
  const manifest = images.map(({ id, references, layers }) => ({
    Config: configName(id), RepoTags: references.filter((reference) => !reference.includes('@')).map(tagged), Layers: layers.map(({ blob, diffId }) => memberName(blob?.hex ?? hexOf(diffId))),
  }));
  return [
    ...images.map(({ id, config }): PacketEntry => ({ kind: 'text', path: configName(id), mode: 0o600, text: config })),
    { kind: 'text', path: 'manifest.json', mode: 0o600, text: JSON.stringify(manifest) },
  ];
}

function configName(id: string): string {
  return `${hexOf(id)}.json`;
}

function hexOf(digest: string): string {
  return digest.replace('sha256:', '');
}

function tagged(reference: string): string {
  return /:[^/]*$/.test(reference) ? reference : `${reference}:latest`;
}
