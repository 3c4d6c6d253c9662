import { describe, expect, test } from '@jest/globals';
import { messageOf, UserError } from '#shared/core/errors';
import { defineAction } from './action.ts';
import { connectionFields, connectionMistakes, optionalConnectionFields, sshTarget } from './connection-inputs.ts';
import { createMasks } from './masks.ts';
import { readInputs } from './read-inputs.ts';

const branding = { icon: 'anchor', color: 'blue' };
const action = defineAction({ name: 'sample', title: 's', description: 's', branding, inputs: connectionFields, outputs: {} });
const relaxed = defineAction({ name: 'sample', title: 's', description: 's', branding, inputs: optionalConnectionFields, outputs: {} });
const read = (given: Record<string, string>) => readInputs(action, { DEPLOY_HOST: 'web1', DEPLOY_USER: 'deploy', DEPLOY_SERVICE: 'shop', ...given }, createMasks(() => undefined));

test('a login needs host, user and key; port and time-out have defaults', async () => {
  const target = sshTarget(await read({ DEPLOY_SSH_KEY: 'KEY' }), '/agent');
  expect(target).toEqual({
    host: 'web1', port: 22, user: 'deploy', key: expect.anything(), connectTimeout: 20_000, connectRetries: 3, hostKeys: { knownHosts: '', fingerprints: [] },
  });
  expect(target.key?.reveal()).toBe('KEY');
});

test('without a key the agent is asked; without either the login is refused', async () => {
  expect(sshTarget(await read({}), '/agent')).toMatchObject({ agent: '/agent' });
  const inputs = await read({});
  expect(() => sshTarget(inputs, '')).toThrow(UserError);
  expect(() => sshTarget(inputs, '')).toThrow('ssh-key is missing and no ssh-agent runs');
});

test('a jump host has its own key and host key, or shares those of the server', async () => {
  const shared = sshTarget(await read({ 'INPUT_SSH-KEY': 'K', 'INPUT_SSH-PASSPHRASE': 'P', 'INPUT_KNOWN-HOSTS': 'web1 ssh-ed25519 A', 'INPUT_JUMP-HOST': 'bastion' }));
  expect(shared.jump).toMatchObject({ host: 'bastion', port: 22, user: 'deploy', hostKeys: { knownHosts: 'web1 ssh-ed25519 A', fingerprints: [] } });
  expect([shared.jump?.key?.reveal(), shared.jump?.passphrase?.reveal()]).toEqual(['K', 'P']);
  const fingerprint = `SHA256:${'a'.repeat(43)}`;
  const own = sshTarget(await read({ 'INPUT_SSH-KEY': 'K', 'INPUT_SSH-PASSPHRASE': 'P', 'INPUT_JUMP-HOST': 'ops@[::1]:2222', 'INPUT_JUMP-SSH-KEY': 'J', 'INPUT_JUMP-HOST-FINGERPRINT': fingerprint }));
  expect(own.jump).toMatchObject({ host: '::1', port: 2222, user: 'ops', hostKeys: { knownHosts: '', fingerprints: [fingerprint] } });
  expect([own.jump?.key?.reveal(), own.jump?.passphrase]).toEqual(['J', undefined]);
});

describe('accepted', () => {
  test.each([
    ['host', 'web1.example.com'], ['host', '192.0.2.1'], ['host', '2001:db8::1'], ['host', '[2001:db8::1]'], ['host', 'under_score.local.'],
    ['user', 'deploy-user.2'], ['user', 'ann@example.com'], ['jump-host', 'bastion:2222'], ['jump-host', 'ann@example.com@bastion'], ['service', 'shop.v2_x-1'],
  ])('%s %s', async (input, value) => expect(await read({ [`INPUT_${input.toUpperCase()}`]: value })).toBeDefined());
});

describe('refused, by name', () => {
  const hostile = ['-oProxyCommand=x', '$(id)', '`id`', 'a b', 'a\nb', "a'b", 'a"b', 'a;b', '../x', 'naïve', 'x'.repeat(65_536), 'a/b', 'a\0b', '.', ' -rf'];
  const inputs = ['host', 'port', 'user', 'host-fingerprint', 'jump-host', 'jump-host-fingerprint', 'connect-timeout', 'service', 'environment'];
  test.each(inputs.flatMap((input) => hostile.map((value) => [input, value.slice(0, 20), value] as const)))('%s %j', async (input, _, value) => {
    const error: unknown = await read({ [`INPUT_${input.toUpperCase()}`]: value }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(messageOf(error)).toContain(`Input of sample to mend: ${input}: `);
    expect(messageOf(error).length).toBeLessThan(350);
  });
  test.each(['a@b@', '@bastion', 'bastion:0', 'bastion:65536', 'bastion:', '-x@bastion', 'a@-b'])('jump-host %s', async (jump) => {
    await expect(read({ 'INPUT_JUMP-HOST': jump })).rejects.toThrow('jump-host: accepted is user@host:port');
  });
});

test('the optional set asks for nothing until a login is wanted', async () => {
  const inputs = await readInputs(relaxed, {}, createMasks(() => undefined));
  expect([inputs.host, inputs.user, inputs.service, inputs.environment]).toEqual([undefined, undefined, undefined, 'production']);
  expect(() => sshTarget(inputs, '')).toThrow(/host is missing.*user is missing.*ssh-key is missing/s);
  expect(connectionMistakes(inputs, '/agent')).toHaveLength(2);
});
