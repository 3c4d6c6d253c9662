import type { Migration, Status } from './engine.ts';

/** What an apply, or an undo, has left: nothing, all, or a part. */
export type StateFound = 'untouched' | 'applied' | 'partially-applied';

/** What is found after an apply or undo that did not live to tell, by what was before and what is now. */
export function stateFound(what: 'apply' | 'undo', before: Status, now: Status, isSchemaChanged: boolean): StateFound {
  const todo = what === 'apply' ? before.pending : before.applied;
  const done = changedBetween(what, before, now);
  if (done.length === 0) return isSchemaChanged ? 'partially-applied' : 'untouched';
  return what === 'apply' && done.length === todo.length ? 'applied' : 'partially-applied';
}

/** The migrations that were applied, or undone, between two looks. */
export function changedBetween(what: 'apply' | 'undo', before: Status, now: Status): readonly Migration[] {
  const [todo, done] = what === 'apply' ? [before.pending, now.applied] : [before.applied, now.pending];
  const names = new Set(done.map(({ name }) => name));
  return todo.filter(({ name }) => names.has(name));
}
