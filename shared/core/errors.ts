/**
 * A fault the user can mend: shown as its message alone, without a stack.
 * The message says what happened, to what, why, and what to do. Any other error is a bug of ours and keeps its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** There is too little room on a disk of the server for what was to be done there; nothing has been done. */
export class NoRoom extends UserError {}

/** What any thrown value has to say for itself, as text. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
