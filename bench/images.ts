import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transferImages } from '#shared/containers/images/transfer';
import { openServer } from '#shared/server/server';
import { collectedLog } from '#shared/testing/collected-log';
import { ENGINE_NEEDS, startEngine, type Engine } from '#shared/testing/docker/engine';
import { findProgram } from '#shared/testing/programs';
import { startRelay } from '#shared/testing/relay';
import { startSshd } from '#shared/testing/sshd';
import { output } from '../script/src/process.ts';
import { elapsed, figureOf, interleave, ratioOf, type Bench, type Benchmark, type Table } from './benchmark.ts';

const LARGE = 50_000_000; // bytes of the image that stay the same: the beginning of Node's own program
const ROUND_TRIP = 50; // milliseconds
const [FIRST, CHANGED] = ['bench/shop:v1', 'bench/shop:v2'];

/** Images from one engine to another without a registry. */
export const benchmark: Benchmark = {
  title: 'Images without a registry',
  method: `An image of three layers, of which one holds 50 MB of a program (Node's), goes from one Docker engine to another, through an sshd on loopback. "One changed layer" is the
next image, of which the server has all but the uppermost layer, of 1 MB of random bytes. Slipway is what \`images: transfer\` does, from connecting to the image that the server's engine has: what is there is asked, each
piece is verified as it arrives, and what has arrived outlives a cut line. For a round trip of 50 ms a relay in user space holds each direction back by 25 ms. The image is removed from the server before each turn.`,
  needs: [...ENGINE_NEEDS, 'ssh', 'sshd'],
  async run(bench) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-images-'));
    const [runner, server] = [await startEngine(), await startEngine()];
    try {
      await buildBoth(runner, folder);
      await using near = await startWay(runner, server, folder, 0);
      await using far = await startWay(runner, server, folder, ROUND_TRIP);
      const rounds = bench.isQuick ? 1 : 5;
      const compare = compareOn(server, near.bySsh, bench);
      return [
        await compare('First, on loopback', near, { image: FIRST, before: [] }, rounds),
        await compare('One changed layer, on loopback', near, { image: CHANGED, before: [FIRST] }, rounds),
        await compare('First, at 50 ms', far, { image: FIRST, before: [] }, Math.ceil(rounds / 2)),
        await compare('One changed layer, at 50 ms', far, { image: CHANGED, before: [FIRST] }, Math.ceil(rounds / 2)),
      ];
    } finally {
      await Promise.all([runner.stop(), server.stop()]);
      rmSync(folder, { recursive: true });
    }
  },
};

/** Two ways to the server's engine. */
interface Way extends AsyncDisposable {
  bySlipway(image: string): Promise<void>;
  bySsh(image: string): Promise<void>;
}

async function startWay(runner: Engine, server: Engine, folder: string, roundTrip: number): Promise<Way> {
  const sshd = await startSshd({ setEnv: server.env });
  const relay = roundTrip === 0 ? undefined : await startRelay(sshd.port, { delay: roundTrip / 2 });
  const port = relay?.port ?? sshd.port;
  const knownHosts = sshd.hostKeys.map(({ publicLine }) => `[127.0.0.1]:${port} ${publicLine}\n`).join('');
  const known = join(folder, `known_hosts-${port}`);
  writeFileSync(known, knownHosts);
  const environment = { ...process.env, ...runner.env };
  const state = mkdtempSync(join(folder, 'state-'));
  const ssh = `ssh -F none -p ${port} -i ${sshd.key.file} -o UserKnownHostsFile=${known} -o LogLevel=ERROR ${sshd.user}@127.0.0.1`;
  return {
    async bySlipway(image) {
      const log = collectedLog();
      await using connected = await openServer(sshd.target({ port, hostKeys: { knownHosts, fingerprints: [] } }), log);
      await transferImages(connected, { references: [image], archive: undefined, environment, state }, { log, signal: new AbortController().signal });
    },
    bySsh: async (image) => void (await output('sh', ['-c', `docker save ${image} | ${ssh} docker load`], { env: runner.env })),
    async [Symbol.asyncDispose]() {
      await relay?.stop();
      await sshd.stop();
    },
  };
}

interface Case {
  readonly image: string;
  /** What the server has. */
  readonly before: readonly string[];
}

type Compare = (title: string, way: Way, given: Case, rounds: number) => Promise<Table>;

function compareOn(server: Engine, place: (image: string) => Promise<void>, bench: Bench): Compare {
  return async (title, way, { image, before }, rounds) => {
    bench.say(title);
    const prepared = async (send: (image: string) => Promise<void>): Promise<number> => {
      await server.docker('system', 'prune', '--all', '--force');
      for (const each of before) await place(each);
      return elapsed(() => send(image));
    };
    const { ours, peer } = await interleave({ peer: () => prepared(way.bySsh), ours: () => prepared(way.bySlipway) }, rounds);
    return {
      title, unit: 'ms', ratio: 'Slipway / this',
      rows: [{ name: 'Slipway', figure: figureOf(ours) }, { name: '`docker save \\| ssh docker load`', figure: figureOf(peer), ratio: ratioOf(ours, peer), goal: { ratio: before.length === 0 ? 1.2 : 1 } }],
    };
  };
}

async function buildBoth(engine: Engine, folder: string): Promise<void> {
  const context = join(folder, 'context');
  mkdirSync(context);
  copyFileSync(findProgram('busybox') ?? '', join(context, 'sh'));
  writeFileSync(join(context, 'large'), readFileSync(process.execPath).subarray(0, LARGE));
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY sh /bin/sh\nCOPY large /large\nCOPY text /text\nCMD ["/bin/sh"]\n');
  for (const image of [FIRST, CHANGED]) {
    writeFileSync(join(context, 'text'), randomBytes(1_000_000));
    await engine.docker('build', '--quiet', '--tag', image, context);
  }
}
