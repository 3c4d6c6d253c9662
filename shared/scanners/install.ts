import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '#shared/core/errors';
import type { Log } from '#shared/core/log';
import { formatSize } from '#shared/core/size';
import { download, type Downloading } from './download.ts';
import type { Artefact, Release } from './lock.ts';
import { pickArtefact } from './pick.ts';
import { memberOf } from './unpack.ts';

/** Where scanners are installed from, and into. */
export interface Installing {
  readonly log: Log;
  readonly downloading: Downloading;
  /** What stands in place of https://github.com. */
  readonly base: string;
  readonly isOffline: boolean;
  /** Whether the runner has a tool cache. */
  readonly hasToolCache: boolean;
  readonly temp: string;
  /** As Node names them: `linux-x64`. */
  readonly platform: string;
}

/** A program that can be run. */
export interface Installed {
  readonly path: string;
  readonly from: 'tool cache' | 'release';
}

// Of a file whose size is not pinned, bytes.
const LARGEST = 512 * 2 ** 20;
const ARCHIVE = 'archive';

/**
 * Installs a pinned release for this job alone. What is kept in the tool cache is the file as it was published, which is hashed again
 * each time before anything comes out of it: other jobs can write there.
 * @throws {UserError} when it cannot be had, or is not what is pinned.
 */
export async function install(name: string, release: Release, installing: Installing): Promise<Installed> {
  const artefact = pickArtefact(name, release, installing.platform);
  const what = `${name} ${release.version}`;
  const cached = await fromCache(name, release, artefact, installing);
  const bytes = cached ?? await fromRelease(what, artefact, installing);
  const program = artefact.member === undefined ? bytes : await memberOf(bytes, artefact.member, what);
  const folder = await mkdtemp(join(installing.temp, 'slipway-scanner-'));
  const path = join(folder, name);
  await writeFile(path, program, { mode: 0o700, flag: 'wx' });
  if (cached === undefined) await keep(name, release, bytes, folder, installing);
  return { path, from: cached === undefined ? 'release' : 'tool cache' };
}

async function fromCache(name: string, { version }: Release, artefact: Artefact, { hasToolCache, log }: Installing): Promise<Buffer | undefined> {
  if (!hasToolCache) return undefined;
  const { find } = await import('@actions/tool-cache');
  const folder = find(cacheName(name), version);
  if (folder === '') return undefined;
  const bytes = await readFile(join(folder, ARCHIVE)).catch(() => undefined);
  if (bytes !== undefined && digestOf(bytes) === artefact.sha256) return bytes;
  log.warning(`${name} ${version} in the tool cache is not what is pinned, and is not used: somebody else wrote there.`);
  return undefined;
}

async function fromRelease(what: string, { path, sha256, bytes: size }: Artefact, { base, isOffline, downloading, log }: Installing): Promise<Buffer> {
  if (isOffline) throw new UserError(`${what} is neither on PATH nor in the tool cache, and nothing may be downloaded.`);
  const url = new URL(base.replace(/\/+$/, '') + path);
  log.info(`Downloading ${url.href}`);
  const bytes = await download(url, size ?? LARGEST, downloading);
  const digest = digestOf(bytes);
  if (digest === sha256) return bytes;
  throw new UserError(`${what} is not what is pinned: ${url.href} has sha256 ${digest} (${formatSize(bytes.length)}), and pinned is ${sha256}${size === undefined ? '' : ` (${formatSize(size)})`}. Nothing of it was run. If it is damaged, run the job again; if it stays so, somebody changed the release or the mirror.`);
}

async function keep(name: string, { version }: Release, bytes: Buffer, folder: string, { hasToolCache, log }: Installing): Promise<void> {
  if (!hasToolCache) return;
  const { cacheFile } = await import('@actions/tool-cache');
  const source = join(folder, ARCHIVE);
  try {
    await writeFile(source, bytes);
    await cacheFile(source, ARCHIVE, cacheName(name), version);
    await rm(source);
  } catch (error) {
    log.info(`${name} ${version} could not be kept in the tool cache: ${String(error)}`); // it is only slower the next time
  }
}

function cacheName(name: string): string {
  return `slipway-${name}`;
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
