import { messageOf } from '#shared/core/errors';
import { type Repository, statusOf } from '#shared/github/questions';

/** Who approved a run for an environment, other than who started it; a sentence that says why nobody has, otherwise. */
export async function environmentApproval(repository: Repository, { run, environment, actor }: { readonly run: string; readonly environment: string; readonly actor: string }): Promise<{ readonly by: string } | string> {
  try {
    const { data } = await repository.ask('GET /repos/{owner}/{repo}/actions/runs/{run_id}/approvals', { ...repository.named, run_id: Number(run) });
    const about = data.filter(({ environments }) => environments.some(({ name }) => name?.toLowerCase() === environment.toLowerCase()));
    const by = about.filter(({ state }) => state === 'approved').map(({ user }) => user.login).find((login) => login.toLowerCase() !== actor.toLowerCase());
    if (by !== undefined && !about.some(({ state }) => state === 'rejected')) return { by };
    return about.length === 0 ? `nobody has approved this run for the environment ${environment}` : `nobody but ${actor}, who started this run, has approved it for the environment ${environment}`;
  } catch (error) {
    const status = statusOf(error);
    return status === 403 || status === 404 ? 'the token needs actions: read to see who approved this run' : `GitHub did not tell who approved this run (${messageOf(error)})`;
  }
}
