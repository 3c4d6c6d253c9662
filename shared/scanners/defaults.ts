import { UserError } from '#shared/core/errors';
import type { Downloading } from './download.ts';
import { GITHUB, RELEASE_HOSTS } from './lock.ts';

/** How long a scanner's release must have been out unless told otherwise, ms: hostile ones were all found out sooner. */
export const MINIMUM_AGE = 14 * 86_400_000;

/** Where releases come from: GitHub, or a mirror, which then is the only host that is asked. @throws {UserError} when the mirror is no web address. */
export function sourceOf(mirror: string | undefined): { readonly base: string; readonly hosts: readonly string[] } {
  if (mirror === undefined) return { base: GITHUB, hosts: RELEASE_HOSTS };
  const url = URL.parse(mirror);
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') throw new UserError('a mirror is a web address without a login, a query or a fragment, such as https://mirror.example.com/github');
  return { base: mirror, hosts: [url.host] };
}

/** Between tries, and for a server that is silent, ms. */
export const PATIENCE: Pick<Downloading, 'pauses' | 'patience'> = { pauses: [2_000, 10_000], patience: 30_000 };
