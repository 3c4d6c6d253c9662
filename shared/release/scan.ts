import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError, messageOf } from '#shared/core/errors';
import { openContents, type Keep } from './contents.ts';
import type { Exclude } from './exclude.ts';
import { fileTable } from './file-table.ts';
import { fingerprintLarge, fingerprintSmall } from './fingerprint.ts';
import { escapingLinks } from './links.ts';
import { isShared, type SharedPath } from './shared-paths.ts';
import { byPath, comparePaths, MANY_FILES, type Files, type ReleaseLink, type Tree } from './tree.ts';
import { breath, walk, type Found } from './walk.ts';

const FAULTS_SHOWN = 10;
const SLICE = 64; // small files between two breaths: a few milliseconds
const UNKNOWN = '0'.repeat(64); // holds the place of a hash
const LARGE_AT_ONCE = 4; // as many as Node has threads for reading

/**
 * What would be released from a directory on the runner, every file with its sha256. Links that lead out of it are left out where
 * a shared path takes their place.
 * @throws when the signal is aborted, and {UserError} naming the source when it is missing, not a directory, or empty, and each entry that cannot be released.
 */
export async function scanTree(source: string, exclude: Exclude, shared: readonly SharedPath[] = [], signal?: AbortSignal): Promise<Tree> {
  await refuseUnlessDirectory(source);
  try {
    const found = await walk(source, exclude, signal);
    const links = insideLinks(found, shared);
    refuseFaults(source, found.faults);
    if (found.files.length + links.length === 0) throw nothingIn(source);
    const { contents, keep } = openContents();
    const files = await fingerprints(source, found.files, found.files.length < MANY_FILES ? keep : undefined, signal);
    return { files, contents, folders: found.folders.toSorted(byPath), links: links.toSorted(byPath) };
  } catch (error) {
    throw isFileFault(error) ? new UserError(`${source} could not be read wholly: ${messageOf(error)}. Give the runner's user the right to read it, and let nothing change it meanwhile.`) : error;
  }
}

async function refuseUnlessDirectory(source: string): Promise<void> {
  const found = await stat(source).catch((error: unknown) => {
    throw new UserError(`The source ${source} cannot be released: ${isMissing(error) ? 'it does not exist. Build it in an earlier step, or correct the path' : messageOf(error)}.`);
  });
  if (!found.isDirectory()) throw new UserError(`The source ${source} is not a directory. Give the directory whose contents become the release.`);
}

function insideLinks(found: Found, shared: readonly SharedPath[]): readonly ReleaseLink[] {
  const outside = new Set(escapingLinks(found.links));
  const links = found.links.filter((link) => !outside.has(link) || !isShared(link.path, shared));
  for (const link of escapingLinks(links)) {
    found.faults.push(`${link.path} is a link that leads out of the release (to ${link.target}): exclude it, or list ${link.path} under shared`);
  }
  return links;
}

function refuseFaults(source: string, faults: readonly string[]): void {
  if (faults.length === 0) return;
  const more = faults.length > FAULTS_SHOWN ? [`and ${faults.length - FAULTS_SHOWN} more`] : [];
  throw new UserError([`${source} cannot be released as it is. Exclude or mend:`, ...faults.slice(0, FAULTS_SHOWN), ...more].join('\n  '));
}

function nothingIn(source: string): UserError {
  return new UserError(`There is nothing to release in ${source}: no file is in it, or all are excluded. Check that the build ran and wrote there, and the exclude patterns.`);
}

// Takes the list apart from its end on, so that it is not held together with the table it becomes.
async function fingerprints(source: string, paths: string[], keep: Keep | undefined, signal: AbortSignal | undefined): Promise<Files> {
  const files = fileTable();
  paths.sort((a, b) => comparePaths(b, a));
  const large: { readonly path: string; readonly index: number }[] = [];
  for (let path = paths.pop(); path !== undefined; path = paths.pop()) {
    const file = fingerprintSmall(join(source, path), path, keep);
    const index = files.add(file ?? { path, mode: 0, size: 0, sha256: UNKNOWN });
    if (file === undefined) large.push({ path, index });
    if (index % SLICE === SLICE - 1) await breath(signal);
  }
  const readers = Array.from({ length: LARGE_AT_ONCE }, async () => {
    for (let next = large.pop(); next !== undefined; next = large.pop()) files.replace(next.index, await fingerprintLarge(join(source, next.path), next.path, signal));
  });
  await Promise.all(readers);
  return files;
}

function isMissing(error: unknown): boolean {
  return isFileFault(error) && error.code === 'ENOENT';
}

function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  return typeof error === 'object' && error !== null && 'syscall' in error;
}
