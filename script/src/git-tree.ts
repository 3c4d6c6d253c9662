import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { output } from './process.ts';
import type { Added } from './release.ts';

/** A tree being put together in an index of its own; the user's index and work tree are not touched. */
export interface GitTree extends AsyncDisposable {
  paths(): Promise<string[]>;
  read(path: string): Promise<string>;
  add(file: Added): Promise<void>;
  /** Stores the tree and returns its id. */
  write(): Promise<string>;
  /** Writes the files into a folder. */
  checkOut(folder: string): Promise<void>;
}

/**
 * Starts from HEAD, or, with `uncommitted`, from what a commit of everything not ignored would hold; its objects then stay out of the repository.
 */
export async function startTree({ uncommitted }: { readonly uncommitted: boolean }): Promise<GitTree> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-tree-'));
  const env = { GIT_INDEX_FILE: join(folder, 'index'), ...(uncommitted ? await ownObjects(folder) : {}) };
  const git = (args: readonly string[], input = ''): Promise<string> => output('git', args, { env, input });
  await git(['read-tree', 'HEAD']);
  if (uncommitted) await git(['add', '--all', '.']);
  return {
    paths: async () => (await git(['ls-files', '-z'])).split('\0').filter((path) => path !== ''),
    read: (path) => git(['cat-file', 'blob', `:${path}`]),
    add: async ({ path, content }) => {
      const blob = (await git(['hash-object', '-w', '--stdin'], content)).trim();
      await git(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`]);
    },
    write: async () => (await git(['write-tree'])).trim(),
    checkOut: async (to) => void (await git(['checkout-index', '--all', `--prefix=${resolve(to)}/`])),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function ownObjects(folder: string): Promise<Record<string, string>> {
  const objects = (await output('git', ['rev-parse', '--git-path', 'objects'])).trim();
  await mkdir(join(folder, 'objects'));
  return { GIT_OBJECT_DIRECTORY: join(folder, 'objects'), GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(objects) };
}
