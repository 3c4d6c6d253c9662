import { readFileSync } from 'node:fs';
import { startFleet, type Fleet } from '#shared/testing/fleet';
import { startBundle } from '#shared/testing/run-bundle';
import { figureOf, type Bench, type Benchmark, type Row, type Sample } from './benchmark.ts';
import { builtBundles } from './bundles.ts';

const SIZES = [1, 5, 20, 50];
const EVERY = 50; // milliseconds

interface Measured {
  readonly took: number;
  readonly memory: number;
  readonly skew: number | undefined;
}

/** What a fleet costs the runner, by its size. */
export const benchmark: Benchmark = {
  title: 'A fleet',
  method: `\`ssh-deploy\` with \`strategy: in-place\` releases three small files to 1, 5, 20 and 50 hosts, with \`max-parallel: 10\`: all prepare, all wait, all publish, all are confirmed. Each
host is an sshd of its own on loopback, with a disk of its own. All of them share the two cores of one machine with the runner, so the time is mostly that of the
servers' own work and grows with their number; on machines of their own it would not. Memory is the largest resident set of the action's process,
looked at every ${EVERY} ms. The skew is between the first and the last host on which users saw the change.`,
  needs: ['sshd', 'unshare', 'root'],
  async run(bench: Bench) {
    const entry = (await builtBundles())['ssh-deploy'] ?? '';
    const sizes = bench.isQuick ? SIZES.slice(0, 2) : SIZES;
    await using fleet = await startFleet(Math.max(...sizes));
    const samples = new Map<number, Measured[]>(sizes.map((size) => [size, []]));
    for (let round = 0; round < (bench.isQuick ? 1 : 2); round += 1) {
      for (const size of sizes) {
        bench.say(`round ${round + 1}: ${size} hosts`);
        samples.get(size)?.push(await deploy(fleet, size, `r${round}-${size}`, entry));
      }
    }
    const row = (size: number, sample: Sample): Row => ({ name: size === 1 ? '1 host' : `${size} hosts`, figure: figureOf(sample) });
    const rows = (of: (measured: Measured) => number | undefined): Row[] => [...samples].flatMap(([size, all]) => {
      const sample = all.map(of).filter((value) => value !== undefined);
      return sample.length === 0 ? [] : [row(size, sample)];
    });
    return [
      { title: 'From the start of the action to its end', unit: 'ms', rows: rows(({ took }) => took) },
      { title: 'Largest memory of the action', unit: 'bytes', rows: rows(({ memory }) => memory) },
      { title: 'Between the first and the last host', unit: 'ms', rows: rows(({ skew }) => skew) },
    ];
  },
};

async function deploy(fleet: Fleet, size: number, version: string, entry: string): Promise<Measured> {
  const host = JSON.stringify((JSON.parse(fleet.connection['host'] ?? '[]') as unknown[]).slice(0, size));
  const step = startBundle('ssh-deploy', { entry, runId: version, with: { ...fleet.connection, ...fleet.inPlace, host, source: fleet.makeRelease(version), release: version } });
  let memory = 0;
  const timer = setInterval(() => (memory = Math.max(memory, peakOf(step.pid))), EVERY);
  const { code, took, outputs, log } = await step.result.finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(log);
  return { took, memory, skew: outputs['skew-ms'] ? Number(outputs['skew-ms']) : undefined };
}

// The kernel keeps the peak itself, so that only the last look before the end matters.
function peakOf(pid: number): number {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1_024;
  } catch {
    return 0; // it has just ended
  }
}
