import type { Change } from './history.ts';
import type { Approval, Waivers } from './waiver.ts';

/** The lines of a file, counted from 1, both inclusive. */
export interface Lines {
  readonly from: number;
  readonly to: number;
}

/** The waivers with what GitHub says about who allowed them; `history` is a sentence where GitHub said nothing. */
export function withApprovals({ waivers, signOffs }: Waivers, history: readonly Change[] | string, lines: ReadonlyMap<string, Lines>): Waivers {
  const approved = <Entry extends { readonly place: string; readonly approvedBy: string }>(entry: Entry): Entry => ({ ...entry, approval: approvalOf(entry.approvedBy, lines.get(entry.place), history) });
  return { waivers: waivers.map(approved), signOffs: signOffs.map(approved) };
}

function approvalOf(approver: string, lines: Lines | undefined, history: readonly Change[] | string): Approval {
  if (typeof history === 'string') return { state: 'unchecked', reason: history };
  const changes = lines === undefined ? [] : history.filter(({ from, to }) => from <= lines.to && to >= lines.from);
  if (lines === undefined || !isWhole(changes, lines)) return { state: 'unchecked', reason: 'GitHub does not tell who brought its lines' };
  const written = changes.find(({ authors }) => authors.includes(approver));
  if (written !== undefined) return { state: 'refuted', reason: `${approver} allowed it and wrote it too (${written.commit.slice(0, 12)})` };
  const bare = changes.find(({ pulls }) => !pulls.some((pull) => pull.author !== approver && pull.approvers.includes(approver)));
  if (bare !== undefined) return { state: 'refuted', reason: `${approver} has not approved the pull request that brought it (${bare.pulls.map(({ number }) => `#${number}`).join(', ') || `none, commit ${bare.commit.slice(0, 12)}`})` };
  const pulls = [...new Set(changes.flatMap((change) => change.pulls.filter(({ approvers }) => approvers.includes(approver)).map(({ number }) => `#${number}`)))];
  return { state: 'proven', by: `${approver} approved ${pulls.join(', ')}` };
}

function isWhole(changes: readonly Change[], { from, to }: Lines): boolean {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).every((line) => changes.some((change) => change.from <= line && line <= change.to));
}
