/** Who is acting: the workflow run behind a change. */
export interface Run {
  readonly id: string;
  readonly attempt: number;
  readonly url: string;
  readonly actor: string;
  readonly commit: string;
  readonly ref: string;
  readonly repository: string;
  readonly workflow: string;
}

/** What a ledger keeps of a run with each event. */
export function runMembers({ id, attempt, url, actor, commit }: Run): { readonly run: string; readonly attempt: number; readonly url: string; readonly actor: string; readonly commit: string } {
  return { run: id, attempt, url, actor, commit };
}
