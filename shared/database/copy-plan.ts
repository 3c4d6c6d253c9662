import type { Secret } from '#shared/core/secret';
import { commandLine, quote } from '#shared/core/quote';
import { runMembers, type Run } from '#shared/core/run';
import { members } from '#shared/server/ledger';
import type { PacketEntry } from '#shared/server/packet';
import type { Plan, Step } from '#shared/server/plan';
import { farFiles, type FarLogin, type FarPlace } from './far-place.ts';
import { copyFunctions } from './scripts.ts';
import { onceFiles } from './set-plan.ts';

/** A place that a set is copied to, and how it was written. */
export type CopyPlace = { readonly text: string } & (
  | ({ readonly kind: 'ssh' } & FarPlace)
  | { readonly kind: 's3'; readonly bucket: string; readonly prefix: string }
);

/** How the server logs in there; keys that are left out are its own. */
export interface CopyAccess {
  readonly ssh?: FarLogin;
  readonly s3Endpoint: string;
  readonly s3AccessKey?: Secret;
  readonly s3SecretKey?: Secret;
}

/** Copies of a set to be made. */
export interface Copies {
  /** That of the plan. */
  readonly id: string;
  readonly set: string;
  readonly directory: string;
  readonly state: string;
  readonly generation: number;
  readonly run: Run;
  readonly places: readonly CopyPlace[];
  readonly access: CopyAccess;
  /** Milliseconds that one copy may take. */
  readonly timeout: number;
}

const LOCK_WAIT = 1_800_000;

/** The plan by which the server copies a set that is there to other places. The set stays what it is, whether or not that succeeds. */
export function planCopies({ id, set, directory, state, generation, run, places, access, timeout }: Copies): Plan {
  const copies = places.map((place, index): Step => ({ name: `copy-${index + 1}`, title: `Copying set ${set} to ${place.text}`, phase: 'before', script: copyTo(place), timeout }));
  const written = members({ set, to: places.map(({ text }) => text).join(' '), ...runMembers(run) });
  const record: Step = { name: 'record', title: 'Recording the copies', phase: 'after', script: `record copy ${quote(written)}`, timeout };
  const settings = { SETS: directory, SET: set, SCRATCH: '', ENDPOINT: access.s3Endpoint };
  return {
    id, state, generation, steps: [...copies, record], functions: [...Object.entries(settings).map(([name, value]) => `${name}=${quote(value)}`), copyFunctions].join('\n'),
    clear: 'rm -rf "$KEYS"', back: ':', confirmWithin: 0, lockWait: LOCK_WAIT, environment: {},
  };
}

function copyTo(place: CopyPlace): string {
  return place.kind === 'ssh' ? commandLine(['copy_over_ssh', place.user, place.host, String(place.port), place.folder]) : commandLine(['copy_to_s3', place.bucket, place.prefix]);
}

/** What travels beside the plan, and goes with its end: the key and the host keys for SSH; for S3 what each of its clients reads. */
export function copyFiles({ access: { ssh, s3AccessKey, s3SecretKey } }: Copies): readonly PacketEntry[] {
  return onceFiles({
    ...(ssh && farFiles(ssh)),
    ...(s3AccessKey !== undefined && s3SecretKey !== undefined && credentials(s3AccessKey.reveal(), s3SecretKey.reveal())),
  });
}

function credentials(id: string, key: string): Readonly<Record<string, string>> {
  return {
    's3.aws': `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}\n`,
    's3.rclone': `[second]\ntype = s3\nprovider = Other\nno_check_bucket = true\naccess_key_id = ${id}\nsecret_access_key = ${key}\n`,
    's3.s3cmd': `[default]\naccess_key = ${id}\nsecret_key = ${key}\n`,
  };
}
