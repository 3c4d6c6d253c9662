import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { processes } from './processes.ts';

const EVERY_MS = 60;
const LARGEST = 4 * 1_048_576;
// The first line of a key, which names its format and cipher.
const SAME_IN_ALL_KEYS = /^-----|^b3BlbnNzaC1rZXktdjE/;

/** Secrets by name, and every form in which one could leak. */
export interface Hunt {
  /** Where any of the secrets is in a text, as `<place> holds <secret> (<form>)`. */
  inText(place: string, text: string): readonly string[];
  /** The same for every file below a folder, names included. */
  inFiles(folder: string): readonly string[];
  /**
   * Looks again and again at the command line and environment of every process, and at the files the runner's holds open, until
   * `stop` tells what was found. The runner's own environment is as GitHub made it and says nothing; its children's does.
   */
  watch(runner: () => number | undefined): { stop(): { readonly found: readonly string[]; readonly samples: number } };
}

/** A hunt for secrets: raw and line by line, its longest word alone, URL-encoded, as JSON, in hex, and in base64 wherever in a longer text they stand. */
export function huntFor(secrets: Readonly<Record<string, string>>): Hunt {
  const needles = Object.entries(secrets).flatMap(([name, value]) => formsOf(value).map(([form, text]) => ({ text, what: `${name} (${form})` })));
  const inText = (place: string, text: string): string[] => needles.filter((needle) => text.includes(needle.text)).map(({ what }) => `${place} holds ${what}`);
  const inFile = (path: string, place = path): string[] => inText(place, `${path}\n${readIfSmall(path)}`);
  return {
    inText,
    inFiles: (folder) => filesBelow(folder).flatMap((path) => inFile(path)),
    watch: (runner) => {
      const found = new Set<string>();
      let samples = 0;
      const look = (): void => {
        samples += 1;
        const own = runner();
        for (const { pid, command, environ } of processes()) {
          const place = `process ${pid} ${command.replaceAll('\0', ' ').slice(0, 80)}`;
          for (const finding of inText(place, pid === own ? command : `${command}\n${environ}`)) found.add(finding);
        }
        if (own !== undefined) for (const path of openFiles(own)) inFile(path, `open file ${path}`).forEach((finding) => found.add(finding));
      };
      const timer = setInterval(look, EVERY_MS);
      return {
        stop: () => {
          clearInterval(timer);
          return { found: [...found], samples };
        },
      };
    },
  };
}

function formsOf(value: string): [form: string, text: string][] {
  const lines = value.split('\n').filter((line) => line.length >= 8 && !SAME_IN_ALL_KEYS.test(line));
  const bytes = Buffer.from(value);
  return [
    ...lines.map((line): [string, string] => ['raw', line]),
    ...[longestWord(value)].filter((word) => word.length >= 12).map((word): [string, string] => ['its longest word, however quoted', word]),
    ['URL-encoded', encodeURIComponent(value)], ['JSON', JSON.stringify(value).slice(1, -1)], ['hex', bytes.toString('hex')],
    ...[0, 1, 2].map((shift): [string, string] => [`base64, shifted by ${shift}`, base64Core(bytes, shift)]),
    ...[0, 1, 2].map((shift): [string, string] => [`base64url, shifted by ${shift}`, base64Core(bytes, shift).replaceAll('+', '-').replaceAll('/', '_')]),
  ];
}

function longestWord(value: string): string {
  const words = value.split('\n').filter((line) => !SAME_IN_ALL_KEYS.test(line)).join('\n').match(/[A-Za-z0-9]+/g) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

/** What is the same in the base64 of every text that holds these bytes at this place modulo three. */
function base64Core(bytes: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64').replace(/=+$/, '');
  return text.slice(shift === 0 ? 0 : shift + 1, -1);
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function openFiles(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  return attempt(() => readdirSync(folder).map((name) => readlinkSync(join(folder, name))).filter((path) => path.startsWith('/') && !/^\/(dev|proc)\/|node_modules/.test(path))) ?? [];
}

function readIfSmall(path: string): string {
  return attempt(() => (statSync(path).isFile() && statSync(path).size <= LARGEST ? readFileSync(path, 'utf8') : '')) ?? '';
}

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined; // it is gone by now
  }
}
