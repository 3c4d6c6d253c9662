import type { ServiceDefinition } from '#shared/server/definition';
import type { Slot } from '#shared/server/state';
import type { Examination } from './examination.ts';

/** One line of what a look at the server found; `mend` is what to copy where it is not ok. */
export interface Diagnosis {
  readonly name: string;
  readonly verdict: 'ok' | 'warning' | 'problem' | 'unknown';
  readonly detail: string;
  readonly mend: string;
}

/** Which service the server is examined for, and what is known of it already. */
export interface Subject {
  readonly definition: ServiceDefinition;
  /** Whether a deployment has come to its end before. */
  readonly isDeployed: boolean;
  readonly live: Slot | undefined;
}

/** Judges one thing by the facts; nothing where it does not matter to this service. */
export type Judge = (examination: Examination, subject: Subject) => Diagnosis | readonly Diagnosis[] | undefined;

/** All is well. */
export function ok(name: string, detail: string): Diagnosis {
  return { name, verdict: 'ok', detail, mend: '' };
}

/** A deployment works, but something is not as it should be. */
export function warning(name: string, detail: string, mend: string): Diagnosis {
  return { name, verdict: 'warning', detail, mend };
}

/** A deployment, a switch or the next boot would fail. */
export function problem(name: string, detail: string, mend: string): Diagnosis {
  return { name, verdict: 'problem', detail, mend };
}

/** It could not be found out; `mend` tells how to. */
export function unknown(name: string, detail: string, mend: string): Diagnosis {
  return { name, verdict: 'unknown', detail, mend };
}

/** A command as the user of the examination has to give it to have root's rights. */
export function asRoot({ user }: Pick<Examination, 'user'>, command: string): string {
  return user === 'root' ? command : `sudo ${command}`;
}
