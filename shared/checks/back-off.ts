const START_MS = 200;
const CAP_MS = 5_000;

/**
 * Milliseconds to wait after the n-th like outcome in a row (from 1): doubling from 200 ms to at most 5 s, of which a random half is
 * left out, so that many who wait for one thing do not ask in step. `random` gives 0 to 1.
 */
export function backOff(count: number, random: () => number = Math.random): number {
  const full = Math.min(CAP_MS, START_MS * 2 ** Math.min(count - 1, 16));
  return Math.round(full * (0.5 + random() / 2));
}
