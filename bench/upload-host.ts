import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBundle } from '#shared/testing/run-bundle';
import { startRelay } from '#shared/testing/relay';
import { startSshd } from '#shared/testing/sshd';

/** A server to upload to, on a file system of its own choice, so many milliseconds there and back. */
export interface UploadHost extends AsyncDisposable {
  /** A new folder on it. */
  folder(): string;
  /** Deploys a folder with the bundle, as a release of a service that lives in `path`; returns the action's greatest resident size, in bytes. */
  deploy(path: string, source: string, release: string, reuse?: 'copy' | 'hard-link'): Promise<number>;
  /** What begins a command line that runs something there: `ssh` with the ciphers, keys and all it takes by default. */
  readonly ssh: string;
  readonly address: string;
  readonly key: string;
  readonly port: number;
}

/** Starts one whose files lie below `disk`. */
export async function startUploadHost(disk: string, bundle: string, roundTrip: number): Promise<UploadHost> {
  const root = mkdtempSync(join(disk, 'upload-'));
  const sshd = await startSshd({ setEnv: { HOME: root }, config: ['Subsystem sftp internal-sftp'] });
  const relay = roundTrip === 0 ? undefined : await startRelay(sshd.port, { delay: roundTrip / 2 });
  const port = relay?.port ?? sshd.port;
  const known = join(root, 'known_hosts');
  const knownHosts = sshd.hostKeys.map(({ publicLine }) => `[127.0.0.1]:${port} ${publicLine}\n`).join('');
  writeFileSync(known, knownHosts);
  writeFileSync(join(root, 'peak.mjs'), 'process.on("exit", () => console.log(`peak=${process.resourceUsage().maxRSS}`));\n');
  const inputs = { host: sshd.host, port: String(port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': knownHosts, service: 'bench', strategy: 'in-place', 'health-command': 'true' };
  let count = 0;
  return {
    port, key: sshd.key.text, address: `${sshd.user}@${sshd.host}`,
    ssh: `ssh -F none -p ${port} -i ${sshd.key.file} -o UserKnownHostsFile=${known} -o LogLevel=ERROR`,
    folder: () => join(root, `folder-${(count += 1)}`),
    async deploy(path, source, release, reuse = 'copy') {
      const env = { NODE_OPTIONS: `--import=${join(root, 'peak.mjs')}` };
      const { code, log } = await startBundle('ssh-deploy', { entry: bundle, env, with: { ...inputs, path, source, release, reuse } }).result;
      if (code !== 0) throw new Error(`The deployment failed:\n${log}`);
      return Number(/peak=(\d+)/.exec(log)?.[1]) * 1_024;
    },
    async [Symbol.asyncDispose]() {
      await relay?.stop();
      await sshd.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
