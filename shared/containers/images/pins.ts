import { readFileSync } from 'node:fs';
import { UserError } from '#shared/core/errors';
import { scriptCommand } from '#shared/server/scripts';
import type { Server } from '#shared/server/server';
import type { SshConnection } from '#shared/system/ssh/connection';

/** What a name meant on the server when a release was made: kept with the release, so that a rollback runs the same bits even if the tag has moved. */
export interface PinnedImage {
  readonly reference: string;
  /** `sha256:…`, by which the server's engine knows it, however it came there. */
  readonly id: string;
  /** What a registry would give the very same by, `ghcr.io/acme/shop@sha256:…`; none for an image that came from the runner. */
  readonly digest?: string;
}

const script = readFileSync(new URL('./pin.sh', import.meta.url), 'utf8');

/** What the names mean on the server now. @throws {UserError} naming an image that is not there. */
export async function pinImages(server: Server, references: readonly string[]): Promise<PinnedImage[]> {
  const pins: PinnedImage[] = [];
  for (const reference of references) pins.push(await server.persist((connection) => pin(connection, reference)));
  return pins;
}

async function pin(connection: SshConnection, reference: string): Promise<PinnedImage> {
  const { code, stdout, stderr } = await connection.exec(scriptCommand(script, [reference]));
  if (code !== 0) throw new UserError(`${reference} is not on ${connection.label}: ${stderr.trim()}`);
  return parsePin(reference, stdout.trim());
}

function parsePin(reference: string, told: string): PinnedImage {
  const [id = '', ...rest] = told.split(' ');
  const digests = JSON.parse(rest.join(' ') || '[]') as string[] | null;
  const repository = reference.replace(/@.*$/, '').replace(/:[^/:]*$/, '');
  const digest = digests?.find((each) => each.startsWith(`${repository}@`)) ?? digests?.[0];
  return { reference, id, ...(digest === undefined ? {} : { digest }) };
}
