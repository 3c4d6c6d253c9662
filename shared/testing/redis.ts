import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from './ports.ts';

/** A Redis server reached by a unix socket alone. */
export interface Redis {
  readonly socket: string;
  /** Runs commands, one a line; what they answer. */
  query(commands: string): string;
  stop(): Promise<void>;
}

/** Starts a server under `folder`, which asks for a password where one is given. */
export async function startRedis(folder: string, password?: string): Promise<Redis> {
  mkdirSync(folder, { recursive: true });
  const socket = join(folder, 's');
  const settings = ['port 0', `unixsocket ${socket}`, `dir ${folder}`, 'save ""', 'repl-diskless-sync-delay 0', ...(password === undefined ? [] : [`requirepass ${JSON.stringify(password)}`])];
  const server = spawn('redis-server', ['-'], { stdio: ['pipe', 'ignore', 'ignore'] });
  server.stdin.end(`${settings.join('\n')}\n`);
  const login = password === undefined ? [] : ['--askpass'];
  const query = (commands: string): string => execFileSync('redis-cli', ['-s', socket, ...login], { input: `${password === undefined ? '' : `${password}\n`}${commands}\n`, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'], maxBuffer: 2 ** 26 }).trim();
  await waitUntil('Redis answers', async () => query('ping').endsWith('PONG'), 30_000);
  return {
    socket, query,
    stop: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      await ended;
    },
  };
}
