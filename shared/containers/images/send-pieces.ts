import { readFileSync } from 'node:fs';
import { UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import { uploadProgress, type UploadProgress } from '#shared/release/upload-progress';
import { scriptCommand } from '#shared/server/scripts';
import type { SshConnection } from '#shared/system/ssh/connection';
import type { Blob } from './image.ts';
import { pieceName, piecesOf, readPiece } from './pieces.ts';

const script = readFileSync(new URL('./receive-piece.sh', import.meta.url), 'utf8');
const LONG = 15; // milliseconds of a round trip: the line leads through the Internet, where bytes are dear and one channel's window is small
const LANES = { short: 2, long: 6 } as const; // of the 10 sessions that an sshd allows unless told otherwise

interface Errand {
  readonly blob: Blob;
  readonly number: number;
}

/** Sends the pieces of layers that are not among those that have arrived. @throws {UserError} when the server does not take one. */
export async function sendPieces(
  connection: SshConnection, store: string, blobs: readonly Blob[], arrived: ReadonlySet<string>, { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  const errands = blobs.flatMap((blob) => Array.from({ length: piecesOf(blob) }, (_, number) => ({ blob, number })))
    .filter(({ blob, number }) => !arrived.has(`${blob.hex}/${pieceName(number)}`));
  const isLong = connection.roundTrip() > LONG;
  const progress = uploadProgress({ files: errands.length, bytes: blobs.reduce((sum, { size }) => sum + size, 0) }, log.info);
  const queue = errands[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) await sendOne(connection, store, next.value, isLong, signal, progress);
  };
  const lanes = await Promise.allSettled(Array.from({ length: isLong ? LANES.long : LANES.short }, lane));
  const failed = lanes.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

async function sendOne(connection: SshConnection, store: string, { blob, number }: Errand, isDear: boolean, signal: AbortSignal, progress: UploadProgress): Promise<void> {
  const { name, bytes, sum } = await readPiece(blob, number, isDear);
  progress.begun();
  const { code, stderr } = await connection.exec(scriptCommand(script, [store, blob.hex, name, sum]), { stdin: bytes, signal });
  if (code !== 0) throw new UserError(`${connection.label} did not take a piece of layer ${blob.hex.slice(0, 12)}: ${stderr.trim()}`);
  progress.sent(bytes.length);
}
