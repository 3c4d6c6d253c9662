import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { elapsed, figureOf, interleave, ratioOf, type Bench, type Benchmark, type Row, type Sample, type Table } from './benchmark.ts';
import { builtBundles } from './bundles.ts';

const BARE = 'node -e 0';
const UNUSABLE = {
  INPUT_HOST: '127.0.0.1', INPUT_USER: 'deploy', 'INPUT_SSH-KEY': 'no key', 'INPUT_HOST-FINGERPRINT': 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU', INPUT_SERVICE: 'shop',
};
// What else an action must have to come as far as the key.
const MORE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'db-backup': { INPUT_SOURCES: '[{ files: /srv/shop }]' },
  migrate: { INPUT_DATABASE: '{ postgres: shop }' },
  'smoke-test': { INPUT_SLOT: 'live', INPUT_ONCE: 'true' },
  'ssh-deploy': { INPUT_PATH: '/srv/shop', INPUT_RELEASE: 'v1', INPUT_START: 'true', INPUT_STOP: 'true', INPUT_HEALTH: '/health' },
};

/** From the start of a process to its end, where an action finds at once that something is wrong with its inputs. */
export const benchmark: Benchmark = {
  title: 'Start-up',
  method: `Each action's bundle is started without any input: it loads what it always loads, reads its inputs, and ends with a message on what is missing. Those that
use SSH are also started with a key that is none: they load the SSH client as well, while a connection is being opened, find that out before a word is said on it,
and end. Beside both \`${BARE}\`, the least that any JavaScript action can take; it prints nothing, which alone would make it a tenth slower. Whole processes, their
output in a pipe as on a runner. Nothing is kept between them: a runner's workspace is new each time, so a compile cache would not be there.`,
  async run(bench: Bench) {
    const bundles = Object.entries(await builtBundles());
    const rounds = bench.isQuick ? 3 : 40;
    const plain = bundles.map(([name, entry]) => [name, () => start([entry])] as const);
    const ssh = bundles.filter(([name]) => usesSsh(name)).map(([name, entry]) => [name, () => start([entry], { ...UNUSABLE, ...MORE[name] })] as const);
    const bare = [BARE, () => start(['-e', '0'])] as const;
    return [
      table('Without SSH', 1.3, await interleave(Object.fromEntries([bare, ...plain]), rounds)),
      table('With the SSH client loaded', 2.6, await interleave(Object.fromEntries([bare, ...ssh]), rounds)),
    ];
  },
};

function table(title: string, goal: number, measured: Readonly<Record<string, Sample>>): Table {
  const { [BARE]: bare = [], ...bundles } = measured;
  const rows = Object.entries(bundles).map(([name, sample]): Row => ({ name, figure: figureOf(sample), ratio: ratioOf(sample, bare), goal: { ratio: goal } }));
  return { title, unit: 'ms', ratio: `times ${BARE}`, rows: [{ name: `\`${BARE}\``, figure: figureOf(bare) }, ...rows] };
}

function usesSsh(name: string): boolean {
  return /^ {2}ssh-key:$/m.test(readFileSync(new URL(`../actions/${name}/action.yml`, import.meta.url), 'utf8'));
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  return elapsed(async () => void spawnSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }));
}
