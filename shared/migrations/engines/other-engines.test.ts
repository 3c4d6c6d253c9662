import { expect, test } from '@jest/globals';
import type { Engine } from '../engine.ts';
import { flyway } from './flyway.ts';
import { golangMigrate } from './golang-migrate.ts';
import { odoo } from './odoo.ts';
import { prisma } from './prisma.ts';
import { rails } from './rails.ts';

const setup = { database: 'postgres', directory: 'db', options: { flyway: 'flyway', jdbc: 'jdbc:postgresql://db/shop', migrations: 'm' } } as const;
const info = (...states: readonly string[]): string => JSON.stringify({ migrations: states.map((state, index) => ({ version: `${index + 1}`, description: `step ${index + 1}`, state })) });

test('flyway: each state that it tells, and no other', () => {
  expect(flyway.parseStatus(info('Success', 'Out of Order', 'Missing', 'Pending'), setup)).toEqual({ applied: [{ name: '1 step 1' }, { name: '2 step 2' }], pending: [{ name: '4 step 4' }], unknown: ['3 step 3'] });
  for (const state of ['Failed', 'Ignored', 'Something new']) expect(() => flyway.parseStatus(info('Success', state), setup)).toThrow(`Flyway tells that 2 step 2 is ${state}`);
});

test('flyway: one version a call, repeatable ones all at once, and a password that is no argument', () => {
  const [first, second] = flyway.apply(setup, [{ name: '4 step 4' }, { name: '5.1 more' }]);
  expect([first?.script, second?.script].map((script) => script?.split('\n').at(-1))).toEqual(['flyway -target=4 migrate', 'flyway -target=5.1 migrate']);
  expect(flyway.apply(setup, [{ name: '4 step 4' }, { name: 'views' }]).map(({ title }) => title)).toEqual(['4 step 4, views']);
});

test.each<[Engine, readonly string[]]>([
  [flyway, ['', 'ERROR: no', '{}', '{"migrations":[{"version":"1"}]}', '{"migrations":1}']], [golangMigrate, ['', 'file|1_a\n', 'file|a\nend\n', 'error: no migration\nend\n', 'at|x|clean\nend\n']],
  [prisma, ['', 'file|a\n', 'No pending migrations to apply.\nend\n', 'a|what\nend\n']], [rails, ['', 'file|1_a.rb\n', 'rails aborted!\nend\n', 'at|x\nend\n']], [odoo, ['', '["pending","a",null]\n', 'Traceback\n["end"]\n']],
])('output that is not understood is a fault: %#', (engine, texts) => {
  for (const printed of texts) expect(() => engine.parseStatus(printed, setup)).toThrow(/not understood|has no end|is not the JSON/);
});
