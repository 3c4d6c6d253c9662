import { spawnSync } from 'node:child_process';
import { elapsed, figureOf, interleave, ratioOf, type Bench, type Benchmark, type Row } from './benchmark.ts';
import { builtBundles } from './bundles.ts';

const BARE = 'node -e 0';

/** From the start of a process to its end, where an action finds at once that inputs are missing. */
export const benchmark: Benchmark = {
  title: 'Start-up',
  method: `Each action's bundle is started without any input, so that it loads what it always loads, reads its inputs, and ends with a message on what is
missing. Beside it \`${BARE}\`, the least that any JavaScript action can take. Whole processes, one after another; nothing is kept between them.`,
  async run(bench: Bench) {
    const bundles = Object.entries(await builtBundles()).map(([name, entry]) => [name, () => startOf([entry])] as const);
    const measured = await interleave({ [BARE]: () => startOf(['-e', '0']), ...Object.fromEntries(bundles) }, bench.isQuick ? 3 : 40);
    const bare = measured[BARE] ?? [];
    const rows = Object.entries(measured).map(([name, sample]): Row => (name === BARE
      ? { name: `\`${BARE}\``, figure: figureOf(sample) }
      : { name, figure: figureOf(sample), ratio: ratioOf(sample, bare), goal: { ratio: 1.3 } }));
    return [{ title: 'From start to end', unit: 'ms', ratio: `times ${BARE}`, rows }];
  },
};

function startOf(args: readonly string[]): Promise<number> {
  return elapsed(async () => void spawnSync(process.execPath, args, { env: {}, stdio: 'ignore' }));
}
