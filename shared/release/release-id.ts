import { UserError } from '#shared/core/errors';

const MAX_LENGTH = 100;
const SHORT_COMMIT = 7;

/** The id a release gets when none is given: `YYYYMMDD-HHMMSS-<short commit>`, in UTC. */
export function defaultReleaseId(time: Date, commit: string): string {
  const [day, clock] = time.toISOString().slice(0, 19).split('T') as [string, string];
  return [day.replaceAll('-', ''), clock.replaceAll(':', ''), commit.slice(0, SHORT_COMMIT)].filter((part) => part !== '').join('-');
}

/**
 * The given release id, which becomes a folder's name on the server.
 * @throws {UserError} unless it is at most 100 letters, digits, dots, dashes, underscores and pluses, begins with none of `.` and `-`, and holds no `..`.
 */
export function checkReleaseId(id: string): string {
  const isName = /^[A-Za-z0-9_+][A-Za-z0-9._+-]*$/.test(id) && !id.includes('..') && id.length <= MAX_LENGTH;
  if (isName) return id;
  const shown = id.length > MAX_LENGTH ? `${JSON.stringify(id.slice(0, 40))}… (${id.length} characters)` : JSON.stringify(id);
  throw new UserError(`${shown} cannot be a release id. Use letters, digits, dots, dashes, underscores and pluses, at most ${MAX_LENGTH}, without a dot or dash at the beginning and without "..", such as 20261121-140500-1a2b3c4 or v1.4.0.`);
}
