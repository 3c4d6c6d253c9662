import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A port on loopback whose packets go unanswered, as behind a firewall: a stopped process listens there, and its queue is full. */
export async function startDeafPort(): Promise<{ readonly port: number; stop(): void }> {
  const script = `require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port); })`;
  const child = spawn(process.execPath, ['--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const port = Number(chunk.toString());
  child.kill('SIGSTOP');
  const queue: Socket[] = [];
  do queue.push(connect(port, '127.0.0.1').on('error', () => {}));
  while (await isTaken(queue.at(-1) as Socket));
  return {
    port,
    stop() {
      for (const socket of queue) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}

async function isTaken(socket: Socket): Promise<boolean> {
  return Promise.race([once(socket, 'connect').then(() => true), wait(300, false)]);
}
