import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quote } from '#shared/core/quote';
import { waitUntil } from './ports.ts';
import { findProgram } from './programs.ts';

/** Whether what is held has still to do its work, or has done it and not said so yet. */
export type Side = 'before' | 'after';

/**
 * Holds what a server does at a chosen point, seen from outside: an `sh` that comes first on the server's PATH. A point is called
 * `step-NAME`, `ask-VERB`, `begin-VERB`, `drain`, `command-NAME` for a user's command that begins with `: NAME;`, or `inspect` and
 * `receive` for what an action has the server do before its plan runs.
 */
export interface Gate {
  /** To be put first on the server's PATH. */
  readonly bin: string;
  /** Holds the next process that comes to this point. What starts by `exec` or as `inspect` and `receive` can only be held before. */
  close(point: string, side: Side): void;
  /** The process that is held, or undefined. */
  held(): number | undefined;
  /** Waits until one is held, and returns its number. Throws when `isOver` says that none will come. */
  untilHeld(isOver: () => boolean): Promise<number>;
  /** Lets go of what is held, and holds nothing any more. */
  open(): void;
  remove(): void;
}

/** Makes a gate, which is open. */
export function makeGate(): Gate {
  const folder = mkdtempSync(join(tmpdir(), 'gate-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'sh'), gatekeeper(folder, findProgram('sh') ?? '/bin/sh'));
  chmodSync(join(bin, 'sh'), 0o755);
  writeFileSync(join(bin, 'hold'), holding(folder));
  const files = (): string[] => readdirSync(folder).filter((name) => name !== 'bin');
  const held = (): number | undefined => {
    const name = files().find((each) => each.startsWith('held.'));
    return name === undefined ? undefined : Number(name.slice('held.'.length));
  };
  return {
    bin, held,
    close: (point, side) => writeFileSync(join(folder, `${side}.${point}`), ''),
    untilHeld: async (isOver) => {
      await waitUntil('something is held at the gate', () => held() !== undefined || isOver(), 60_000);
      const pid = held();
      if (pid === undefined) throw new Error('Nothing came to the gate.');
      return pid;
    },
    open: () => files().forEach((name) => rmSync(join(folder, name), { force: true })),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

// The file that closes the gate is renamed by whoever is held, so that it holds one process only, and never the next run's.
function holding(folder: string): string {
  return `gate=${quote(folder)}
hold() { ! mv "$gate/$1.$point" "$gate/held.$$" 2>/dev/null || while [ -e "$gate/held.$$" ]; do sleep 0.03; done; }
`;
}

// A plan is read in rather than run where it is to be held at its end; its name stays $0, by which it finds its folder.
function gatekeeper(folder: string, shell: string): string {
  return `#!${shell}
case "\${1##*/}:\${3-}:$#" in
  plan.sh:blue:* | plan.sh:green:*) point=$2 ;;
  plan.sh:*) point=$2-\${3##*/} ;;
  -e:': '*) point=\${3%%;*} point=command-\${point#: } ;;
  -c:slipway:10) point=receive ;;
  -c:slipway:9) point=inspect ;;
  *) exec ${shell} "$@" ;;
esac
. ${quote(folder)}/bin/hold
hold before
[ -e "$gate/after.$point" ] || exec ${shell} "$@"
if [ "$1" = -e ]; then
  ${shell} "$@"
  code=$?
  hold after
  exit "$code"
fi
plan=$1
shift
exec ${shell} -c '. "$1"; point=$2; shift 2; trap "hold after" EXIT; . "$0"' "$plan" "$gate/bin/hold" "$point" "$@"
`;
}
