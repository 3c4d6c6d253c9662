import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { NodeSSH } from 'node-ssh';
import { output } from '../script/src/process.ts';
import type { UploadHost } from './upload-host.ts';

/** Brings the folder `source` to the folder `to` of the server, which is there and empty, or holds what was sent before. */
export type Upload = (host: UploadHost, source: string, to: string) => Promise<unknown>;

/** What people upload with, each as its own documentation has it. */
export const STREAMING_PEERS = {
  'tar | ssh tar, sync -f': ({ ssh, address }, source, to) => shell(`tar -C ${source} -cf - . | ${ssh} ${address} 'tar -xpf - -C ${to} && sync -f ${to}'`),
  'rsync -a': ({ ssh, address }, source, to) => shell(`rsync -a -e '${ssh}' ${source}/ ${address}:${to}/`),
} as const satisfies Readonly<Record<string, Upload>>;

/** The same that ask again for every file: minutes for 10,000 of them over a long line. */
export const FILE_BY_FILE_PEERS = {
  'scp -r': ({ ssh, address }, source, to) => shell(`scp -q -r ${ssh.replace('ssh -F none -p', '-F none -P')} ${source} ${address}:${to}/`),
  'node-ssh putDirectory': async ({ key, port, address }, source, to) => {
    const [username = '', host = ''] = address.split('@');
    const ssh = await new NodeSSH().connect({ host, port, username, privateKey: key });
    const isWhole = await ssh.putDirectory(source, to, { recursive: true, concurrency: 20 });
    ssh.dispose();
    if (!isWhole) throw new Error('putDirectory left files out');
  },
} as const satisfies Readonly<Record<string, Upload>>;

/** No upload, but what all of them begin with. */
export const CONNECTION = { 'ssh server true': ({ ssh, address }) => shell(`${ssh} ${address} true`) } as const satisfies Readonly<Record<string, Upload>>;

/** What people bring a changed release with, beside the last one in the folder `last` next to `to`. */
export const CHANGE_PEERS = {
  'rsync -a --delete --link-dest': ({ ssh, address }, source, to) => shell(`rsync -a --delete --link-dest=${last(to)} -e '${ssh}' ${source}/ ${address}:${to}/`),
  'rsync -ac --delete, in place': ({ ssh, address }, source, to) => shell(`rsync -ac --delete -e '${ssh}' ${source}/ ${address}:${last(to)}/`),
  'cp -a, rsync -ac --delete, mv a link': ({ ssh, address }, source, to) => shell(`${ssh} ${address} 'cp -a ${last(to)} ${to}' && rsync -ac --delete -e '${ssh}' ${source}/ ${address}:${to}/
    ${ssh} ${address} 'sync -f ${to} && ln -s ${to} ${to}.link && mv -T ${to}.link ${dirname(to)}/current'`),
} as const satisfies Readonly<Record<string, Upload>>;

/** Where the last release lies for `CHANGE_PEERS`. */
export function last(to: string): string {
  return `${dirname(to)}/last`;
}

/** Puts a folder there as the last release. */
export async function placeLast(source: string, to: string): Promise<void> {
  mkdirSync(dirname(to), { recursive: true });
  await shell(`cp -a ${source} ${last(to)} && sync -f ${dirname(to)}`);
}

function shell(command: string): Promise<string> {
  return output('bash', ['-e', '-o', 'pipefail', '-c', command]);
}
