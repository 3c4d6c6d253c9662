import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { output } from '../script/src/process.ts';
import { type Bench, type Benchmark, elapsed, figureOf, interleave, ratioOf, type Row, type Sample, type Table } from './benchmark.ts';
import { MULTITOOL, multitool } from './reports-peer.ts';
import { writeSarif } from './reports-sarif.ts';

const PROGRAM = fileURLToPath(new URL('./reports-program.ts', import.meta.url));
const SIZES = [{ size: 1e6, rounds: 9 }, { size: 30e6, rounds: 5 }, { size: 300e6, rounds: 3 }];
const MEMORY_GOAL = 200e6;
const OURS = 'security-gate';
// The closest to what a gate asks: how many there are of each severity.
const JQ = '[.runs[].results[].level] | group_by(.) | map({(.[0]): length}) | add';

/** A report read from the start of the process to its end. */
export const benchmark: Benchmark = {
  title: 'Reading a report',
  method: `A SARIF file of 1, 30 and 300 MB (200 rules, results of 1.3 kB, made by \`bench/reports-sarif.ts\`) is read and its results are counted, each time by a process of its own:
security-gate's reader, which makes findings of them, with severity, key and place, and keeps 20,000 of each severity; \`jq '${JQ}'\`; and
[${MULTITOOL.name}](${MULTITOOL.address}) ${MULTITOOL.version}, \`query --expression "Level == 'Error'"\`. Memory is the peak of the resident set that GNU time tells.`,
  needs: ['jq', 'time'],
  async absent() {
    return (await multitool()) === undefined ? `${MULTITOOL.package} ${MULTITOOL.version}` : undefined;
  },
  async run(bench: Bench) {
    const folder = mkdtempSync(join(tmpdir(), 'slipway-reports-'));
    try {
      const measured: Measured[] = [];
      for (const { size, rounds } of bench.isQuick ? SIZES.slice(0, 1) : SIZES) measured.push(await measure(folder, size, bench.isQuick ? 1 : rounds, bench));
      return tablesOf(measured);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Measured {
  readonly megabytes: string;
  readonly bytes: number;
  readonly time: Readonly<Record<string, Sample>>;
  readonly memory: Readonly<Record<string, Sample>>;
}

async function measure(folder: string, size: number, rounds: number, { say }: Bench): Promise<Measured> {
  const megabytes = `${size / 1e6} MB`;
  const file = join(folder, 'report.sarif');
  const count = await writeSarif(file, size);
  const memory: Record<string, number[]> = {};
  const contenders = Object.fromEntries(Object.entries(await commands(file)).map(([name, command]) => [name, async () => {
    say(`${megabytes}: ${name}`);
    const peak = join(folder, 'peak');
    let said = '';
    const took = await elapsed(async () => { said = await output('time', ['--format', '%M', '--output', peak, ...command], { env: { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' } }); });
    if (name === OURS && Number(said) !== count) throw new Error(`It found ${said} of ${count} results.`);
    (memory[name] ??= []).push(Number(readFileSync(peak, 'utf8')) * 1_024);
    return took;
  }]));
  const time = await interleave(contenders, rounds);
  return { megabytes, bytes: statSync(file).size, time, memory: Object.fromEntries(Object.entries(memory).map(([name, peaks]) => [name, peaks.slice(1)])) };
}

async function commands(file: string): Promise<Readonly<Record<string, readonly string[]>>> {
  return {
    jq: ['jq', JQ, file],
    [MULTITOOL.name]: [await multitool() ?? '', 'query', '--expression', "Level == 'Error'", file],
    [OURS]: [process.execPath, '--disable-warning=ExperimentalWarning', PROGRAM, file],
  };
}

function tablesOf(measured: readonly Measured[]): readonly Table[] {
  const rowsOf = (value: (one: Measured) => Readonly<Record<string, Sample>>, goal?: Row['goal']): Row[] => measured.flatMap((one) => Object.entries(value(one)).map(([name, sample]): Row => ({
    name: `${one.megabytes}, ${name}`, figure: figureOf(sample), ...(name === 'jq' ? {} : { ratio: ratioOf(sample, value(one)['jq'] ?? []) }), ...(name === OURS && goal !== undefined ? { goal } : {}),
  })));
  const perSecond = ({ bytes, time }: Measured): Readonly<Record<string, Sample>> => Object.fromEntries(Object.entries(time).map(([name, sample]) => [name, sample.map((ms) => (bytes / ms) * 1_000)]));
  return [
    { title: 'Throughput, the start of the process included: more is better', unit: 'rate', ratio: 'times jq', rows: rowsOf(perSecond) },
    { title: 'Peak memory', unit: 'bytes', ratio: 'times jq', rows: rowsOf(({ memory }) => memory, { median: MEMORY_GOAL }) },
  ];
}
