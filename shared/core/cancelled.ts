/** Why a signal was aborted when somebody cancelled the run: neither a user's fault nor a bug. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
  readonly by: 'SIGINT' | 'SIGTERM';

  constructor(by: 'SIGINT' | 'SIGTERM') {
    super(`The run was cancelled (${by}).`);
    this.by = by;
  }
}
