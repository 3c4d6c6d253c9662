import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { messageOf, UserError } from '#shared/core/errors';
import { faultOf, faultText } from './faults.ts';
import { persistently, type Manners } from './patience.ts';
import type { Posted, Workspace } from './web-api.ts';

/**
 * Puts files into the thread of a message: asks where, sends the bytes, shows them.
 * @throws {UserError} that says which could not be attached; the others are.
 */
export async function attachFiles(workspace: Workspace, paths: readonly string[], at: Posted, manners: Manners): Promise<void> {
  const sent = await Promise.allSettled(paths.map((path) => upload(workspace, path, manners)));
  const files = sent.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
  const failures = sent.flatMap((result, index) => (result.status === 'rejected' ? [`${paths[index]}: ${reasonOf(result.reason)}`] : []));
  await workspace.share(files, at).catch((error: unknown) => failures.push(reasonOf(error)));
  if (failures.length > 0) throw new UserError(`Not attached: ${failures.join('; ')}`);
}

async function upload(workspace: Workspace, path: string, manners: Manners): Promise<{ readonly id: string; readonly title: string }> {
  const body = await readFile(path).catch((error: unknown) => { throw new UserError(`it cannot be read (${messageOf(error)})`); });
  if (body.length === 0) throw new UserError('it is empty, and Slack takes no empty files');
  const title = basename(path);
  const { url, id } = await workspace.uploadAddress(title, body.length);
  const { status } = await persistently({ url: new URL(url), method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body }, manners);
  if (status !== 200) throw new UserError(`Slack answered its bytes with status ${status}`);
  return { id, title };
}

function reasonOf(error: unknown): string {
  return error instanceof UserError ? error.message : faultText(faultOf(error));
}
