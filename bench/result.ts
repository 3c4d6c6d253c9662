import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Grid, Table } from './benchmark.ts';

/** What a benchmark found, as it is kept in bench/results/<name>.json: with the method of that day, so that both always belong together. */
export interface Result {
  readonly name: string;
  readonly title: string;
  readonly method: string;
  /** The day, in UTC. */
  readonly measured: string;
  readonly machine: Machine;
  readonly tables: readonly (Table | Grid)[];
}

/** What of a machine matters to its figures. */
export interface Machine {
  readonly cores: number;
  /** In GiB. */
  readonly memory: number;
  readonly system: string;
  readonly kernel: string;
  readonly node: string;
  /** The load average of the minute before: how many other processes wanted the cores. */
  readonly load: number;
}

const FOLDER = fileURLToPath(new URL('./results/', import.meta.url));

/** This machine, as it is now. */
export function thisMachine(): Machine {
  return {
    cores: cpus().length, memory: Math.round(totalmem() / 2 ** 30), system: systemName(), kernel: /^[\d.]*\d/.exec(release())?.[0] ?? release(),
    node: process.version, load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

function systemName(): string {
  const read = (path: string, pattern: RegExp): string | undefined => {
    try {
      return pattern.exec(readFileSync(path, 'utf8'))?.[1];
    } catch {
      return undefined;
    }
  };
  const debian = read('/etc/debian_version', /^(\d\S*)/);
  return debian === undefined ? read('/etc/os-release', /^PRETTY_NAME="(.*)"/m) ?? 'Linux' : `Debian ${debian}`;
}

/** Keeps a result in place of the one before. */
export function keep(result: Result): void {
  writeFileSync(`${FOLDER}${result.name}.json`, `${JSON.stringify(result, null, 2)}\n`);
}

/** The results that are kept, in the order of these names; what is not named comes last. */
export function keptResults(names: readonly string[]): readonly Result[] {
  const place = ({ name }: Result): number => (names.includes(name) ? names.indexOf(name) : names.length);
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files.map((file) => JSON.parse(readFileSync(FOLDER + file, 'utf8')) as Result).sort((a, b) => place(a) - place(b));
}
