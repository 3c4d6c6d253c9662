import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startHost, type Host } from '#shared/testing/host';
import { connectionInputs } from '#shared/testing/pipeline';
import { tellStory, type Told } from '#shared/testing/tell-story';
import { blueGreenSwitch } from '../actions/blue-green-switch/src/blue-green-switch.ts';
import { action as switchAction } from '../actions/blue-green-switch/src/inputs.ts';
import { action as rollbackAction } from '../actions/rollback/src/inputs.ts';
import { rollback } from '../actions/rollback/src/rollback.ts';
import { action as deployAction } from '../actions/ssh-deploy/src/inputs.ts';
import { sshDeploy } from '../actions/ssh-deploy/src/ssh-deploy.ts';

type Inputs = Readonly<Record<string, string>>;

const STANDBY_TIMER = /plan\.sh timer|sleep /;
const HOOKS = ['before-prepare', 'after-prepare', 'before-publish', 'after-publish', 'on-failure', 'on-rollback'];
const it = needs('sshd', 'nginx', 'runsv');

let host: Host;
beforeAll(async () => { host = await startHost({ mode: 'socket' }); });
afterAll(() => host.stop(STANDBY_TIMER));

const TELL = 'echo "$HOOK $RELEASE ${PREVIOUS_RELEASE-}${UNDONE_RELEASE-} ${SLOT-} $RUN_ID" >>"$HOME/hooks"; [ ! -e "$HOME/fail-$HOOK" ] || exit 9';
const hooks: Inputs = Object.fromEntries(HOOKS.map((name) => [name, TELL]));
const deploy = (version: string, more: Inputs = {}, fault?: string): Promise<Told> =>
  tellStory(deployAction, sshDeploy, { ...host.inputs, ...hooks, source: host.makeRelease(version, fault), release: version, ...more }, { id: version });
const switchTraffic = (run: string, more: Inputs = {}): Promise<Told> =>
  tellStory(switchAction, blueGreenSwitch, { ...connectionInputs(host), 'drain-timeout': '0s', 'proof-timeout': '1s', ...more }, { id: run });

/** The hooks that ran since this was last asked. */
function ran(): string[] {
  const file = join(host.home, 'hooks');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  rmSync(file, { force: true });
  return lines;
}

it('hooks run in their moments, with what they are told, in slots', async () => {
  for (const told of [await deploy('v1'), await switchTraffic('v1'), await deploy('v2')]) expect(told.failure).toBeUndefined();
  expect(ran()).toEqual(['before-prepare v1   v1', 'after-prepare v1  blue v1', 'before-publish v1  blue v1', 'after-publish v1  blue v1', 'before-prepare v2 v1  v2', 'after-prepare v2 v1 green v2']);

  expect((await switchTraffic('v2', { url: 'http://127.0.0.1:1' })).failure?.message).toContain('Traffic went back');
  expect(ran()).toEqual(['before-publish v2 v1 green v2', 'on-failure v2 v1 green v2', 'on-rollback v1 v2 blue v2']);

  expect((await switchTraffic('v2')).failure).toBeUndefined();
  const back = await tellStory(rollbackAction, rollback, { ...connectionInputs(host), release: 'v1' }, { id: 'back' });
  expect(back.failure).toBeUndefined();
  expect(ran()).toEqual(['before-publish v2 v1 green v2', 'after-publish v2 v1 green v2', 'on-rollback v1 v2 blue back']);
});

it('a hook that fails beforehand keeps users where they are; one that fails afterwards is told', async () => {
  const publishes = 'case $HOOK in on-*) ;; *) exit 9 ;; esac';
  const early = await deploy('v3', { 'after-prepare': publishes });
  expect(early.failure?.message).toContain('"Running the hook after-prepare" failed with exit code 9');
  expect(ran()).toEqual(['before-prepare v3 v1  v3', 'on-failure v3 v1  v3']);

  expect((await deploy('v4', { 'before-publish': publishes })).failure).toBeUndefined();
  expect((await switchTraffic('v4')).failure?.message).toContain('"Running the hook before-publish" failed with exit code 9');
  expect(ran().slice(2)).toEqual(['on-failure v4 v1 green v4']);

  expect((await deploy('v5', { 'after-publish': publishes })).failure).toBeUndefined();
  const late = await switchTraffic('v5');
  expect(late.failure).toBeUndefined();
  expect(late.lines).toContainEqual('The hook after-publish failed with exit code 9. Nothing was taken back for it: look at what it printed.');
});

it('and in place', async () => {
  const inPlace = { ...connectionInputs(host), path: join(host.root, 'srv/plain'), service: 'plain', strategy: 'in-place', start: '', stop: '', health: '', 'runtime-dir': '', 'health-command': '[ ! -e broken ]', 'health-timeout': '1s', restart: ':' };
  ran();
  const plain = (version: string): Promise<Told> => tellStory(deployAction, sshDeploy, { ...inPlace, ...hooks, source: host.makeRelease(version), release: version, prepare: version === 'p2' ? 'touch broken' : ':' }, { id: version });
  expect((await plain('p1')).failure).toBeUndefined();
  expect(ran()).toEqual(['before-prepare p1   p1', 'after-prepare p1   p1', 'before-publish p1   p1', 'after-publish p1   p1']);
  expect((await plain('p2')).failure?.message).toContain('went back');
  expect(ran()).toEqual(['before-prepare p2 p1  p2', 'after-prepare p2 p1  p2', 'before-publish p2 p1  p2', 'on-failure p2 p1  p2', 'on-rollback p1 p2  p2']);
});
