import { join } from 'node:path';
import { scanTree } from '#shared/release/scan';
import type { PacketEntry } from '#shared/server/packet';

/** The files of a folder of the workspace, as they travel with each plan. @throws {UserError} when it holds none, or what cannot travel. */
export async function uploaded(source: string, signal?: AbortSignal): Promise<readonly PacketEntry[]> {
  const { files, folders, links } = await scanTree(source, (path) => path === '.git', [], signal);
  return [
    { kind: 'folder', path: 'migrations', mode: 0o700 },
    ...folders.map(({ path, mode }) => ({ kind: 'folder', path: `migrations/${path}`, mode }) as const),
    ...Array.from(files, ({ path, mode, size }) => ({ kind: 'file', path: `migrations/${path}`, mode, size, source: join(source, path) }) as const),
    ...links.map(({ path, target }) => ({ kind: 'link', path: `migrations/${path}`, mode: 0o777, target }) as const),
  ];
}
