import type { Client } from 'ssh2';

/** Whether a line still stands, and why it does not. */
export interface LineState {
  readonly label: string;
  readonly isLost: boolean;
  readonly why: string;
  /** Milliseconds; 0 as long as nothing was measured. */
  roundTrip: number;
}

/** The line dropped. What was under way may have happened, in part or wholly. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';

  constructor({ label, why }: Pick<LineState, 'label' | 'why'>) {
    super(`The connection to ${label} was lost${why === '' ? '' : ` (${why})`}.`);
  }
}

/** Keeps watch over a line. Closing it ourselves counts as lost too: whatever is still running is no longer followed. */
export function watchLine(client: Client, label: string, isLost: boolean): LineState {
  const state = { label, isLost, why: '', roundTrip: 0 };
  client.on('error', (error: Error) => {
    state.why ||= error.message;
  });
  client.once('close', () => {
    state.isLost = true;
  });
  return state;
}
