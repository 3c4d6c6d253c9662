import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from './ports.ts';

/** A real ssh-agent of its own. */
export interface SshAgent {
  readonly socket: string;
  stop(): Promise<void>;
}

/** Starts an ssh-agent that holds the keys of these files. */
export async function startSshAgent(...keyFiles: readonly string[]): Promise<SshAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-'));
  const socket = join(folder, 'socket');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
  await waitUntil('the ssh-agent listens', () => existsSync(socket));
  if (keyFiles.length > 0) execFileSync('ssh-add', ['-q', ...keyFiles], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  return {
    socket,
    async stop() {
      if (agent.exitCode === null && agent.kill()) await once(agent, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
