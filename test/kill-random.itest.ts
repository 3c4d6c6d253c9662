import { afterAll, describe } from '@jest/globals';
import { needs } from '#shared/testing/equipment';
import { runCases, type Case, type Disturbance } from '#shared/testing/kill-case';
import { IN_PLACE_KINDS, SLOT_KINDS, type Kind } from '#shared/testing/kill-kinds';
import { ACTION, CANCEL, CUT, GROUP, POWER, SHELL } from '#shared/testing/kill-victims';
import { stopWorlds } from '#shared/testing/kill-world';

// Anything is killed at any moment: the same moments each time, others with --full. SLIPWAY_SEED chooses the same cases again; SLIPWAY_KILL='#7 ' one of them.
const it = needs('sshd', 'nginx', 'runsvdir', 'curl', 'flock');
const isFull = process.env['SLIPWAY_FULL'] === '1';
const seed = Number(process.env['SLIPWAY_SEED'] ?? (isFull ? Date.now() % 1_000_000 : 20_261_121));
const LIMIT = 120 * 60_000;
const IN_SLOTS: readonly Disturbance[] = [GROUP, SHELL, ACTION, CANCEL, CUT, POWER];
const IN_PLACE: readonly Disturbance[] = [GROUP, SHELL, ACTION, CANCEL, CUT];

afterAll(stopWorlds, LIMIT);

describe(`one plain re-run puts all right after a kill at a random moment (SLIPWAY_SEED=${seed})`, () => {
  it('where releases are switched between slots', () => runCases(randomCases(isFull ? 240 : 15, SLOT_KINDS, IN_SLOTS), 'slots'), LIMIT);
  it('where they are published in place', () => runCases(randomCases(isFull ? 60 : 4, IN_PLACE_KINDS, IN_PLACE), 'in-place'), LIMIT);
});

function randomCases(count: number, kinds: readonly Kind[], disturbances: readonly Disturbance[]): Case[] {
  return Array.from({ length: count }, (_, index) => {
    const random = generator(seed + index * 7_919);
    const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
    return { name: `SLIPWAY_SEED=${seed} #${index + 1} `, kind: oneOf(kinds), disturbance: oneOf(disturbances), moment: { after: random() * 1.1 } };
  });
}

/** Mulberry32: numbers from 0 to 1, the same for the same seed. */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
