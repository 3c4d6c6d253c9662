/** One run of the workflow: what GitHub would know of it, and who wants to hear of its steps. */
export interface Delivery {
  /** The workflow's text. */
  readonly yaml: string;
  /** The repository it belongs to: text by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string>>;
  readonly runId: string;
  /** What the runner says of GitHub besides, such as where its API is. */
  readonly runner: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Called when a step has ended; a step that was skipped is not told. */
  onStep(step: DeliveredStep): void;
  onLog(text: string): void;
}

/** A step that ran. Times are ms since 1970. */
export interface DeliveredStep {
  readonly name: string;
  readonly began: number;
  readonly ended: number;
  readonly passed: boolean;
  /** What its last error annotation said; empty without one. */
  readonly fault: string;
}

/** Runs the workflow to its end, whatever that is; the steps tell. */
export type Deliver = (delivery: Delivery) => Promise<void>;
