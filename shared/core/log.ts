/** Where a piece of work tells what it does; the runner's job log implements it, tests collect it. */
export interface Log {
  /** A line of ours. */
  info(message: string): void;
  /** Something the user should look at, though the work goes on; shown as an annotation. */
  warning(message: string): void;
  /** A line that somebody else's program wrote: shown as text, never obeyed as a workflow command. */
  output(line: string): void;
  /** Runs the task under a foldable heading, titled as a verb with its object: `Uploading release 20261121-1405`. */
  group<Result>(title: string, task: () => Promise<Result>): Promise<Result>;
}
