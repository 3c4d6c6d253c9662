import { UserError } from '#shared/core/errors';
import { likelyMeant } from '#shared/core/nearest';
import type { Scanner } from './scanner.ts';
import { SCANNERS } from './tools/all.ts';

/** One scan that was asked for. */
export interface Scan {
  /** As it was written. */
  readonly text: string;
  readonly scanner: Scanner;
  /** Undefined for whichever is pinned here, or on PATH. */
  readonly version: string | undefined;
  readonly mode: string;
  /** The rest of its arguments, or the usual target. */
  readonly words: readonly string[];
}

/** How a scan is written. */
export const SCAN = 'a scanner with what it is to scan, such as "trivy fs", "gitleaks" or "semgrep --config rules.yml src"';

/**
 * The scans of a list, whose items may hold several, separated by commas: `trivy fs, gitleaks dir src`.
 * @throws {UserError} naming each scan that is none, and why.
 */
export function readScans(items: readonly string[]): readonly Scan[] {
  const texts = items.flatMap((item) => item.split(/,\s+/)).map((text) => text.trim()).filter((text) => text !== '');
  const read = texts.map(attempt);
  const mistakes = read.filter((one) => typeof one === 'string');
  if (mistakes.length > 0) throw new UserError(mistakes.join('; '));
  return read.filter((one) => typeof one !== 'string');
}

function attempt(text: string): Scan | string {
  try {
    return readScan(text);
  } catch (error) {
    if (error instanceof UserError) return `"${text}": ${error.message}`;
    throw error;
  }
}

function readScan(text: string): Scan {
  const [first = '', ...rest] = wordsOf(text);
  const [name, version] = splitOnce(first);
  const isNpm = name === 'npm' && rest[0] === 'audit';
  const scanner = SCANNERS.find((one) => one.name === (isNpm ? 'npm-audit' : name));
  if (scanner === undefined) throw new UserError(`there is no scanner ${name}${meant(name)}; accepted is ${SCAN}. There are: ${SCANNERS.map((one) => one.name).join(', ')}`);
  if (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version)) throw new UserError(`a version is three numbers, such as ${scanner.name}@1.2.3, and never "latest"`);
  return { text, scanner, version, ...modeAndWords(scanner, isNpm ? rest.slice(1) : rest) };
}

function modeAndWords(scanner: Scanner, rest: readonly string[]): Pick<Scan, 'mode' | 'words'> {
  const names = Object.keys(scanner.modes);
  const isNamed = rest[0] !== undefined && names.includes(rest[0]);
  const mode = isNamed ? rest[0] as string : names[0] as string;
  const given = isNamed ? rest.slice(1) : rest;
  if (!isNamed && names.length > 1 && rest[0] !== undefined && !rest[0].startsWith('-')) throw new UserError(`${scanner.name} scans ${names.join(', ')}, and not "${rest[0]}"`);
  const taken = given.find((word) => isReserved(word, scanner.reserved));
  if (taken !== undefined) throw new UserError(`${taken} decides over the report or the exit code, which are set here; leave it out`);
  const target = scanner.modes[mode]?.target;
  const words = given.length > 0 ? given : target ?? [];
  const mistake = scanner.mistake?.(words) ?? (words.length === 0 && target === undefined ? `say what to scan: "${scanner.name} ${mode} ..."` : undefined);
  if (mistake !== undefined) throw new UserError(mistake);
  return { mode, words };
}

// Some programs take `-fjson` for `-f json`, and the beginning of a long option for all of it.
function isReserved(word: string, reserved: readonly string[]): boolean {
  if (!word.startsWith('-')) return false;
  const [option = ''] = word.split('=');
  if (!option.startsWith('--')) return reserved.some((one) => !one.startsWith('--') && option.startsWith(one));
  return option.length > 3 && reserved.some((one) => one === option || (one.startsWith(option) && one.startsWith('--')));
}

function wordsOf(text: string): readonly string[] {
  const words = /(?:[^\s"']+|"[^"]*"|'[^']*')+/g;
  if (text.replace(words, '').trim() !== '') throw new UserError('a quotation mark has no partner');
  return (text.match(words) ?? []).map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}

function splitOnce(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('@');
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function meant(name: string): string {
  const candidate = likelyMeant(name, SCANNERS.map((one) => one.name));
  return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}
