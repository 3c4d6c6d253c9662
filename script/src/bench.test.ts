import { expect, test } from '@jest/globals';
import { figureOf, interleave, ratioOf } from '../../bench/benchmark.ts';
import type { Result } from '../../bench/result.ts';
import { benchmarksPage, isReached, missedOf, tableText } from './bench-page.ts';

test('contenders take turns, and the first round is not counted', async () => {
  const order: string[] = [];
  const contender = (name: string) => async () => order.push(name);
  const samples = await interleave({ peer: contender('peer'), ours: contender('ours') }, 2);
  expect(order.join(' ')).toBe('peer ours peer ours peer ours');
  expect(samples).toEqual({ peer: [3, 5], ours: [4, 6] });
});

test('a figure is the median and the middle half; a ratio is taken round by round, so that a slow minute meets both', () => {
  expect(figureOf([5, 1, 2, 4, 3])).toEqual({ median: 3, low: 2, high: 4, count: 5 });
  expect(ratioOf([1, 10, 100], [2, 20, 100])).toBe(0.5);
});

test('the page has the method, the machine, and each goal with whether it was missed', () => {
  const figure = { median: 1_234, low: 900, high: 1_500, count: 9 };
  const rows = [
    { name: 'peer', figure }, { name: 'near', figure, ratio: 1.2, goal: { ratio: 1.3 } }, { name: 'far', figure, ratio: 2, goal: { median: 1_000 } },
  ];
  const result: Result = {
    name: 'sample', title: 'Sample', method: 'As follows.', measured: '2026-11-21',
    machine: { cores: 2, memory: 4, system: 'Debian 12.1', kernel: '6.1', node: 'v24.1.0', load: 0.5 },
    tables: [{ title: 'At 0 ms', unit: 'ms', ratio: 'times peer', rows, notes: ['Peer 3.1.'] }],
  };
  const page = benchmarksPage([result]);
  for (const text of ['## Sample', 'As follows.', '2026-11-21: 2 cores, 4 GiB, Debian 12.1, Linux 6.1, Node 24.1.0, load 0.5', '\nPeer 3.1.']) expect(page).toContain(text);
  expect(page).toContain('| peer | 1.23 s | 900 ms – 1.50 s of 9 |  |  |');
  expect(page).toContain('| near | 1.23 s | 900 ms – 1.50 s of 9 | 1.20 × | ≤ 1.30 × |');
  expect(page).toContain('| far | 1.23 s | 900 ms – 1.50 s of 9 | 2.00 × | ≤ 1.00 s, **missed** |');
  expect(rows.map(isReached)).toEqual([true, true, false]);
  expect(tableText({ title: 'Sizes', unit: 'bytes', rows: [{ name: 'tree', figure: figureOf([2_900_000]) }] })).toContain('| tree | 2.90 MB |  |');
});

test('a grid is shown as it is, and tells itself what missed its goal', () => {
  const grid = { title: 'Lost', columns: ['', 'GET'], lines: [['here', '0 of 5']], missed: ['there'] };
  expect(tableText(grid)).toBe('**Lost**\n\n|  | GET |\n| --- | ---: |\n| here | 0 of 5 |');
  expect(missedOf(grid)).toEqual(['there']);
});
