import { UserError } from '#shared/core/errors';
import type { Proof } from './source.ts';

/** One part of a set, as its manifest has it. */
export interface Part {
  readonly name: string;
  readonly kind: string;
  /** Name or file of a database. */
  readonly database?: string;
  readonly proof: Proof;
  /** The server on which it was proven, where that was another than its own. */
  readonly provenOn?: string;
  readonly server?: string;
  /** When its snapshot was taken. */
  readonly time: string;
  readonly dumpSeconds?: number;
  readonly restoreSeconds?: number;
  readonly tables?: number;
  readonly rows?: number;
  readonly files?: number;
  readonly keys?: number;
  /** Of Redis: how many of its keys nobody changed while it was taken, each of which is compared. */
  readonly unchangedKeys?: number;
  /** How far PostgreSQL's log was at the snapshot, and how many transactions the database had seen. */
  readonly walPosition?: string;
  readonly transactions?: number;
  /** How to restore it with plain tools. */
  readonly restore: readonly string[];
}

/** What a set says of itself: `manifest.json`, written last, so that a set without it is none. */
export interface Manifest {
  readonly format: 1;
  /** The set's name, which sorts by time. */
  readonly set: string;
  readonly time: string;
  readonly service: string;
  readonly environment: string;
  /** That of the part which is proven least. */
  readonly proof: Proof;
  readonly size: number;
  /** Seconds that restoring took in the proof, all parts together. */
  readonly restoreSeconds: number;
  readonly quiesced: boolean;
  readonly parts: readonly Part[];
  readonly files: readonly { readonly file: string; readonly size: number; readonly sha256: string }[];
}

/** The manifest that a set's file holds. @throws {UserError} when a newer version wrote it or it is damaged. */
export function parseManifest(text: string): Manifest {
  let manifest: { readonly format?: unknown };
  try {
    manifest = JSON.parse(text) as typeof manifest;
  } catch {
    throw new UserError('The manifest of a backup set is damaged: it is no JSON.');
  }
  if (manifest.format !== 1) throw new UserError(`The manifest of a backup set has format ${String(manifest.format)}, which this version does not know. Use the version that wrote it.`);
  return manifest as Manifest;
}

/** Whether a set is of this service in this environment, and not of another that keeps its sets in the same folder. */
export function isOf({ service, environment }: Pick<Manifest, 'service' | 'environment'>): (set: Manifest) => boolean {
  return (set) => set.service === service && set.environment === environment;
}

/** Seconds between the first and the last snapshot of a set. */
export function skewOf({ parts }: Pick<Manifest, 'parts'>): number {
  const times = parts.map(({ time }) => Date.parse(time)).filter((time) => !Number.isNaN(time));
  return times.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 1_000;
}
