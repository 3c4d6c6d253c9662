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
