import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, globSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import type { Manifest } from '#shared/database/backup-set';
import { startBackupHost, type BackupHost } from '#shared/testing/backup-host';
import { needs, needsFull } from '#shared/testing/equipment';
import { makeKey } from '#shared/testing/keys';
import { startMariadb } from '#shared/testing/mariadb';
import { CANARY, fillOddly, ODD_NAME } from '#shared/testing/odd-database';
import { faultTold, outputsOf } from '#shared/testing/pipeline';
import { waitUntil } from '#shared/testing/ports';
import { startPostgres, type Postgres } from '#shared/testing/postgres';
import { cutPower, processes, processesUsing, type ProcessInfo } from '#shared/testing/processes';
import { findProgram } from '#shared/testing/programs';
import { huntFor } from '#shared/testing/secret-hunt';
import { mountSmallDisk } from '#shared/testing/small-disk';
import { startSshd, type Sshd, type SshdOptions } from '#shared/testing/sshd';

// What is backed up here is restored and compared there: two daemons of SSH, each for a server of its own.
const PROGRAMS = ['psql', 'ssh', 'zstd', 'sqlite3', 'age', 'flock'];
const it = needs(...PROGRAMS);
const full = needsFull(...PROGRAMS);
// The server here lets everybody in; a proof there has no use for it either.
const PASSWORD = 'asked-for-by-nobody-31f7';
const UNDER_WAY = '20260101T000000-bbbbbb-proof.partial';
let host: BackupHost;
let spare: Sshd;
let pg: Postgres;
let folder: string;
let sources: readonly Readonly<Record<string, unknown>>[];
let inputs: Record<string, string>;
let shop: Record<string, string>;

beforeAll(async () => {
  host = await startBackupHost();
  pg = await startPostgres(join(host.root, 'pg'));
  fillOddly(pg);
  const [files, buffer] = [join(host.root, 'filestore'), join(host.root, 'buffer.sqlite')];
  mkdirSync(files);
  writeFileSync(join(files, 'one\ntwo & "three"'), 'content');
  execFileSync('sqlite3', [buffer, 'pragma journal_mode = wal; create table receipts (n); insert into receipts values (1)']);
  folder = join(host.root, "it's a spare");
  mkdirSync(join(host.root, 'bin'));
  overThere('zstd', `exec ${findProgram('zstd')} "$@"`);
  spare = await startSpare();
  sources = [{ postgres: ODD_NAME, name: 'shop', host: pg.socket, user: pg.user, password: PASSWORD }, { sqlite: buffer }, { files }, { command: 'echo made', file: 'made', verify: 'readable' }];
  inputs = { sources: JSON.stringify(sources), ...place(spare, folder) };
  shop = { ...inputs, sources: JSON.stringify(sources.slice(0, 1)) };
}, 60_000);
afterAll(async () => {
  await pg?.stop();
  await spare?.stop();
  await host?.stop();
});
// Whatever happened: the server that proves is as it was, and a set is there wholly or not at all.
afterEach(async () => {
  overThere('zstd', `exec ${findProgram('zstd')} "$@"`);
  rmSync(join(folder, UNDER_WAY), { recursive: true, force: true });
  await waitUntil('nothing is left over there', () => left().length === 0, 20_000).catch(() => expect(left()).toEqual([]));
  for (const name of host.names()) expect(existsSync(join(host.sets, name, 'manifest.json'))).toBe(true);
});

function startSpare(options: SshdOptions = {}): Promise<Sshd> {
  return startSshd({ ...options, setEnv: { PATH: `${join(host.root, 'bin')}:${process.env['PATH']}` } });
}
function place(sshd: Sshd, at: string): Record<string, string> {
  return { 'proof-host': `ssh://${sshd.user}@127.0.0.1:${sshd.port}${at}`, 'proof-ssh-key': sshd.key.text, 'proof-known-hosts': sshd.knownHosts };
}
/** Replaces a program over there. */
function overThere(name: string, script: string): void {
  writeFileSync(join(host.root, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(host.root, 'bin', name), 0o755);
}
/** The instances that hold a part over there, by their folders. */
function instances(): string[] {
  return [...globSync('/var/tmp/.slipway-*-proof/cluster/postmaster.pid'), ...globSync(join(folder, '.slipway-*-proof/cluster/postmaster.pid'))];
}
/** Files, sockets and processes that a proof has left over there. */
function left(): readonly string[] {
  const proofs = readdirSync(join(host.state, 'plans')).map((id) => `${id}-proof`);
  return [
    ...(existsSync(folder) ? readdirSync(folder) : []),
    ...proofs.flatMap((proof) => [`/var/tmp/.slipway-${proof}`, `/tmp/slipway-${proof}`]).filter((path) => existsSync(path)),
    ...processes().filter(({ command, cwd }) => proofs.some((proof) => `${command}\0${cwd}`.includes(proof))).map(({ command }) => command.replaceAll('\0', ' ').slice(0, 200)),
  ];
}
/** Holds whatever unpacks a part into an instance over there, and calls it. */
async function untilRestoring(): Promise<void> {
  overThere('zstd', `for up in /var/tmp/.slipway-*-proof/cluster/postmaster.pid '${folder.replaceAll("'", `'\\''`)}'/.slipway-*-proof/cluster/postmaster.pid; do [ ! -e "$up" ] || { : >${host.root}/held; sleep 60; }; done; exec ${findProgram('zstd')} "$@"`);
  rmSync(join(host.root, 'held'), { force: true });
  await waitUntil('a part is being restored there', () => existsSync(join(host.root, 'held')), 60_000);
}
function plan(): string {
  return readdirSync(join(host.state, 'plans')).sort().at(-1) ?? '';
}

/** What two other proofs look like over there: one went down with the machine, the other is under way. */
function otherProofs(): { readonly wentDown: string; readonly plain: string; readonly underWay: string } {
  const [wentDown, underWay] = [join(folder, '20260101T000000-aaaaaa-proof.partial'), join(folder, UNDER_WAY)];
  const plain = join(host.root, 'plain-data');
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  for (const each of [wentDown, underWay, plain]) mkdirSync(each, { recursive: true });
  writeFileSync(join(wentDown, 'plan.sh'), `[ "$*" != 'step clear' ] || rm -rf '${plain}'\n`);
  writeFileSync(join(wentDown, 'attending'), `1 1 another-boot\n`);
  writeFileSync(join(underWay, 'attending'), `1 1 ${boot}\n`);
  return { wentDown, plain, underWay };
}
function isThere({ command, cwd }: ProcessInfo, id: string): boolean {
  return `${command}\0${cwd}`.includes(`${id}-proof`) && !command.startsWith('ssh\0');
}

it('each part is restored and compared over there, encrypted on the way, and the manifest says where; neither host sees what is not its own', async () => {
  const key = execFileSync('age-keygen', { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  const hunt = huntFor({ key: spare.key.text, password: PASSWORD });
  const others = otherProofs();
  const step = host.start({ ...inputs, 'age-recipients': /public key: (age1\w+)/.exec(key)?.[1] ?? '', compression: 'zstd' });
  const watch = hunt.watch(() => step.pid);
  const seen = new Set<string>();
  const looking = setInterval(() => {
    if (plan() === '') return;
    for (const { command } of processesUsing(plan())) if (command.includes('postgres\0-D')) seen.add(`${command.includes('-proof/cluster') ? 'there' : 'here'} ${command.includes('fsync=off')}`);
    for (const path of globSync(join(folder, '*', '{shop,buffer,filestore}.*'))) seen.add(path.endsWith('.age') ? 'encrypted' : path);
  }, 100);
  const result = await step.result;
  clearInterval(looking);
  const { found } = watch.stop();
  const { set = '', proof, manifest } = outputsOf(result);
  const { parts } = JSON.parse(manifest ?? '') as Manifest;
  expect(proof).toBe('readable');
  expect(parts).toMatchObject([{ name: 'shop', proof: 'equal', provenOn: '127.0.0.1', tables: 6 }, { name: 'buffer', proof: 'equal', provenOn: '127.0.0.1' }, { name: 'made', proof: 'readable' }, { name: 'filestore', proof: 'equal', provenOn: '127.0.0.1' }]);
  expect(parts.find(({ name }) => name === 'made')).not.toHaveProperty('provenOn');
  expect([...seen].sort()).toEqual(['encrypted', 'there true']);
  expect([...found, ...hunt.inText('the log', result.log), ...hunt.inFiles(host.state), ...hunt.inFiles(host.sets)]).toEqual([]);
  expect(result.log).not.toContain(CANARY);
  expect(readdirSync(join(host.sets, set)).filter((name) => !name.endsWith('.age'))).toEqual(['manifest.json']);
  expect(result.log).toContain('Proving shop on 127.0.0.1');
  expect({ wentDown: existsSync(others.wentDown), itsPlainData: existsSync(others.plain), underWay: existsSync(others.underWay) }).toEqual({ wentDown: false, itsPlainData: false, underWay: true });
}, 120_000);

needsFull('mariadbd', ...PROGRAMS, 'gpg')('MariaDB, and a set that is encrypted by gpg', async () => {
  const db = await startMariadb(join(host.root, 'db'));
  const home = join(host.root, 'gnupg');
  mkdirSync(home, { mode: 0o700 });
  const gpg = (...args: string[]): string => execFileSync('gpg', ['--homedir', home, '--batch', '--quiet', '--passphrase', '', ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    db.query('create database shop; create table shop.t (n int); insert into shop.t values (1), (2)');
    gpg('--quick-generate-key', 'keeper', 'rsa3072', 'encr', 'never');
    const result = await host.backup({ ...inputs, sources: JSON.stringify([{ mariadb: 'shop', host: db.socket, user: 'root' }]), 'gpg-key': gpg('--armor', '--export', 'keeper') });
    expect(JSON.parse(outputsOf(result)['parts'] ?? '')).toMatchObject([{ proof: 'equal', provenOn: '127.0.0.1', tables: 1, rows: 2 }]);
  } finally {
    await db.stop();
    execFileSync('gpgconf', ['--homedir', home, '--kill', 'all']);
  }
}, 120_000);

full('a line that is cut while a part is restored: the proof is begun anew over there', async () => {
  const step = host.start(shop);
  await untilRestoring();
  await spare.killConnections();
  await waitUntil('what it had begun is gone', () => instances().length === 0, 20_000);
  overThere('zstd', `exec ${findProgram('zstd')} "$@"`);
  const result = await step.result;
  expect(JSON.parse(outputsOf(result)['parts'] ?? '')).toMatchObject([{ proof: 'equal', provenOn: '127.0.0.1' }]);
  expect(result.log).toContain('The line to 127.0.0.1 was cut; going on from where it had come to');
}, 120_000);

it('all of the plan is killed here while a part is restored there: no set, and over there it ends by itself', async () => {
  const before = host.names();
  const step = host.start(shop);
  await untilRestoring();
  const id = plan();
  await cutPower(() => processesUsing(id).filter((info) => !isThere(info, id)).map(({ pid }) => pid));
  expect((await step.result).code).toBe(1);
  await waitUntil('the instance there is gone', () => instances().length === 0 && processesUsing(id).every(({ command }) => !command.includes('postgres\0')), 20_000);
  overThere('zstd', `exec ${findProgram('zstd')} "$@"`);
  const { set = '' } = outputsOf(await host.backup({ ...inputs, sources: JSON.stringify(sources.slice(1, 2)) }));
  expect(host.names()).toEqual([...before, set].sort());
}, 120_000);

full('all of it is killed over there: it is begun anew, and what was left over there goes', async () => {
  const step = host.start(shop);
  await untilRestoring();
  const id = plan();
  overThere('zstd', `exec ${findProgram('zstd')} "$@"`);
  await cutPower(() => processesUsing(id).filter((info) => isThere(info, id)).map(({ pid }) => pid));
  expect(outputsOf(await step.result)['proof']).toBe('equal');
}, 120_000);

full('a part that is damaged, there or on its way, is not called good', async () => {
  const before = host.names();
  // What unpacks the dump leaves the last rows out, and ends well.
  overThere('zstd', `case $* in *-dc*) ${findProgram('zstd')} "$@" >${host.root}/whole && if grep -aq '^COPY public.events' ${host.root}/whole; then sed '/^COPY public.events/,/^\\\\[.]/{ /^99\\t/d }' ${host.root}/whole; else cat ${host.root}/whole; fi ;; *) exec ${findProgram('zstd')} "$@" ;; esac`);
  expect(faultTold(await host.backup(shop))).toMatch(/127\.0\.0\.1: shop is not proven\. .*shop is not equal to the Shop; "2026" that it was taken from\. Rows differ in: .*events/s);
  overThere('cat', 'echo noise; exec /bin/cat "$@"');
  try {
    expect(faultTold(await host.backup(shop))).toMatch(/has another hash in .*spare of 127\.0\.0\.1 than here/s);
  } finally {
    rmSync(join(host.root, 'bin', 'cat'));
  }
  expect(host.names()).toEqual(before);
  expect(readFileSync(join(host.state, 'ledger'), 'utf8')).not.toContain(CANARY);
}, 120_000);

full('refused before anything is taken: a host that is not there, or has another key, or lets nobody in', async () => {
  const before = host.names();
  const [type = '', other = ''] = makeKey(join(host.root, 'other')).publicLine.split(' ');
  const refusals: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ 'proof-host': `ssh://${spare.user}@127.0.0.1:1${folder}` }, /127\.0\.0\.1: nothing can be proven there\. .*Connection refused/s],
    [{ 'proof-known-hosts': `[127.0.0.1]:${spare.port} ${type} ${other}` }, /nothing can be proven there\. .*(Host key verification failed|identification has changed)/is],
    [{ 'proof-ssh-key': makeKey(join(host.root, 'stranger')).text }, /nothing can be proven there\. .*Permission denied/is],
  ];
  for (const [changes, message] of refusals) {
    const refused = await host.backup({ ...shop, ...changes });
    expect(faultTold(refused)).toMatch(message);
    expect(refused.log).not.toContain('Taking shop');
  }
  const mistaken = await host.backup({ ...shop, 'proof-host': 'spare.example.com', 'proof-ssh-key': '' });
  expect(faultTold(mistaken)).toMatch(/proof-host.*accepted is ssh:\/\/user@host:port/s);
  const bound = await host.backup({ ...inputs, sources: JSON.stringify([{ redis: 'cache' }]), 'proof-known-hosts': '' });
  expect(faultTold(bound)).toMatch(/proof-known-hosts is missing.*proof-host: sources: cache \(redis\) can be restored on its own server only/s);
  expect(host.names()).toEqual(before);
}, 60_000);

needsFull('root', 'unshare', ...PROGRAMS)('refused before anything is taken: programs of another version, and too little room', async () => {
  const other = join(host.root, 'other-programs');
  mkdirSync(join(other, '14'), { recursive: true });
  // In a name space of its own that server has other programs of PostgreSQL.
  const old = await startSpare({ within: ['unshare', '--mount', 'sh', '-c', `mount --bind ${other} /usr/lib/postgresql && exec "$@"`, 'sh'] });
  overThere('pg_dump', 'echo "pg_dump (PostgreSQL) 14.9"');
  const small = join(host.root, 'small');
  mkdirSync(small);
  const disk = mountSmallDisk(small, 'size=2m');
  try {
    const version = await host.backup({ ...shop, ...place(old, folder) });
    expect(faultTold(version)).toMatch(/127\.0\.0\.1: it cannot prove this set\. PostgreSQL is version 14\.9 here, but the server of Shop; "2026" is version 15\.\d+/);
    const full = await host.backup({ ...shop, ...place(spare, small) });
    expect(faultTold(full)).toMatch(/127\.0\.0\.1: it cannot prove this set\. The disk of \S+small is too full for .*: about \d+ MB needed, \d+ MB free\. Nothing was taken\./);
    for (const refused of [version, full]) expect(refused.log).not.toContain('Taking shop');
    expect(readdirSync(small).filter((name) => name !== 'ballast')).toEqual([]);
  } finally {
    disk.unmount();
    rmSync(join(host.root, 'bin', 'pg_dump'));
    await old.stop();
  }
}, 60_000);
