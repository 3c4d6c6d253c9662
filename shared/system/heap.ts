import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/**
 * From now on the part of the heap where new objects are made grows no further. By itself it grows to 100 MB and more under a stream
 * of short-lived objects, and never gives that back, though a tenth of it serves as well.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/**
 * Collects all garbage now, some 30 ms. V8 by itself waits until a limit that it makes of the machine's memory, and never gives back what it
 * took until then: who knows when much of the heap is garbage calls this, and needs the same on every machine.
 */
export function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
}
