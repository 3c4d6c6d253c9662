import type { EventEmitter } from 'node:events';

/** Resolves at the next event of this name. Unlike `once` of node:events it never rejects at an `error` event. */
export function happens(emitter: EventEmitter, event: string): Promise<void> {
  return new Promise((resolve) => void emitter.once(event, () => resolve()));
}
