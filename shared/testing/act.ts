import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A workflow to run: its YAML, the release tree that `org/actions@v1` stands for, and what GitHub would give it. */
export interface Workflow {
  readonly yaml: string;
  readonly releaseTree: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** What the runner says of itself, such as GITHUB_RUN_ID and GITHUB_RUN_ATTEMPT; act's own run id is always 1. */
  readonly runner?: Readonly<Record<string, string>>;
  /** Files of the repository the workflow belongs to, by path; they come with `actions/checkout`. */
  readonly files?: Readonly<Record<string, string>>;
  /** The event that starts it, `workflow_dispatch` unless given. */
  readonly event?: string;
  /** What GitHub says of the event. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** Folders that stand for actions of others, by repository and version: `actions/cache@v5`. */
  readonly otherActions?: Readonly<Record<string, string>>;
  /** A folder of programs that come before all others. */
  readonly programs?: string;
  readonly signal?: AbortSignal;
}

/** How a workflow ended; `log` is what GitHub's job log would show. */
export interface WorkflowRun { readonly code: number; readonly log: string }

/**
 * Runs a workflow with act, on this machine, without a container and without the network: every action it uses must be in the release tree, or among the others.
 */
export async function runWorkflow(workflow: Workflow, onLog: (text: string) => void = () => undefined): Promise<WorkflowRun> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-act-'));
  try {
    await layOut(folder, workflow);
    const act = spawn('act', actArguments(folder, workflow), { cwd: join(folder, 'repository'), env: environment(folder, workflow), stdio: ['ignore', 'pipe', 'pipe'], ...(workflow.signal ? { signal: workflow.signal } : {}) });
    let log = '';
    for (const stream of [act.stdout, act.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        log += text;
        onLog(text);
      });
    }
    const [code] = (await once(act, 'close')) as [number | null];
    return { code: code ?? 1, log };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function layOut(folder: string, { yaml, files = {}, secrets = {}, variables = {}, payload }: Workflow): Promise<void> {
  const all = { ...files, '.github/workflows/workflow.yml': yaml };
  for (const [path, content] of Object.entries(all)) {
    await mkdir(join(folder, 'repository', path, '..'), { recursive: true });
    await writeFile(join(folder, 'repository', path), content);
  }
  commit(join(folder, 'repository'));
  await mkdir(join(folder, 'home'));
  // As YAML, which JSON is: act's .env format drops quotes at the end of a value.
  await writeFile(join(folder, 'secrets.yml'), JSON.stringify(secrets), { mode: 0o600 });
  await writeFile(join(folder, 'variables.yml'), JSON.stringify(variables));
  if (payload !== undefined) await writeFile(join(folder, 'event.json'), JSON.stringify(payload));
}

/** act takes the commit, the branch and the repository's name from git. */
function commit(repository: string): void {
  const git = (...args: string[]): unknown => execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: repository });
  git('init', '--quiet', '--initial-branch=main');
  git('remote', 'add', 'origin', 'https://github.com/acme/shop.git');
  git('add', '--all', '--force');
  git('commit', '--quiet', '--message', 'feat: deploy');
}

function actArguments(folder: string, { releaseTree, event = 'workflow_dispatch', otherActions = {}, inputs = {}, runner = {}, payload }: Workflow): string[] {
  return [
    event, '--workflows', '.github/workflows/workflow.yml', '--platform', 'ubuntu-latest=-self-hosted',
    '--local-repository', `org/actions@v1=${releaseTree}`, '--action-offline-mode', '--pull=false', '--no-cache-server',
    '--action-cache-path', join(folder, 'cache'), '--secret-file', join(folder, 'secrets.yml'), '--var-file', join(folder, 'variables.yml'),
    ...(payload === undefined ? [] : ['--eventpath', join(folder, 'event.json')]),
    ...Object.entries(otherActions).flatMap(([action, path]) => ['--local-repository', `${action}=${path}`]),
    ...Object.entries(inputs).flatMap(([name, value]) => ['--input', `${name}=${value}`]),
    ...Object.entries(runner).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
}

/** act takes `node` from PATH, which must be the one GitHub's runner has; the rest of our environment is none of the workflow's business. */
function environment(folder: string, { programs }: Workflow): NodeJS.ProcessEnv {
  return { PATH: `${programs === undefined ? '' : `${programs}:`}${process.execPath.replace(/\/node$/, '')}:${process.env['PATH'] ?? ''}`, HOME: join(folder, 'home'), LANG: 'C.UTF-8' };
}
