import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseLedger, type LedgerEvent } from '#shared/server/ledger';
import { processes, send } from './processes.ts';
import { startSshd, type Sshd } from './sshd.ts';

/** One server of a fleet on loopback. */
export interface Member {
  readonly label: string;
  readonly sshd: Sshd;
  /** Its disk as seen from outside; in its sessions it is the fleet's `path`. */
  readonly disk: string;
  /** The release its users reach: through `current`, or with slots through live.sock. */
  serves(): string;
  /** The one it boots into, with slots. */
  confirmed(): string;
  ledger(): readonly LedgerEvent[];
  /** Kills all that runs on it but its sshd. */
  kill(pattern: RegExp): void;
}

/** Servers of one fleet: each an sshd whose sessions see a disk of their own at the same place. Needs root, unshare, and socat for slots. */
export interface Fleet extends AsyncDisposable {
  readonly members: readonly Member[];
  /** Inputs of every action. */
  readonly connection: Readonly<Record<string, string>>;
  /** Further inputs of a deployment in place, and with slots. */
  readonly inPlace: Readonly<Record<string, string>>;
  readonly slots: Readonly<Record<string, string>>;
  /** A folder with a release that says its version, and is unhealthy on the members named. */
  makeRelease(version: string, unhealthyOn?: readonly string[]): string;
}

/** Starts `count` servers, labelled web1, web2 and so on; `envOf` says what each one's sessions have in their environment besides. */
export async function startFleet(count: number, envOf: (index: number) => Readonly<Record<string, string>> = () => ({})): Promise<Fleet> {
  const root = mkdtempSync(join(tmpdir(), 'fleet-'));
  const path = join(root, 'at');
  mkdirSync(path);
  const members = await Promise.all(Array.from({ length: count }, (_, index) => startMember(root, path, `web${index + 1}`, envOf(index))));
  const [first] = members;
  if (first === undefined) throw new Error('A fleet has one server at least.');
  for (const { sshd } of members) sshd.authorize(first.sshd.key.publicLine);
  const hosts = members.map(({ label, sshd }) => ({ host: sshd.host, port: String(sshd.port), label }));
  return {
    members,
    connection: { host: JSON.stringify(hosts), user: first.sshd.user, 'ssh-key': first.sshd.key.text, 'known-hosts': members.map(({ sshd }) => sshd.knownHosts).join(''), service: 'shop' },
    inPlace: { path, strategy: 'in-place', restart: ':', 'health-command': HEALTHY, 'health-timeout': '1s' },
    slots: { path, 'runtime-dir': join(path, 'run'), start: START, stop: STOP, health: '/', 'health-timeout': '5s' },
    makeRelease: (version, unhealthyOn = []) => makeRelease(root, version, unhealthyOn),
    async [Symbol.asyncDispose]() {
      for (const member of members) member.kill(/./);
      await Promise.all(members.map(({ sshd }) => sshd.stop()));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

// The daemon, its sessions and what is started in them see the member's own disk at the fleet's path.
async function startMember(root: string, path: string, label: string, env: Readonly<Record<string, string>>): Promise<Member> {
  const disk = join(root, label);
  mkdirSync(join(disk, 'home'), { recursive: true });
  writeFileSync(join(disk, 'label'), label);
  const sshd = await startSshd({
    setEnv: { ...env, HOME: join(disk, 'home'), FLEET_MEMBER: disk }, config: ['ForceCommand cd && exec sh -c "$SSH_ORIGINAL_COMMAND"'],
    within: ['unshare', '--mount', 'sh', '-c', 'mount --bind "$0" "$1" && shift && exec "$@"', disk, path],
  });
  const link = (name: string): string => readLink(join(disk, name));
  const heldBy = (slot: string): string => link(`slots/${slot.replace(/^.*\/|\.sock$/g, '')}`).replace('../releases/', '');
  return {
    label, sshd, disk,
    serves: () => (existsSync(join(disk, 'run')) ? heldBy(link('run/live.sock')) : link('current').replace('releases/', '')),
    confirmed: () => heldBy(link('confirmed.sock')),
    ledger: () => parseLedger(readFileSync(join(disk, '.slipway/ledger'), 'utf8')),
    kill: (pattern) => processes().filter(({ environ, command }) => `\0${environ}`.includes(`\0FLEET_MEMBER=${disk}\0`) && pattern.test(command)).forEach(({ pid }) => send(pid, 'SIGKILL')),
  };
}

const HEALTHY = '! grep -qxf "$SERVICE_PATH/label" unhealthy';
const START = 'rm -f "$SOCKET"; setsid socat UNIX-LISTEN:"$SOCKET",fork EXEC:./answer </dev/null >/dev/null 2>&1 & echo $! >"$SERVICE_PATH/shared/$SLOT.pid"';
const STOP = 'if read -r pid <"$SERVICE_PATH/shared/$SLOT.pid"; then kill "$pid" || :; fi 2>/dev/null; rm -f "$SOCKET"';
const ANSWER = String.raw`#!/bin/sh
return=$(printf '\r')
while IFS= read -r line && [ "$line" != "$return" ]; do :; done
status='200 OK'
if grep -qxf "$SERVICE_PATH/label" unhealthy; then status='503 Unwell'; fi
body="{\"version\":\"$(cat version)\"}"
printf 'HTTP/1.1 %s\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %s\r\n\r\n%s' "$status" "${'$'}{#body}" "$body"
`;

function makeRelease(root: string, version: string, unhealthyOn: readonly string[]): string {
  const folder = join(root, 'builds', version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'version'), version);
  writeFileSync(join(folder, 'unhealthy'), unhealthyOn.map((label) => `${label}\n`).join(''));
  writeFileSync(join(folder, 'answer'), ANSWER);
  chmodSync(join(folder, 'answer'), 0o755);
  return folder;
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
