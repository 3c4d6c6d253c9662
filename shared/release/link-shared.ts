import { commandLine } from '#shared/core/quote';
import { parted } from './file-table.ts';
import { absolute, serverScript } from './script.ts';
import { isShared, type SharedPath } from './shared-paths.ts';
import type { Tree } from './tree.ts';

export interface SharedLinks {
  /** Folder of the assembled, verified release that nothing uses yet. */
  readonly release: string;
  /** Folder that holds what releases share. */
  readonly shared: string;
  readonly paths: readonly SharedPath[];
}

/**
 * POSIX sh text that puts a link to the shared file or folder at each path of the release, in place of what the release ships there.
 * Every path is checked before anything changes. A missing shared folder is made, once with the content the release ships. Idempotent.
 */
export function linkShared({ release, shared, paths }: SharedLinks): string {
  const calls = (verb: string): string[] => paths.map(({ path, kind }) => commandLine([verb, path, kind]));
  return serverScript({ release: absolute(release), shared: absolute(shared) }, [FUNCTIONS.trim(), ...calls('check'), ...calls('adopt'), ...calls('link')].join('\n'));
}

/** The tree without what shared paths took the place of: what the release's folder on the server still has of it, to be its recorded manifest. */
export function withoutShared({ files, folders, links }: Tree, shared: readonly SharedPath[]): Tree {
  const stays = ({ path }: { readonly path: string }): boolean => !isShared(path, shared);
  const [own] = parted(files, stays);
  return { files: own, folders: folders.filter(stays), links: links.filter(stays) };
}

// A new shared folder is filled under another name and renamed, so that a kill leaves either none or the whole.
const FUNCTIONS = String.raw`
[ -d "$release" ] || fail "There is no release in $release."
check() {
  if [ "$2" = folder ]; then
    [ ! -e "$shared/$1" ] || [ -d "$shared/$1" ] || fail "shared lists the folder $1/, but $shared/$1 on the server is a file. List it without the slash, or move the file away."
  else
    [ -e "$shared/$1" ] || fail "The shared file $1 is missing. Put it at $shared/$1 on the server; or list it as $1/ if it is a folder that may start empty."
  fi
}
adopt() {
  [ ! -d "$shared/$1" ] && [ "$2" = folder ] || return 0
  new=$shared/$1.slipway-new
  {
    rm -rf -- "$new" && mkdir -p -- "${'$'}{new%/*}" &&
      if [ -d "$release/$1" ] && [ ! -L "$release/$1" ]; then cp -pR -- "$release/$1" "$new"; else mkdir -- "$new"; fi &&
      mv -- "$new" "$shared/$1"
  } || fail "The shared folder $shared/$1 could not be made."
}
link() {
  [ "$(readlink -- "$release/$1")" != "$shared/$1" ] || return 0
  in_release=$release/$1
  { mkdir -p -- "${'$'}{in_release%/*}" && rm -rf -- "$in_release" && ln -s -- "$shared/$1" "$in_release"; } ||
    fail "$release/$1 could not be made a link to $shared/$1."
}
`;
