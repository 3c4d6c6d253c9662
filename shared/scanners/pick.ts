import { formatDuration } from '#shared/core/duration';
import { UserError } from '#shared/core/errors';
import type { Artefact, Release } from './lock.ts';

/** What a release must be. */
export interface Terms {
  /** Undefined for the newest that is old enough. */
  readonly version: string | undefined;
  /** How long it must have been out, ms: a hostile release is mostly found out within days. */
  readonly minimumAge: number;
  readonly now: Date;
}

/**
 * The pinned release to be installed.
 * @throws {UserError} when none is pinned in that version, or none is old enough.
 */
export function pickRelease(name: string, releases: readonly Release[], { version, minimumAge, now }: Terms): Release {
  const wanted = releases.filter((release) => version === undefined || release.version === version);
  if (wanted.length === 0) throw new UserError(`${name} ${version} is not pinned; pinned is ${releases.map((release) => release.version).join(', ')}. Have that version on PATH, or leave the version out.`);
  const [picked] = wanted.filter((release) => ageOf(release, now) >= minimumAge);
  if (picked !== undefined) return picked;
  const told = wanted.map((release) => `${release.version} was out by ${release.released}, ${formatDuration(Math.max(0, ageOf(release, now)))} ago`);
  throw new UserError(`No release of ${name} is old enough: ${told.join('; ')}, and it is to be at least ${formatDuration(minimumAge)} old.`);
}

/**
 * The file of a release for this machine.
 * @throws {UserError} when none is pinned for it.
 */
export function pickArtefact(name: string, { version, artefacts }: Release, platform: string): Artefact {
  const artefact = artefacts[platform];
  if (artefact === undefined) throw new UserError(`${name} ${version} is pinned for ${Object.keys(artefacts).join(', ')}, and not for ${platform}. Have it on PATH.`);
  return artefact;
}

// From the end of the day it was out by.
function ageOf({ released }: Release, now: Date): number {
  return now.getTime() - Date.parse(`${released}T23:59:59Z`);
}
