import { expect, test } from '@jest/globals';
import { appFields, appMistakes } from './app-inputs.ts';

const field = appFields['more-apps'];
const AI = 'ai: { blue-port: 4001, green-port: 4002, health: /ai/health }';
const given = { strategy: 'compose', router: 'nginx-socket', bluePort: 3001, greenPort: 3002 };

test('apps are read with their ports, health and address', async () => {
  expect(await field.parse(`${AI}\ndocs-2: { blue-port: 5001, green-port: 5002, url: 'https://docs.example.com' }`)).toEqual({
    ai: { ports: { blue: 4001, green: 4002 }, health: '/ai/health', url: '' },
    'docs-2': { ports: { blue: 5001, green: 5002 }, health: '', url: 'https://docs.example.com' },
  });
});

test.each([
  ['[ai]', 'accepted is YAML of names'],
  ['AI: {}', '"AI" is no name of an app'],
  ['ai: { port: 1 }', 'ai has port; accepted are blue-port, green-port, health, url'],
  ['ai: { blue-port: 4001 }', 'green-port of ai is a TCP port'],
  ['ai: { blue-port: 4001, green-port: 70000 }', 'green-port of ai is a TCP port'],
  ['ai: { blue-port: 4001, green-port: 4002, health: [] }', 'health and url of ai are texts'],
  ['ai: { blue-port: 4001, green-port: 4002, health: "//evil" }', 'accepted is a path'],
  ['ai: { blue-port: 4001, green-port: 4002, url: "https://me:word@example.com" }', 'url of ai has an account in it'],
])('%s is refused', async (yaml, why) => {
  await expect((async () => field.parse(yaml))()).rejects.toThrow(why);
});

test.each<[string, Partial<typeof given>, string]>([
  ['without slots', { strategy: 'in-place' }, 'more-apps is for strategies with slots'],
  ['a router with one backend a slot', { router: 'caddy' }, 'more-apps needs router nginx-socket or haproxy; with caddy, have one app'],
  ['a port of the first app', { bluePort: 4002 }, 'port 4002 is given twice'],
])('they do not go with %s', async (_, change, why) => {
  expect(appMistakes({ ...given, ...change, moreApps: await field.parse(AI) }).join()).toContain(why);
});

test('with commands each needs a health path; containers may have their own', async () => {
  const moreApps = await field.parse('ai: { blue-port: 4001, green-port: 4002 }');
  expect(appMistakes({ ...given, moreApps })).toEqual([]);
  expect(appMistakes({ ...given, strategy: 'slots', moreApps }).join()).toContain('ai has no health');
});
