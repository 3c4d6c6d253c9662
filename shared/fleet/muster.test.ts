import { expect, test } from '@jest/globals';
import { UserError } from '#shared/core/errors';
import { batchesOf, HeldBack, muster } from './muster.ts';

const never = new AbortController().signal;
const settled = async (): Promise<void> => { for (let turn = 0; turn < 5; turn += 1) await Promise.resolve(); };

test.each([
  [['a', 'b', 'c', 'd', 'e'], 2, false, [['a', 'b'], ['c', 'd'], ['e']]],
  [['a', 'b', 'c', 'd', 'e'], 2, true, [['a'], ['b', 'c'], ['d', 'e']]],
  [['a', 'b', 'c'], 9, false, [['a', 'b', 'c']]],
  [['a'], 1, true, [['a']]],
])('%j, %d at a time, the first alone: %s', (labels, size, isFirstAlone, batches) => {
  expect(batchesOf(labels, size, isFirstAlone)).toEqual(batches);
});

test('nobody publishes before all are prepared, no batch before the last one has published, and nobody stays before all have', async () => {
  const told: string[] = [];
  const meeting = muster({ batches: [['a'], ['b', 'c']], waitBetween: 0 }, never);
  const go = (label: string): void => void meeting.prepared(label).then(() => told.push(`${label} goes`));
  const publish = (label: string): void => void meeting.published(label).then(() => told.push(`${label} stays`));
  const after = async (...steps: (() => void)[]): Promise<string[]> => {
    steps.forEach((step) => step());
    await settled();
    return told.splice(0);
  };
  expect(await after(() => go('c'), () => go('a'))).toEqual([]);
  expect(await after(() => go('b'))).toEqual(['a goes']);
  expect(await after(() => publish('a'))).toEqual(['c goes', 'b goes'].sort());
  expect(await after(() => publish('b'))).toEqual([]);
  expect(await after(() => publish('c'))).toEqual(['a stays', 'b stays', 'c stays']);
});

test('one that fails holds all others back, wherever they wait; one that ends well holds up nobody', async () => {
  const meeting = muster({ batches: [['a', 'b'], ['c']], waitBetween: 0 }, never);
  const going = [meeting.prepared('a'), meeting.prepared('c')];
  meeting.leave('b');
  await going[0];
  const staying = meeting.published('a');
  await going[1];
  meeting.leave('c', new UserError('no'));
  await expect(staying).rejects.toThrow(HeldBack);
  await expect(meeting.prepared('a')).rejects.toThrow('Held back, because c failed.');
});

test('a job that is cancelled lets nobody wait on', async () => {
  const job = new AbortController();
  const meeting = muster({ batches: [['a', 'b']], waitBetween: 0 }, job.signal);
  const waiting = meeting.prepared('a');
  job.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
});
