import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '#shared/core/errors';

/** How a fleet publishes: batches of labels one after the other, with so many milliseconds in between. */
export interface Order {
  readonly batches: readonly (readonly string[])[];
  readonly waitBetween: number;
}

/** Why a host that is well itself does not publish, or goes back: another one failed. */
export class HeldBack extends UserError {}

/** Where the hosts of a fleet wait for each other. */
export interface Muster {
  /** Resolves when it is this host's turn to publish: all are prepared, and the batches before it have published. Rejects with {HeldBack}. */
  prepared(label: string): Promise<void>;
  /** Resolves when all have published. Rejects with {HeldBack}. */
  published(label: string): Promise<void>;
  /** A host has come to its end, well or not: nobody waits for it any more. */
  leave(label: string, failure?: unknown): void;
}

type Stage = 'preparing' | 'prepared' | 'going' | 'published' | 'gone';
interface Waiting {
  resolve(): void;
  reject(why: unknown): void;
}

/** A muster of the hosts in `order`. Nobody waits any longer once the signal is aborted. */
export function muster({ batches, waitBetween }: Order, signal: AbortSignal): Muster {
  const stages = new Map<string, Stage>(batches.flat().map((label) => [label, 'preparing']));
  const waiting = new Map<string, Waiting>();
  const begun = new Set<number>();
  let broken: unknown;

  const are = (labels: readonly string[], ...expected: readonly Stage[]): boolean => labels.every((label) => expected.includes(stages.get(label)!));
  const release = (labels: readonly string[], to: Stage): void => labels.forEach((label) => {
    if (stages.get(label) === 'prepared') stages.set(label, to);
    waiting.get(label)?.resolve();
    waiting.delete(label);
  });
  const advance = (): void => {
    if (broken !== undefined) {
      waiting.forEach(({ reject }) => reject(broken));
      return waiting.clear();
    }
    const all = [...stages.keys()];
    if (!are(all, 'prepared', 'going', 'published', 'gone')) return;
    const next = batches.findIndex((labels) => !are(labels, 'published', 'gone'));
    if (next < 0) return release(all, 'going');
    if (begun.has(next)) return;
    begun.add(next);
    const start = (): void => (broken === undefined ? release(batches[next]!, 'going') : advance());
    if (next === 0 || waitBetween === 0) start();
    else void pause(waitBetween, undefined, { signal }).then(start, () => {});
  };
  const breakUp = (why: unknown): void => {
    broken ??= why;
    advance();
  };
  const wait = (label: string, stage: Stage): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    stages.set(label, stage);
    waiting.set(label, { resolve, reject });
    advance();
    return promise;
  };
  signal.addEventListener('abort', () => breakUp(signal.reason), { once: true });
  return {
    prepared: (label) => wait(label, 'prepared'),
    published: (label) => wait(label, 'published'),
    leave(label, failure) {
      stages.set(label, 'gone');
      waiting.delete(label); // its plan has ended, so there is nobody to tell
      if (failure !== undefined && !(failure instanceof HeldBack)) breakUp(new HeldBack(`Held back, because ${label} failed.`));
      advance();
    },
  };
}

/** The labels in the order and number in which they publish: the first alone if asked, then `size` at a time. */
export function batchesOf(labels: readonly string[], size: number, isFirstAlone: boolean): string[][] {
  const first = isFirstAlone && labels.length > 1 ? [labels.slice(0, 1)] : [];
  const rest = labels.slice(first.length);
  return [...first, ...Array.from({ length: Math.ceil(rest.length / size) }, (_, index) => rest.slice(index * size, (index + 1) * size))];
}
