import { UserError } from '#shared/core/errors';
import { isSlackId, type People } from './mention.ts';

/** Logins and Slack IDs out of YAML. @throws {UserError} that names the place of the first mistake. */
export function parsePeople(yaml: unknown): People {
  if (typeof yaml !== 'object' || yaml === null || Array.isArray(yaml)) throw new UserError('accepted are lines such as "octocat: U024BE7LH"');
  return Object.fromEntries(Object.entries(yaml).map(([login, id]) => {
    if (typeof id !== 'string' || !isSlackId(id)) throw new UserError(`${login}: accepted is a Slack ID such as U024BE7LH (of a person) or S0604QSJC (of a group)`);
    return [login.toLowerCase(), id];
  }));
}
