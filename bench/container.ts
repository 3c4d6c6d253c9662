import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findProgram } from '#shared/testing/programs';
import { freePort, waitUntil } from '#shared/testing/ports';
import { output } from '../script/src/process.ts';
import { elapsed } from './benchmark.ts';

const IMAGE = 'slipway-bench';

/** A Docker engine of our own, with the smallest web server there is as its only image. */
export interface Containers extends AsyncDisposable {
  /** Milliseconds from `docker run` to the first answer of what runs in the container. */
  boot(): Promise<number>;
}

/** Starts the engine on a socket and in a folder of its own, without touching the machine's firewall. */
export async function startContainers(): Promise<Containers> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-docker-'));
  const socket = `unix://${folder}/socket`;
  const engine = spawn('dockerd', [
    '--host', socket, '--iptables=false', '--ip6tables=false', '--bridge=none', '--data-root', `${folder}/data`, '--exec-root', `${folder}/exec`, '--pidfile', `${folder}/pid`,
  ], { stdio: 'ignore' });
  const docker = (...args: string[]): Promise<string> => output('docker', ['--host', socket, ...args]);
  const stop = async (): Promise<void> => {
    if (engine.exitCode === null && engine.kill()) await once(engine, 'exit');
    // The engine leaves the network namespaces of its containers mounted.
    for (const [, at = ''] of readFileSync('/proc/mounts', 'utf8').matchAll(/^\S+ (\S+)/gm)) if (at.startsWith(`${folder}/`)) spawnSync('umount', ['--lazy', at]);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntil('the Docker engine answers', () => spawnSync('docker', ['--host', socket, 'info'], { stdio: 'ignore' }).status === 0, 60_000);
    await docker('import', imageIn(folder), IMAGE);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    async boot() {
      const port = await freePort();
      const name = `boot-${port}`;
      const took = await elapsed(async () => {
        await docker('run', '--detach', '--network', 'host', '--name', name, IMAGE, '/busybox', 'httpd', '-f', '-p', `127.0.0.1:${port}`, '-h', '/www');
        while (!(await answers(port))) await wait(2);
      });
      await docker('rm', '--force', name);
      return took;
    },
    [Symbol.asyncDispose]: stop,
  };
}

function imageIn(folder: string): string {
  const root = join(folder, 'root');
  mkdirSync(join(root, 'www'), { recursive: true });
  copyFileSync(findProgram('busybox') ?? '', join(root, 'busybox'));
  writeFileSync(join(root, 'www', 'index.html'), 'hello\n');
  spawnSync('tar', ['-cf', join(folder, 'image.tar'), '-C', root, '.']);
  return join(folder, 'image.tar');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/' }, (response) => resolve(response.resume().statusCode === 200)).on('error', () => resolve(false)).end();
  });
}
