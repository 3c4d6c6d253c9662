import { expect, test } from '@jest/globals';
import { UserError } from '#shared/core/errors';
import { fleetFields, fleetMistakes, tempoOf, type FleetInputs } from './fleet-inputs.ts';

const parse = (given: string): unknown => fleetFields.host.parse(given);

test.each([
  ['web1.example.com', [{ host: 'web1.example.com', label: 'web1.example.com' }]],
  ['::1', [{ host: '::1', label: '::1' }]],
  ['[::1]', [{ host: '[::1]', label: '[::1]' }]],
  ['web1\r\n\n deploy@web2:2222 ', [{ host: 'web1', label: 'web1' }, { host: 'web2', label: 'web2:2222', user: 'deploy', port: 2222 }]],
  ['- web1\n- "[::1]:2222"', [{ host: 'web1', label: 'web1' }, { host: '::1', label: '[::1]:2222', port: 2222 }]],
  ['[web1, web2]', [{ host: 'web1', label: 'web1' }, { host: 'web2', label: 'web2' }]],
  ['- { host: 10.0.0.7, user: ops, port: 22, label: reports }', [{ host: '10.0.0.7', label: 'reports', user: 'ops', port: 22 }]],
])('hosts: %j', async (given, hosts) => {
  expect(await parse(given)).toEqual(hosts);
});

test.each(['web 1', 'web1, web2', 'web1:0', 'web1:65536', '-oProxyCommand=x', '- {}', '- { host: web1, prot: 22 }', '- { host: web1, port: x }', '- [web1]', '- { host: "a b" }', '- { host: web1, label: "$(x)" }', '-\n'])('refused: %j', async (given) => {
  await expect((async () => parse(given))()).rejects.toThrow(UserError);
});

test('a host that is given twice needs labels; batches are hosts or a share of them', () => {
  const host = ['a', 'b', 'a'].map((name) => ({ host: name, label: name }));
  const inputs = { host, user: 'deploy', port: 22, sshKey: {}, maxParallel: 10, batches: undefined, firstAlone: false, waitBetween: 0, tolerateUnreachable: 0, timeout: 1 } as unknown as FleetInputs;
  expect(fleetMistakes(inputs)).toEqual(['host names a twice; give each host once, or a label of its own']);
  expect([undefined, '2', '50%', '1%'].map((batches) => tempoOf({ ...inputs, batches }).batchSize)).toEqual([3, 2, 2, 1]);
  expect(tempoOf({ ...inputs, maxParallel: 2 }, true).batchSize).toBe(2);
});
