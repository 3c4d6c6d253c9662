import { UserError } from '#shared/core/errors';
import type { CopyPlace } from '#shared/database/copy-plan';
import { parsePlace } from '#shared/runner/connection-inputs';

/** What is accepted as a place to copy to. */
export const PLACE = 'ssh://user@host:port/absolute/folder (the port may be left out) or s3://bucket/prefix';

/** The place that a text names. @throws {UserError} */
export function parseCopyPlace(text: string): CopyPlace {
  const [, login = '', folder = ''] = /^ssh:\/\/([^/]+)(\/.*)$/.exec(text) ?? [];
  const place = parsePlace(login);
  if (place?.user !== undefined && !folder.split('/').includes('..') && !/\p{Cc}/u.test(folder)) return { kind: 'ssh', text, user: place.user, host: place.host, port: place.port ?? 22, folder };
  const [, bucket = '', prefix = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{2,62})(?:\/([A-Za-z0-9._/-]*?)\/?)?$/.exec(text) ?? [];
  if (bucket !== '') return { kind: 's3', text, bucket, prefix };
  throw new UserError(`copy-to: ${JSON.stringify(text)}: accepted is ${PLACE}`);
}
