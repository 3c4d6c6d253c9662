import { messageOf } from '#shared/core/errors';
import { type Repository, statusOf } from './questions.ts';

const LARGEST = 200_000_000; // bytes
const PAGE = 100;
const MOST_PAGES = 10;

/**
 * The newest artifact of this name that a run of this commit has kept, as a ZIP archive; otherwise a sentence that says why there is none.
 * Runs of forks do not count: anybody can have those.
 */
export async function artifactOf(repository: Repository, name: string, commit: string): Promise<{ readonly zip: Buffer } | string> {
  try {
    const found = await find(repository, name, commit);
    if (found === undefined) return `no run of ${commit.slice(0, 12)} has an artifact ${name}`;
    if (found.expired) return `the artifact ${name} of ${commit.slice(0, 12)} has expired`;
    if (found.size > LARGEST) return `the artifact ${name} of ${commit.slice(0, 12)} is larger than ${LARGEST / 1e6} MB`;
    const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/artifacts/{artifact_id}/{archive_format}', { ...repository.named, artifact_id: found.id, archive_format: 'zip' });
    return { zip: Buffer.from(data as ArrayBuffer) };
  } catch (error) {
    const status = statusOf(error);
    return status === 403 || status === 404 ? 'the token needs actions: read to fetch artifacts' : `GitHub did not give the artifact ${name} (${messageOf(error)})`;
  }
}

async function find(repository: Repository, name: string, commit: string): Promise<{ readonly id: number; readonly expired: boolean; readonly size: number } | undefined> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data: { artifacts } } = await repository.ask('GET /repos/{owner}/{repo}/actions/artifacts', { ...repository.named, name, per_page: PAGE, page });
    const found = artifacts.find(({ workflow_run: run }) => run?.head_sha === commit && run.head_repository_id === run.repository_id);
    if (found !== undefined) return { id: found.id, expired: found.expired, size: found.size_in_bytes };
    if (artifacts.length < PAGE) return undefined;
  }
  return undefined;
}
