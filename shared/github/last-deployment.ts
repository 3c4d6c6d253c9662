import type { Run } from '#shared/core/run';
import type { Repository } from './questions.ts';

/** How many deployments are looked at: each costs a request, and failed ones in a row are few. */
const MOST_LOOKED_AT = 10;

/** The commit of the environment's last successful deployment before this run's own; undefined where there is none. */
export async function lastDeployed(repository: Repository, environment: string, run: Run): Promise<string | undefined> {
  const { data: deployments } = await repository.ask('GET /repos/{owner}/{repo}/deployments', { ...repository.named, environment, per_page: MOST_LOOKED_AT });
  for (const { id, sha } of deployments) {
    const { data: statuses } = await repository.ask('GET /repos/{owner}/{repo}/deployments/{deployment_id}/statuses', { ...repository.named, deployment_id: Number(id), per_page: 100 });
    const isOwn = statuses.some(({ log_url: log, target_url: target }) => [log, target].some((url) => `${url}/`.includes(`/actions/runs/${run.id}/`)));
    // Once the next one went out, an earlier one is `inactive`: that it was a success stands before it in the list.
    if (!isOwn && statuses.some(({ state }) => state === 'success')) return sha;
  }
  return undefined;
}
