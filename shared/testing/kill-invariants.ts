import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { lastMove, parseLedger, verifiedReleases } from '#shared/server/ledger';
import { containerFaults } from './kill-compose.ts';
import type { World } from './kill-world.ts';
import type { Loss, LoadTotals } from './load-totals.ts';
import { processes } from './processes.ts';

/** What is live while a service is closed: users get this, and the links lead to what answers so. */
export const CLOSED = 'status 503';
const MAINTENANCE = 'maintenance';

/** What has to hold in the end. */
export interface End {
  readonly wanted: string;
  readonly leavesPrepared?: boolean;
}

/**
 * What is not as it has to be once a workflow has run to its end: each line names one thing. Nothing is left of any plan but its records and
 * the timer of the standby (which a power cut ends: then the next deployment does); users reach the release, and would after a boot.
 */
export async function findFaults(world: World, end: End, hadPowerCut = false): Promise<string[]> {
  const { host, mode } = world;
  await settled(world);
  return [
    ...(await unreached(world, end.wanted)),
    ...(mode === 'in-place' ? inPlaceFaults(host, end.wanted) : slotFaults(world, end, hadPowerCut)),
    ...(world.containers === undefined ? [] : await containerFaults(world.containers, host.path, liveSlot(host), { blue: heldBy(host.path, 'blue'), green: heldBy(host.path, 'green') })),
    ...unfinishedPlans(host.path).map((plan) => `plan ${plan} has not ended`),
    ...plansOf(host.path).filter((plan) => livesOn(journalOf(host.path, plan))).map((plan) => `plan ${plan} did something after its end`),
    ...leftOvers(world),
    ...(isLocked(host.path) ? ['the lock is held'] : []),
    ...strayFiles(host.path),
  ];
}

// A server may still be at what it does by itself: an executor that just lost its step, a standby of no time at all. To look at all processes is work.
async function settled(world: World): Promise<void> {
  for (const deadline = performance.now() + 15_000; performance.now() < deadline && leftOvers(world).length > 0;) await wait(200);
}

/** What users may lose, and why that is no fault. */
export interface Forgiven {
  /** The service is closed for a while: the maintenance page. */
  readonly isClosing?: boolean | undefined;
  /** The router closes connections at each move: requests on these, which it never answered. */
  readonly closesConnections?: boolean | undefined;
}

/** What users lost, as a line each. */
export function lossesIn({ sent, lost, losses, causes }: LoadTotals, { isClosing = false, closesConnections = false }: Forgiven = {}): string[] {
  if (sent === 0) return ['nobody asked anything'];
  const isPage = ({ cause, detail }: Loss): boolean => cause === 'status' && detail.startsWith('503 from the router');
  const real = losses.filter((loss) => !(isClosing && isPage(loss)) && !(closesConnections && loss.cause === 'reset'));
  const forgiven = (closesConnections ? causes.reset : 0) + (isClosing ? causes.status - real.filter(({ cause }) => cause === 'status').length : 0);
  return lost === forgiven ? [] : [`${lost - forgiven} of ${sent} requests were lost`, ...real.slice(0, 5).map((loss) => `  ${loss.kind} ${loss.cause} at ${new Date(loss.at).toISOString()}: ${loss.detail}`)];
}

/** The plans on a server, oldest first, and which of them have not ended. */
export function plansOf(path: string): string[] {
  return readdirSync(join(path, '.slipway/plans')).sort();
}
/** Those that have not. */
export function unfinishedPlans(path: string): string[] {
  return plansOf(path).filter((plan) => !existsSync(join(path, '.slipway/plans', plan, 'final')));
}

/** The journal of a plan, without times. */
export function journalOf(path: string, plan: string): string {
  return read(join(path, '.slipway/plans', plan, 'journal')).replaceAll(/^\d+ /gm, '');
}

/** The slot that a server boots into. */
export function confirmedSlot({ path }: World['host']): string {
  return slotOf(link(join(path, 'confirmed.sock')));
}

/** The release that it boots into, or CLOSED; empty where none was ever confirmed. */
export function confirmedRelease(host: World['host']): string {
  const [slot, { path }] = [confirmedSlot(host), host];
  return slot === MAINTENANCE ? CLOSED : heldBy(path, slot);
}

/** The release beside the live one that a rollback may go back to without starting anything. */
export function warmRelease({ host: { path }, live }: World): string | undefined {
  const verified = verifiedReleases(parseLedger(read(join(path, '.slipway/ledger'))));
  return ['blue', 'green'].map((slot) => heldBy(path, slot)).find((release) => release !== live && verified.includes(release));
}

/** Everything that helps to see what happened on a server. */
export function describeServer({ path, root }: World['host']): string {
  const plans = plansOf(path).slice(-6).map((plan) => `--- ${plan}\n${read(join(path, '.slipway/plans', plan, 'journal'))}${read(join(path, '.slipway/plans', plan, 'output')).slice(-2_000)}`);
  const files = execFileSync('find', [path, join(root, 'run'), '-maxdepth', '3', '-not', '-path', '*/plans/*', '-printf', '%p -> %l\n'], { encoding: 'utf8' });
  return [...plans, '--- ledger', read(join(path, '.slipway/ledger')).split('\n').slice(-16).join('\n'), '--- files', files].join('\n');
}

// All of what is asked at once, so that a share would show.
async function unreached(world: World, wanted: string): Promise<string[]> {
  const reached = new Set(await Promise.all(Array.from({ length: 30 }, () => world.liveVersion())));
  reached.delete(wanted);
  return [...reached].map((other) => `users reach ${other}, not ${wanted}`);
}

function slotFaults(world: World, end: End, hadPowerCut: boolean): string[] {
  const { path } = world.host;
  const confirmed = slotOf(link(join(path, 'confirmed.sock')));
  const live = liveSlot(world.host);
  return [
    ...(confirmed === live ? [] : [`${live} is live, but ${confirmed || 'nothing'} is confirmed`]),
    ...ledgerFaults(path, end.wanted),
    ...(world.mode === 'shares' ? shareFaults(world.host, live) : routeFaults(world.host, live)),
    ...(end.wanted === CLOSED ? closedFaults(live) : openFaults(world, end, live, hadPowerCut)),
    ...(['blue', 'green'].filter((slot) => heldBy(path, slot) !== '' && !existsSync(join(path, 'releases', heldBy(path, slot)))).map((slot) => `${slot} holds ${heldBy(path, slot)}, which is not there`)),
  ];
}

function openFaults({ host: { path, supervisor }, mode }: World, { wanted, leavesPrepared }: End, live: string, hadPowerCut: boolean): string[] {
  const held = (slot: string): string => heldBy(path, slot);
  const idle = live === 'blue' ? 'green' : 'blue';
  const standby = read(join(path, '.slipway/standby')).trim();
  const runs = supervisor.pids().flatMap((pid) => /SLOT=(\w+)/.exec(read(`/proc/${pid}/environ`))?.[1] ?? []);
  const isDue = hadPowerCut || processes().some(({ command }) => command.includes(`/plans/${standby}/plan.sh\0timer\0`));
  return [
    ...(held(live) === wanted ? [] : [`the live slot ${live} holds ${held(live)}, not ${wanted}`]),
    ...(runs.includes(live) || mode === 'compose' ? [] : [`nothing runs in the live slot ${live}`]),
    ...(held(idle) === '' && runs.includes(idle) ? [`an app runs in ${idle}, which holds no release`] : []),
    ...(held(idle) !== '' && standby === '' && leavesPrepared !== true ? [`${idle} still holds ${held(idle)}, and is nobody's standby`] : []),
    ...(held(idle) !== '' && standby !== '' && !isDue ? [`no timer waits to end the standby of plan ${standby}`] : []),
  ];
}

function closedFaults(live: string): string[] {
  return live === MAINTENANCE ? [] : [`the service is to be closed, but ${live} is live`];
}

// What the ledger says last of traffic is what is so.
function ledgerFaults(path: string, wanted: string): string[] {
  const last = lastMove(parseLedger(read(join(path, '.slipway/ledger'))));
  const isTold = wanted === CLOSED ? last?.event === 'close' : last?.release === wanted && ['confirm', 'back', 'open'].includes(last.event);
  return isTold ? [] : [`the ledger's last word is ${last?.event} of ${last?.release}, where ${wanted} is wanted`];
}

// The folder of buckets that nginx reads, and the one it would after a boot, are those of the slot that the sockets' links say.
function shareFaults({ path, runtimeDir }: World['host'], live: string): string[] {
  const folder = join(path, 'shares', { blue: '0', green: '100' }[live] ?? 'closed');
  const found = [link(join(runtimeDir, 'live')), link(join(path, 'confirmed'))].map((to) => (to === join(path, 'confirmed') ? link(to) : to));
  return found.filter((to) => to !== folder).map((to) => `a share is ${to}, not ${folder}`);
}

// So do the files that other routers read, those there are: HAProxy's map, and the links that lead to a route.
function routeFaults({ path, runtimeDir, service }: World['host'], live: string): string[] {
  const target = { blue: '0', green: '100' }[live] ?? 'closed';
  const links = [join(path, 'confirmed.conf'), join(runtimeDir, 'live.conf'), join(runtimeDir, 'traefik', `${service}.yml`)].filter((name) => link(name) !== '');
  const [, kept = target] = /^# target (\w+)$/m.exec(read(join(path, 'haproxy.map'))) ?? [];
  return [
    ...links.map((name) => realpathSync(name)).filter((route) => !route.endsWith(`/routes/${target}.conf`)).map((route) => `a route is ${route}, not ${target}`),
    ...(kept === target ? [] : [`HAProxy's map is that of ${kept}, not ${target}`]),
  ];
}

// The end of the standby comes after the end of its plan.
function livesOn(journal: string): boolean {
  const [, after = ''] = journal.split(/^final .*\n/m);
  return after.split('\n').some((line) => line !== '' && !/^(begin|process|end) retire\b/.test(line));
}

function heldBy(path: string, slot: string): string {
  return link(join(path, 'slots', slot)).replace('../releases/', '');
}

// A boot makes live.sock a link to the link of what was confirmed.
function liveSlot({ path, runtimeDir }: Pick<World['host'], 'path' | 'runtimeDir'>): string {
  const live = link(join(runtimeDir, 'live.sock'));
  return slotOf(live === join(path, 'confirmed.sock') ? link(live) : live);
}

function slotOf(socket: string): string {
  return socket.replace(/^.*\/|\.sock$/g, '');
}

function inPlaceFaults({ path }: World['host'], wanted: string): string[] {
  const [current, restarted] = [link(join(path, 'current')), read(join(path, 'shared/restarted')).trim()];
  return [
    ...(current === `releases/${wanted}` ? [] : [`current is ${current}, not ${wanted}`]),
    ...(restarted === wanted ? [] : [`the service was last restarted with ${restarted}, not ${wanted}`]),
  ];
}

// The timer of the standby is as it should be, and nothing else that works for a plan.
function leftOvers({ host, gate }: World): string[] {
  const standby = read(join(host.path, '.slipway/standby')).trim();
  const all = processes();
  const timers = new Set(all.filter(({ command }) => command.includes(`/plans/${standby}/plan.sh\0timer\0`) && command.includes('\0retire')).map(({ pid }) => pid));
  return all
    .filter(({ pid, parent, environ }) => `\0${environ}`.includes(`\0PATH=${gate.bin}:`) && !timers.has(pid) && !timers.has(parent))
    .map(({ pid, command }) => `process ${pid} is left: ${command.replaceAll('\0', ' ').slice(0, 300)}`);
}

function isLocked(path: string): boolean {
  return spawnSync('flock', ['-n', join(path, '.slipway/lock'), 'true']).status !== 0;
}

function strayFiles(path: string): string[] {
  const list = (folder: string): string[] => (existsSync(join(path, folder)) ? readdirSync(join(path, folder)) : []);
  const [releases, records] = [list('releases'), list('.slipway/releases')];
  const found = execFileSync('find', [path, '(', '-name', '.slipway-new', '-o', '-name', '.next', '-o', '-name', '*.new', ')', '-print'], { encoding: 'utf8' });
  return [
    ...found.split('\n').filter(Boolean),
    ...list('.slipway/incoming').filter((name) => name !== 'lock').map((name) => `incoming/${name}`),
    ...(list('.slipway').includes('trash') ? ['.slipway/trash'] : []),
    ...releases.filter((name) => !records.includes(name)).map((name) => `releases/${name}, of which there is no record`),
    ...records.filter((name) => !releases.includes(name)).map((name) => `the record of ${name}, which is not there`),
    ...releases.filter((name) => name !== '.next' && read(join(path, 'releases', name, 'prepared')) !== 'ready\n').map((name) => `releases/${name}, which was not prepared`),
  ].map((name) => `left behind: ${name}`);
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
