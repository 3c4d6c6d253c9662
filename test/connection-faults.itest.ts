import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { FaultKind } from '#shared/system/ssh/faults';
import { needs } from '#shared/testing/equipment';
import { type KeyPair, makeKey } from '#shared/testing/keys';
import { createLoopback } from '#shared/testing/loopback';
import { freePort } from '#shared/testing/ports';
import { runBundle, type StepResult } from '#shared/testing/run-bundle';
import { type Sshd, startSshd } from '#shared/testing/sshd';

// Each fault has tests of its own where connections are made; here each must reach the user of an action, and nothing else may.
const it = needs('sshd', 'ssh-keygen');
const ACTIONS = ['ssh-deploy', 'blue-green-switch', 'rollback'] as const;
const LIMIT = '1s';
const DOCUMENTATION = readFileSync(new URL('../docs/connection-faults.md', import.meta.url), 'utf8');
const loopback = createLoopback();
let sshd: Sshd;
let closing: Sshd;
let stranger: KeyPair;
let locked: KeyPair;
let ecdsa: KeyPair;
let silent: number;
let nobody: number;

beforeAll(async () => {
  sshd = await startSshd();
  closing = await startSshd({ config: ['LoginGraceTime 1', 'AuthorizedKeysCommand /bin/sleep 30', `AuthorizedKeysCommandUser ${process.getuid?.() === 0 ? 'root' : 'nobody'}`] });
  [stranger, locked, ecdsa] = [makeKey(join(sshd.folder, 'stranger')), makeKey(join(sshd.folder, 'locked'), 'ed25519', 'right'), makeKey(join(sshd.folder, 'ecdsa'), 'ecdsa')];
  silent = await loopback.listen(createServer((peer) => peer.resume()));
  nobody = await freePort();
});
afterAll(async () => {
  await loopback.close();
  await Promise.all([sshd?.stop(), closing?.stop()]);
});

type Inputs = Readonly<Record<string, string>>;

const FAULTS: Readonly<Record<string, readonly [kinds: readonly FaultKind[], changes: () => Inputs]>> = {
  'an unknown host key': [['host-key-unknown'], () => ({ 'known-hosts': '' })],
  'a changed host key': [['host-key-changed'], () => ({ 'known-hosts': `[127.0.0.1]:${sshd.port} ${stranger.publicLine}` })],
  'a host key of another type': [['host-key-wrong-type'], () => ({ 'known-hosts': `[127.0.0.1]:${sshd.port} ${ecdsa.publicLine}` })],
  'a wrong key': [['key-refused'], () => ({ 'ssh-key': stranger.text })],
  'a wrong passphrase': [['passphrase-wrong'], () => ({ 'ssh-key': locked.text, 'ssh-passphrase': 'wrong-canary' })],
  'a connection refused': [['refused'], () => ({ port: String(nobody) })],
  'a server that never says a word': [['silent'], () => ({ port: String(silent) })],
  // Where there is no name server at all, that is what must be said.
  'a name without an address': [['dns', 'dns-down'], () => ({ host: 'web1.does-not-exist.invalid' })],
  'a log-in broken off': [['login-closed', 'login-time-out'], () => ({ port: String(closing.port), 'known-hosts': closing.knownHosts, 'ssh-key': stranger.text, 'connect-timeout': '10s' })],
};

it('each fault of a connection ends an action with its own message and nothing else', async () => {
  const cases = Object.entries(FAULTS).map(async ([name, [kinds, changes]], index) => {
    const action = ACTIONS[index % ACTIONS.length]!;
    const result = await runBundle(action, { with: { ...wellMeant(), ...(action === 'ssh-deploy' && { operation: 'status' }), ...changes() } });
    expectOneMessage(name, kinds, result);
  });
  await Promise.all(cases);
});

function wellMeant(): Inputs {
  return {
    host: sshd.host, port: String(sshd.port), user: sshd.user, 'ssh-key': sshd.key.text, 'known-hosts': sshd.knownHosts, service: 'shop', 'connect-timeout': LIMIT,
  };
}

function expectOneMessage(name: string, kinds: readonly FaultKind[], { code, annotations, log, raw, summary, outputs }: StepResult): void {
  const errors = annotations.filter(({ level }) => level === 'error').map(({ message }) => message);
  expect({ name, code, errors: errors.length, summary, outputs }).toEqual({ name, code: 1, errors: 1, summary: '', outputs: {} });
  expect(kinds.filter((kind) => errors[0]!.includes(documentedWords(kind))).map((kind) => `${kind}: ${errors[0]}`)).toHaveLength(1);
  expect(errors[0]).not.toContain('This is a bug');
  expect(log).not.toMatch(/^\s+at |wrong-canary|node:/m);
  expect(raw.split('\n').filter((line) => line.startsWith('::error::'))).toHaveLength(1);
}

/** What users are told that the message says. */
function documentedWords(kind: FaultKind): string {
  const [, words] = new RegExp(`^\\| \`${kind}\` \\| ([^|]+) \\|`, 'm').exec(DOCUMENTATION) ?? [];
  if (words === undefined) throw new Error(`${kind} is not documented.`);
  return words.trim();
}
