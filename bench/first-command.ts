import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startRelay } from '#shared/testing/relay';
import { runBundle } from '#shared/testing/run-bundle';
import { startSshd, type Sshd } from '#shared/testing/sshd';
import { capture } from '../script/src/process.ts';
import { elapsed, figureOf, interleave, ratioOf, type Bench, type Benchmark, type Sample, type Table } from './benchmark.ts';
import { builtBundles } from './bundles.ts';

const ONE_WAY = 25; // milliseconds

/** From the start of the process to the end of the first command on a server. */
export const benchmark: Benchmark = {
  title: 'First command on a server',
  method: `The \`rollback\` action is asked for a service that the server does not know: it starts, logs in with a key, checks the pinned host key, runs one command that
looks for the service, and ends with what it found. Beside it \`ssh\` with the same key and the same pinned host key, running \`true\`. Whole
processes, so Node's own start is in the first. For a round trip of 50 ms a relay in user space holds each direction back by 25 ms.`,
  needs: ['sshd', 'ssh'],
  async run(bench: Bench) {
    const entry = (await builtBundles())['rollback'] ?? '';
    const sshd = await startSshd();
    const relay = await startRelay(sshd.port, { delay: ONE_WAY });
    try {
      const { ssh, ours, farSsh, farOurs } = await interleave({
        ssh: () => bySsh(sshd, sshd.port), ours: () => byAction(sshd, sshd.port, entry), farSsh: () => bySsh(sshd, relay.port), farOurs: () => byAction(sshd, relay.port, entry),
      }, bench.isQuick ? 2 : 25);
      return [table('On loopback', ssh, ours), table('At a round trip of 50 ms', farSsh, farOurs)];
    } finally {
      await relay.stop();
      await sshd.stop();
    }
  },
};

function table(title: string, ssh: Sample, ours: Sample): Table {
  return { title, unit: 'ms', ratio: 'times ssh', rows: [{ name: '`ssh server true`', figure: figureOf(ssh) }, { name: 'Slipway', figure: figureOf(ours), ratio: ratioOf(ours, ssh) }] };
}

function knownHosts(sshd: Sshd, port: number): string {
  return sshd.knownHosts.replaceAll(String(sshd.port), String(port));
}

async function byAction(sshd: Sshd, port: number, entry: string): Promise<number> {
  const inputs = { host: sshd.host, port: String(port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': knownHosts(sshd, port), service: 'nothing', release: 'previous' };
  const { took, log } = await runBundle('rollback', { entry, with: inputs });
  if (!log.includes('knows no service nothing')) throw new Error(`The server was not asked:\n${log}`);
  return took;
}

async function bySsh(sshd: Sshd, port: number): Promise<number> {
  const file = join(sshd.folder, `known-hosts-${port}`);
  writeFileSync(file, knownHosts(sshd, port));
  const options = ['BatchMode=yes', 'IdentitiesOnly=yes', 'StrictHostKeyChecking=yes', `UserKnownHostsFile=${file}`].flatMap((option) => ['-o', option]);
  return elapsed(async () => {
    const { code, stderr } = await capture('ssh', ['-F', 'none', '-i', sshd.key.file, '-p', String(port), ...options, `${sshd.user}@${sshd.host}`, 'true']);
    if (code !== 0) throw new Error(`ssh failed: ${stderr}`);
  });
}
