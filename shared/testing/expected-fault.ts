import { expect } from '@jest/globals';
import { connect } from '#shared/system/ssh/connection';
import type { ConnectionFault, FaultKind } from '#shared/system/ssh/faults';
import type { SshTarget } from '#shared/system/ssh/target';
import { collectedLog } from './collected-log.ts';

/** The fault of a target that cannot be connected to. Throws when it can, when the fault is a bug, and when it repeats a secret of the target. */
export async function faultFor(target: SshTarget): Promise<ConnectionFault> {
  const log = collectedLog();
  const fault = await connect(target, log).then(unexpected, (error: ConnectionFault) => error);
  if (fault.name !== 'UserError') throw fault;
  const shown = [fault.message, ...log.lines].join('\n');
  const leak = secretsOf(target).find((secret) => shown.includes(secret));
  if (leak !== undefined) throw new Error(`A message repeats a secret: ${shown}`);
  return fault;
}

/** Expects a fault of this kind with this message: the whole of it, or a pattern. */
export async function expectFault(target: SshTarget, kind: FaultKind, message: string | RegExp): Promise<void> {
  const fault = await faultFor(target);
  const pattern = typeof message === 'string' ? new RegExp(`^${escaped(message)}$`) : message;
  expect(fault.message).toMatch(pattern);
  expect(fault.kind).toBe(kind);
}

/** The text as a pattern that matches it alone. */
export function escaped(text = ''): string {
  return text.replaceAll(/[.+*?()[\]{}|^$\\]/g, '\\$&');
}

function unexpected(connection: { close(): void }): never {
  connection.close();
  throw new Error('There should have been a fault.');
}

// Long lines only: a short one may be part of any text.
function secretsOf({ key, passphrase, jump }: SshTarget): readonly string[] {
  const lines = [key, passphrase, jump?.key].flatMap((secret) => secret?.reveal().split('\n') ?? []);
  return lines.filter((line) => line.length > 20 && !line.startsWith('-----'));
}
