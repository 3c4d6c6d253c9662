import { startHost, type Host } from '#shared/testing/host';
import { connectionInputs, outputsOf, pipeline } from '#shared/testing/pipeline';
import { startRelay } from '#shared/testing/relay';
import { runBundle } from '#shared/testing/run-bundle';
import { figureOf, interleave, ratioOf, type Bench, type Benchmark, type Row, type Sample, type Table } from './benchmark.ts';
import { builtBundles } from './bundles.ts';
import { startCapistrano } from './capistrano.ts';
import { startContainers } from './container.ts';

const ONE_WAY = 25; // milliseconds
const OURS = 'Slipway, to a warm standby, proved from outside';
const CAPISTRANO = 'Capistrano, `deploy:rollback`';
const CONTAINER = 'a container of 1 MB, `docker run` to its first answer';

/** From the start of the process to an answer that was verified. */
export const benchmark: Benchmark = {
  title: 'Rollback',
  method: `A web service has been released twice, each time switched to and confirmed. Then, from the start of the process to its end, the \`rollback\` action goes
back to the first release, which is still warm: it logs in, reads what the server knows, has the server carry out the plan (the router and
the slot are checked, traffic moves, the entry is asked, what the machine boots into is moved), and proves the version by a request from outside. Before
each round the second release is deployed and switched to again.

Beside it, \`cap production deploy:rollback\` of Debian's Capistrano on two releases, with the least configuration it takes and no
repository: it points \`current\` back, packs the release that was left, and neither restarts nor asks anything. And \`docker run\` of an image that
holds nothing but busybox, until it answers: what a rollback by starting the old container takes on the server, without SSH and without moving traffic.

All on one machine. For a round trip of 50 ms a relay in user space holds each direction back by 25 ms, for SSH and for the proof alike.`,
  needs: ['sshd', 'nginx', 'runsv', 'cap', 'docker', 'dockerd', 'busybox', 'root'],
  async run(bench: Bench) {
    const rounds = bench.isQuick ? 1 : 11;
    await using host = await serviceWithTwoReleases(bench);
    await using capistrano = await startCapistrano();
    await using containers = await startContainers();
    await using far = await distant(host, capistrano.port);
    const measured = await interleave({
      capistrano: () => capistrano.rollback(capistrano.port), ours: () => rollBack(host), container: () => containers.boot(),
      farCapistrano: () => capistrano.rollback(far.capistranoPort), farOurs: () => rollBack(host, far.inputs),
    }, rounds);
    return tables(measured);
  },
};

function tables({ capistrano, ours, container, farCapistrano, farOurs }: Readonly<Record<'capistrano' | 'ours' | 'container' | 'farCapistrano' | 'farOurs', Sample>>): readonly Table[] {
  const beside = (name: string, peer: Sample, our: Sample): Row => ({ name, figure: figureOf(peer), ratio: ratioOf(our, peer) });
  const [near, far] = [figureOf(ours), figureOf(farOurs)];
  const trips = (far.median - near.median) / (2 * ONE_WAY);
  const ratio = 'Slipway / this';
  return [
    { title: 'On loopback', unit: 'ms', ratio, rows: [{ name: OURS, figure: near, goal: { median: 1_000 } }, beside(CAPISTRANO, capistrano, ours), beside(CONTAINER, container, ours)] },
    {
      title: 'At a round trip of 50 ms', unit: 'ms', ratio, rows: [{ name: OURS, figure: far }, beside(CAPISTRANO, farCapistrano, farOurs)],
      notes: [`Slipway takes ${Math.round(far.median - near.median)} ms longer than on loopback, which is ${trips.toFixed(1)} round trips: TCP 1, SSH's greeting and keys 3, log-in 2, the two
visits (reading; the plan, which brings its claim along) 2 each, the proof 2; and the packets of the plan that do not fit into one.`],
    },
  ];
}

type Remote = Readonly<Record<string, string>>;
type Service = Host & AsyncDisposable;

async function serviceWithTwoReleases(bench: Bench): Promise<Service> {
  bench.say('releasing a service twice');
  const host = await startHost({ mode: 'socket' });
  await release(host, 'v1');
  return { ...host, [Symbol.asyncDispose]: () => host.stop(/plan\.sh timer|sleep /) }; // the standby's timer lives for ten minutes
}

async function release(host: Host, version: string): Promise<void> {
  const run = pipeline(host, `${version}-${performance.now()}`);
  outputsOf(await run.deploy(version));
  outputsOf(await run.switchTraffic());
}

async function rollBack(host: Host, remote: Remote = {}): Promise<number> {
  await release(host, 'v2');
  const entry = (await builtBundles())['rollback'] ?? '';
  const inputs = { ...connectionInputs(host), url: host.url, 'proof-path': '/version', 'version-json-path': '$.version', release: 'previous', ...remote };
  const result = await runBundle('rollback', { entry, with: inputs });
  const { verified, 'restored-release': restored } = outputsOf(result);
  if (verified !== 'true' || restored !== 'v1') throw new Error(`The rollback went to ${restored}, verified: ${verified}.`);
  return result.took;
}

/** The same servers behind relays. */
async function distant(host: Host, capistranoPort: number): Promise<{ readonly inputs: Remote; readonly capistranoPort: number } & AsyncDisposable> {
  const ports = [host.sshd.port, Number(new URL(host.url).port), capistranoPort];
  const [ssh, web, cap] = await Promise.all(ports.map((port) => startRelay(port, { delay: ONE_WAY }))) as [Relay, Relay, Relay];
  return {
    inputs: { port: String(ssh.port), 'known-hosts': host.sshd.knownHosts.replaceAll(String(host.sshd.port), String(ssh.port)), url: `http://127.0.0.1:${web.port}` },
    capistranoPort: cap.port,
    [Symbol.asyncDispose]: async () => void (await Promise.all([ssh, web, cap].map((relay) => relay.stop()))),
  };
}

type Relay = Awaited<ReturnType<typeof startRelay>>;
