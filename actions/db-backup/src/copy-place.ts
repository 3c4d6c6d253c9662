import { UserError } from '#shared/core/errors';
import type { CopyPlace } from '#shared/database/copy-plan';
import type { FarPlace } from '#shared/database/far-place';
import { parsePlace } from '#shared/runner/connection-inputs';

/** What is accepted as a folder of another server. */
export const FAR_PLACE = 'ssh://user@host:port/absolute/folder (the port may be left out)';
/** What is accepted as a place to copy to. */
export const PLACE = `${FAR_PLACE} or s3://bucket/prefix`;

/** The place that a text names. @throws {UserError} */
export function parseCopyPlace(text: string): CopyPlace {
  const far = parseFarPlace(text);
  if (far !== undefined) return { kind: 'ssh', text, ...far };
  const [, bucket = '', prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{2,62})(?:\/([A-Za-z0-9._/-]*?)\/?)?$/.exec(text) ?? [];
  if (bucket !== '') return { kind: 's3', text, bucket, prefix };
  throw new UserError(`copy-to: ${JSON.stringify(text)}: accepted is ${PLACE}`);
}

/** The folder of another server that a text names; undefined where it names none. */
export function parseFarPlace(text: string): FarPlace | undefined {
  const [, login = '', folder = ''] = /^ssh:\/\/([^/]+)(\/.*)$/.exec(text) ?? [];
  const place = parsePlace(login);
  if (place?.user === undefined || folder.split('/').includes('..') || /\p{Cc}/u.test(folder)) return undefined;
  return { user: place.user, host: place.host, port: place.port ?? 22, folder };
}
