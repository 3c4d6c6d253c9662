import { readFileSync } from 'node:fs';
import { commandLine } from '#shared/core/quote';

/** Sh functions that tell how much room a disk has. */
export const roomScript = readFileSync(new URL('./room.sh', import.meta.url), 'utf8');

/** The part every plan carries: locking, journal, healing, timers, following. POSIX sh. */
export const executor = `${roomScript}\n${readFileSync(new URL('./executor.sh', import.meta.url), 'utf8')}`;

const unpack = readFileSync(new URL('./unpack.sh', import.meta.url), 'utf8');
const receiver = `${roomScript}\n${unpack}\n${readFileSync(new URL('./receive.sh', import.meta.url), 'utf8')}`;
const lane = `${roomScript}\n${unpack}\n${readFileSync(new URL('./lane.sh', import.meta.url), 'utf8')}`;
const inspector = `${roomScript}\n${readFileSync(new URL('./inspect.sh', import.meta.url), 'utf8')}`;

/** The command line that takes a plan's packet from standard input, starts it and follows it; see receive.sh for the arguments. */
export function receiveCommand(state: string, planId: string, [length = '', generation = '', claim = '']: readonly string[] = [], attempt = '', unpacker = ''): string {
  return scriptCommand(receiver, [state, planId, length, generation, claim, attempt, unpacker]);
}

/** The command line that takes a part of that packet meanwhile. */
export function laneCommand(state: string, planId: string, attempt: string, unpacker = ''): string {
  return scriptCommand(lane, [state, planId, attempt, unpacker]);
}

/** The command line that tells what a server knows of a service; see inspect.sh for the arguments. */
export function inspectCommand(args: { mark: string; key: string; path: string; runtimeDir: string; claim: string; base: string }): string {
  return scriptCommand(inspector, [args.mark, args.key, args.path, args.runtimeDir, args.claim, args.base]);
}

/** A command line that runs a POSIX sh text with arguments, whatever the login shell is. */
export function scriptCommand(script: string, args: readonly string[]): string {
  return commandLine(['sh', '-c', script, 'slipway', ...args]);
}
