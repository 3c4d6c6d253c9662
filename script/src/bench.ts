import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { names } from '../../bench/names.ts';
import type { Bench, Benchmark } from '../../bench/benchmark.ts';
import { keep, thisMachine } from '../../bench/result.ts';
import { findProgram } from '#shared/testing/programs';
import { missedOf, tableText } from './bench-page.ts';

const PRIORITY = -15; // as nice counts

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean', default: false } } });
  const chosen = names.filter((name) => positionals.includes(name));
  const only = positionals.filter((name) => !(names as readonly string[]).includes(name));
  const choices = (await Promise.all(chosen.map(load))).flatMap((benchmark) => benchmark.choices ?? []);
  const unknown = only.filter((name) => !choices.includes(name));
  if (unknown.length > 0) throw new Error(`There is no benchmark ${unknown.join(', ')}. There are: ${names.join(', ')}${choices.length === 0 ? '' : `; of ${chosen.join(', ')}: ${choices.join(', ')}`}.`);
  const bench: Bench = { isQuick: values.quick, only, say: (text) => console.error(`  ${text}`) };
  // All contenders inherit it, so that what else the machine does gets in the way of none.
  if (process.getuid?.() === 0) setPriority(PRIORITY);
  for (const name of chosen.length === 0 ? names : chosen) await measure(name, bench);
  if (!values.quick) console.error('Now script/docs writes docs/benchmarks.md.');
}

// One that fails does not keep the others from running.
async function measure(name: string, bench: Bench): Promise<void> {
  try {
    const benchmark = await load(name);
    const missing = [...(benchmark.needs ?? []).filter(isMissing), await benchmark.absent?.()].filter((name) => name !== undefined);
    if (missing.length > 0) return console.error(`${name}: left out, it needs ${missing.join(', ')}. Its old result stays.`);
    console.error(`${name}: ${benchmark.title}`);
    await run(name, benchmark, bench);
  } catch (error) {
    console.error(`${name}: failed, its old result stays.`, error);
    process.exitCode = 1;
  }
}

async function load(name: string): Promise<Benchmark> {
  return ((await import(new URL(`../../bench/${name}.ts`, import.meta.url).href)) as { readonly benchmark: Benchmark }).benchmark;
}

async function run(name: string, benchmark: Benchmark, bench: Bench): Promise<void> {
  const machine = thisMachine();
  const tables = await benchmark.run(bench);
  for (const table of tables) console.log(`${tableText(table)}\n`);
  for (const missed of tables.flatMap(missedOf)) console.error(`${name}: ${missed} missed its goal.`);
  const { title, method } = benchmark;
  if (!bench.isQuick) keep({ name, title, method, measured: new Date().toISOString().slice(0, 10), machine, tables });
}

function isMissing(name: string): boolean {
  return name === 'root' ? process.getuid?.() !== 0 : findProgram(name) === undefined;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
