import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { startFleet, type Fleet } from '#shared/testing/fleet';
import { tellStory, type Told } from '#shared/testing/tell-story';
import { blueGreenSwitch } from '../actions/blue-green-switch/src/blue-green-switch.ts';
import { action as switchAction } from '../actions/blue-green-switch/src/inputs.ts';
import { action as rollbackAction } from '../actions/rollback/src/inputs.ts';
import { rollback } from '../actions/rollback/src/rollback.ts';
import { action as deployAction } from '../actions/ssh-deploy/src/inputs.ts';
import { sshDeploy } from '../actions/ssh-deploy/src/ssh-deploy.ts';
import { action as testAction } from '../actions/smoke-test/src/inputs.ts';
import { smokeTest } from '../actions/smoke-test/src/smoke-test.ts';

type Inputs = Readonly<Record<string, string>>;
interface HostResult { readonly label: string; readonly result: string; readonly reason?: string }

const SIZE = 5;
const it = needs('root', 'sshd', 'unshare', 'socat', 'curl');

let fleet: Fleet;
beforeAll(async () => { fleet = await startFleet(SIZE); });
afterAll(async () => fleet[Symbol.asyncDispose]());

const deploy = (version: string, more: Inputs = {}, unhealthyOn: readonly string[] = []): Promise<Told> =>
  tellStory(deployAction, sshDeploy, { ...fleet.connection, source: fleet.makeRelease(version, unhealthyOn), release: version, ...more }, { id: version });
const switchTraffic = (run: string, more: Inputs = {}): Promise<Told> => tellStory(switchAction, blueGreenSwitch, { ...fleet.connection, 'drain-timeout': '0s', 'proof-timeout': '2s', ...more }, { id: run });
const served = (): string[] => fleet.members.map((member) => member.serves());
const all = (release: string): string[] => fleet.members.map(() => release);
const results = ({ outputs }: Told): string => (outputs['hosts'] as readonly HostResult[]).map(({ result }) => result).join(' ');

describe('in place', () => {
  const inPlace = (version: string, more: Inputs = {}, unhealthyOn: readonly string[] = []): Promise<Told> => deploy(version, { ...fleet.inPlace, ...more }, unhealthyOn);

  it('every host gets the release, all at once, and each says how it went', async () => {
    const told = await inPlace('p1');
    expect(told.failure).toBeUndefined();
    expect([results(told), served()]).toEqual(['done done done done done', all('p1')]);
    expect(told.outputs).toMatchObject({ release: 'p1', 'skew-ms': expect.any(Number) });
    expect(told.lines).toContainEqual(expect.stringMatching(/^\[web3\] Waiting until every host is prepared …$/));
  });

  it('one host on which it fails after the act takes all of them back', async () => {
    const told = await inPlace('p2', {}, ['web4']);
    expect(told.failure?.message).toMatch(/^1 of 5 hosts failed:\n- web4: "Waiting until the service is healthy" failed/);
    expect(told.failure?.message).toContain('Held back for that, and as before: web1, web2, web3, web5.');
    expect(served()).toEqual(all('p1'));
    for (const member of fleet.members) expect(member.ledger().at(-1)).toMatchObject({ event: 'back', undone: 'p2' });
  });

  it('one host on which preparing fails keeps all of them from publishing', async () => {
    const told = await inPlace('p3', { prepare: '! grep -qx web2 "$SERVICE_PATH/label"' });
    expect(results(told)).toBe('held-back failed held-back held-back held-back');
    expect(served()).toEqual(all('p1'));
    for (const member of fleet.members) expect(member.ledger().filter(({ release }) => release === 'p3')).toEqual([]);
  });

  it('batches publish one after the other, and what is wrong in the second takes the first back', async () => {
    const told = await inPlace('p4', { batches: '40%', 'first-alone': 'true', 'wait-between': '100ms' }, ['web2']);
    expect(results(told)).toBe('held-back failed held-back held-back held-back');
    expect(served()).toEqual(all('p1'));
    const touched = fleet.members.filter((member) => member.ledger().some(({ event, undone }) => event === 'back' && undone === 'p4')).map(({ label }) => label);
    expect(touched).toEqual(['web1', 'web2', 'web3']);
    expect((await inPlace('p5', { batches: '2', 'max-parallel': '2' })).failure).toBeUndefined();
    expect(served()).toEqual(all('p5'));
  });

  it('goes back everywhere, and makes one again what is mixed, naming it', async () => {
    const back = await tellStory(rollbackAction, rollback, { ...fleet.connection, release: 'p1' }, { id: 'back' });
    expect([back.failure, served()]).toEqual([undefined, all('p1')]);
    const alone = JSON.stringify([JSON.parse(fleet.connection['host']!)[0]]);
    expect((await inPlace('p6', { host: alone })).failure).toBeUndefined();
    expect(served()).toEqual(['p6', 'p1', 'p1', 'p1', 'p1']);
    const told = await inPlace('p7');
    expect(told.lines).toContain('The fleet is mixed: web1 serves p6; web2, web3, web4, web5 serve p1. This run makes it one again.');
    expect(served()).toEqual(all('p7'));
  });

  it('a host out of reach is named; as many as tolerated are left as they are', async () => {
    const hosts = [...(JSON.parse(fleet.connection['host']!) as object[]), { host: '127.0.0.1', port: '1', label: 'gone' }];
    const host = JSON.stringify(hosts);
    const refused = await inPlace('p8', { host, 'connect-timeout': '1s' });
    expect(refused.failure?.message).toMatch(/^1 of 6 hosts cannot be reached \(tolerate-unreachable is 0\), so nothing was begun on any:\n- gone: /);
    expect(served()).toEqual(all('p7'));
    const told = await inPlace('p8', { host, 'connect-timeout': '1s', 'tolerate-unreachable': '1' });
    expect([told.failure, results(told), served()]).toEqual([undefined, 'done done done done done unreachable', all('p8')]);
  });

  it('a script runs on every host, batch by batch, and no further than where it fails', async () => {
    const script = { strategy: 'script', script: `grep -v web3 ${fleet.inPlace['path']}/label`, capture: 'true', 'max-parallel': '2' };
    const told = await tellStory(deployAction, sshDeploy, { ...fleet.connection, ...script });
    expect(results(told)).toBe('done done failed done held-back');
    expect(told.outputs['hosts']).toMatchObject([{ stdout: 'web1' }, { stdout: 'web2' }, { 'exit-code': 1 }, { stdout: 'web4' }, {}]);
    expect(told.failure?.message).toContain('- web3: The script on');
  });
});

describe('with slots', () => {
  let fleet5: Fleet;
  beforeAll(async () => {
    fleet5 = fleet;
    fleet = await startFleet(SIZE);
  });
  afterAll(async () => fleet5[Symbol.asyncDispose]());

  it('prepares everywhere, switches everywhere, and goes back everywhere', async () => {
    for (const version of ['v1', 'v2']) {
      const prepared = await deploy(version, fleet.slots);
      expect(prepared.failure).toBeUndefined();
      const told = await switchTraffic(version);
      expect([told.failure, results(told), served()]).toEqual([undefined, 'done done done done done', all(version)]);
    }
    expect((await deploy('v3', fleet.slots)).failure).toBeUndefined();
    const refused = await switchTraffic('v3', { 'version-json-path': '$.version', 'expect-version': 'v9' });
    expect(refused.failure?.message).toContain('The proof from outside failed');
    expect(served()).toEqual(all('v2'));
    const back = await tellStory(rollbackAction, rollback, { ...fleet.connection, release: 'v1' }, { id: 'back' });
    expect([back.failure, served(), fleet.members.map((member) => member.confirmed())]).toEqual([undefined, all('v1'), all('v1')]);
  });

  describe('are asked by one smoke test', () => {
    const ask = (more: Inputs): Promise<Told> => tellStory(testAction, smokeTest, { ...fleet.connection, slot: 'live', 'version-json-path': '$.version', 'expect-version': 'v1', once: 'true', ...more });
    const verdicts = ({ outputs }: Told): string => (outputs['hosts'] as readonly { readonly verdict?: string }[]).map(({ verdict }) => String(verdict)).join(' ');

    it('each its own slot, in as many rounds as it takes, and what is asked from outside once', async () => {
      let asked = 0;
      await using site = createServer(() => { asked += 1; }).listen(0, '127.0.0.1');
      await once(site, 'listening');
      const checks = `- tcp: 127.0.0.1:${(site.address() as AddressInfo).port}\n- { name: own label, command: 'cat "$FLEET_MEMBER/label"', text: web }`;
      const told = await ask({ checks, path: '/', 'max-parallel': '2' });
      expect([told.failure, results(told), verdicts(told), asked]).toEqual([undefined, 'done done done done done', 'pass pass pass pass pass', 1]);
      expect(told.outputs).toMatchObject({ verdict: 'pass', passed: 11, failed: 0, version: 'v1' });
      expect(told.outputs['checks']).toContainEqual(expect.objectContaining({ host: 'web3', name: 'own label', verdict: 'pass' }));
    });

    it('one that fails fails it, by name; the others say their own', async () => {
      fleet.members[3]?.kill(/socat/);
      const told = await ask({});
      expect(told.failure?.message).toMatch(/^1 of 5 hosts failed:\n- web4: Smoke test failed\. GET \/ failed: /);
      expect(told.failure?.message).not.toContain('Mixed');
      expect([results(told), verdicts(told), told.outputs['verdict'], told.outputs['passed']]).toEqual(['done done done failed done', 'pass pass pass fail pass', 'fail', 4]);
    });

    it('one out of reach is no evidence; as many as tolerated are named, and count for nothing', async () => {
      const gone = { host: '127.0.0.1', port: '1', label: 'gone' };
      const host = JSON.stringify([...(JSON.parse(fleet.connection['host']!) as object[]).slice(0, 2), gone]);
      const refused = await ask({ host, 'connect-timeout': '1s' });
      expect(refused.failure?.message).toMatch(/^1 of 3 hosts cannot be reached \(tolerate-unreachable is 0\), so nothing was begun on any:\n- gone: /);
      expect(refused.outputs).toMatchObject({ verdict: 'inconclusive', passed: 0 });
      const told = await ask({ host, 'connect-timeout': '1s', 'tolerate-unreachable': '1' });
      expect([told.failure, results(told), told.outputs['verdict']]).toEqual([undefined, 'done done unreachable', 'pass']);
    });
  });
});
