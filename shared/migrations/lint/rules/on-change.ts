import type { Change } from '../act.ts';
import type { Rule, Step } from '../rule.ts';
import { isLive, type Scene } from '../scene.ts';

/** Looks at each change of one kind, in tables that are in use; what it says is what a rule finds. */
export function onChange<Kind extends Change['kind']>(kind: Kind, find: (change: Extract<Change, { readonly kind: Kind }>, table: string, scene: Scene) => string | undefined): Rule['find'] {
  const isOfKind = (change: Change): change is Extract<Change, { readonly kind: Kind }> => change.kind === kind;
  return ({ act, scene }: Step) => {
    if (act.kind !== 'alter-table' || !isLive(act.table, scene)) return [];
    return act.changes.filter(isOfKind).flatMap((change) => find(change, act.table, scene) ?? []);
  };
}

/** All that several look-outs find. */
export function anyOf(...finds: readonly Rule['find'][]): Rule['find'] {
  return (step) => finds.flatMap((find) => find(step));
}
