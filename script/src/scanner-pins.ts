// script/scanner-pins: whether every pinned scanner, and the runner of migrations, is what its publisher has.
import { parseArgs } from 'node:util';
import { PATIENCE, sourceOf } from '#shared/scanners/defaults';
import { LOCK } from '#shared/scanners/lock';
import { DBMATE } from '#shared/migrations/dbmate';
import { GITHUB_API, checkPins, type PinCheck, type PinState } from './pins.ts';

const MARKS: Readonly<Record<PinState, string>> = { 'as pinned': '✓', differs: '✗', 'not checked': '?' };

const { values: { mirror } } = parseArgs({ options: { mirror: { type: 'string' } } });
const source = sourceOf(mirror);
const checks: PinCheck[] = [];
const downloading = { hosts: source.hosts, proxy: process.env as Record<string, string>, signal: new AbortController().signal, ...PATIENCE, pauses: [3_000], onRetry: (why: string) => console.error(why) };
for await (const check of checkPins({ ...LOCK, dbmate: [DBMATE] }, { base: source.base, api: mirror === undefined ? GITHUB_API : undefined, downloading })) {
  checks.push(check);
  console.log(`${MARKS[check.state]} ${check.pin}: ${check.state}${check.reasons.map((reason) => `\n    ${reason}`).join('')}`);
}
const count = (state: PinState): number => checks.filter((check) => check.state === state).length;
console.log(`${count('as pinned')} as pinned, ${count('differs')} differ, ${count('not checked')} not checked`);
process.exitCode = count('differs') > 0 ? 1 : count('not checked') > 0 ? 2 : 0;
