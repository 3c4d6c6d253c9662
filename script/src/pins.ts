import { createHash } from 'node:crypto';
import { messageOf } from '#shared/core/errors';
import { download, type Downloading } from '#shared/scanners/download';
import type { Artefact, Lock, Release } from '#shared/scanners/lock';
import { memberOf } from '#shared/scanners/unpack';

/** Where GitHub tells of releases. */
export const GITHUB_API = 'https://api.github.com';

/** Where the files of releases are, and who has them on record. */
export interface Origin {
  readonly base: string;
  /** GitHub's API; undefined for a mirror, which has none. */
  readonly api: string | undefined;
  readonly downloading: Downloading;
}

export type PinState = 'as pinned' | 'differs' | 'not checked';

/** What became of one pinned file. */
export interface PinCheck {
  /** Such as `trivy 0.74.0 linux-x64`. */
  readonly pin: string;
  readonly state: PinState;
  /** What differs, or why it could not be checked; none when it is as pinned. */
  readonly reasons: readonly string[];
}

// Of a release in GitHub's API: https://docs.github.com/en/rest/releases/releases#get-a-release-by-tag-name
interface Recorded {
  readonly published_at: string;
  readonly assets: readonly { readonly name: string; readonly size: number; readonly digest: string | null }[];
}

const LARGEST = 512 * 2 ** 20;
const LARGEST_ANSWER = 8 * 2 ** 20;

/** Downloads every file of the lock, one after the other, and compares it with its pin and with what GitHub has on record. Never throws for a file. */
export async function* checkPins(lock: Lock, origin: Origin): AsyncGenerator<PinCheck> {
  for (const [name, releases] of Object.entries(lock)) {
    for (const release of releases) {
      for (const [platform, artefact] of Object.entries(release.artefacts)) yield { pin: `${name} ${release.version} ${platform}`, ...await checkPin(release, artefact, origin) };
    }
  }
}

async function checkPin(release: Release, artefact: Artefact, origin: Origin): Promise<Omit<PinCheck, 'pin'>> {
  try {
    const reasons = [...await differencesOfFile(artefact, origin), ...await differencesOnRecord(release, artefact, origin)];
    return { state: reasons.length === 0 ? 'as pinned' : 'differs', reasons };
  } catch (error) {
    return { state: 'not checked', reasons: [messageOf(error)] };
  }
}

async function differencesOfFile({ path, sha256, bytes: size, member }: Artefact, { base, downloading }: Origin): Promise<readonly string[]> {
  const bytes = await download(new URL(base.replace(/\/+$/, '') + path), LARGEST, downloading);
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== sha256) return [`The file has sha256 ${digest}, and pinned is ${sha256}.`];
  if (size !== undefined && bytes.length !== size) return [`The file has ${bytes.length} bytes, and pinned are ${size}.`];
  if (member === undefined) return [];
  return memberOf(bytes, member, path).then(() => [], (error: unknown) => [messageOf(error)]);
}

async function differencesOnRecord({ released }: Release, { path, sha256 }: Artefact, { api, downloading }: Origin): Promise<readonly string[]> {
  if (api === undefined) return [];
  const [, owner, repository, , , tag = '', file] = path.split('/');
  const url = new URL(`${api}/repos/${owner}/${repository}/releases/tags/${encodeURIComponent(tag)}`);
  const recorded = JSON.parse(String(await download(url, LARGEST_ANSWER, { ...downloading, hosts: [url.host] }))) as Recorded;
  const digest = recorded.assets.find(({ name }) => name === file)?.digest;
  return [
    ...(digest === `sha256:${sha256}` ? [] : [`GitHub has ${digest ?? 'no sha256'} on record for the file, and pinned is sha256:${sha256}.`]),
    ...(recorded.published_at.slice(0, 10) <= released ? [] : [`GitHub says that it was published at ${recorded.published_at}, and the pin that it was out by ${released}.`]),
  ];
}
