import type { Secret } from '#shared/core/secret';

/** How far a part is proven: `readable` to its last byte, `restored` into a scratch instance, and `equal` there, row by row, to the snapshot it came from. */
export const PROOFS = ['none', 'readable', 'restored', 'equal'] as const;
export type Proof = (typeof PROOFS)[number];

/** How the files of a set are compressed. */
export const COMPRESSIONS = ['zstd', 'gzip', 'none'] as const;
export type Compression = (typeof COMPRESSIONS)[number];

/** What every part of a set has. */
interface Common {
  /** Names the part and its files. */
  readonly name: string;
  readonly verify?: Proof;
  readonly compression?: Compression;
}

/** How a database is reached on the server; what is left out is left to its client. */
export interface Access {
  readonly database: string;
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: Secret;
  /** The container, or service of a compose project, that the database runs in and whose programs are used. */
  readonly container?: string;
  /** The folder of the database's programs. */
  readonly tools?: string;
}

/** Something that becomes a part of a backup set. */
export type Source = Common & (
  | ({ readonly kind: 'postgres' } & Access)
  | ({ readonly kind: 'mysql' } & Access)
  | ({ readonly kind: 'redis' | 'mongodb' } & Access)
  | { readonly kind: 'sqlite'; readonly database: string }
  | { readonly kind: 'files'; readonly folder: string; readonly exclude: readonly string[] }
  | { readonly kind: 'command'; readonly command: string; readonly file: string }
);
export type Kind = Source['kind'];

/** The furthest that a part of each kind can be proven. */
export const FURTHEST: Readonly<Record<Kind, Proof>> = { postgres: 'equal', mysql: 'equal', redis: 'equal', mongodb: 'readable', sqlite: 'equal', files: 'equal', command: 'readable' };

/** A query of a database source, each row of which must be the path of a file in a files source. */
export interface Reference {
  readonly query: string;
  readonly from: string;
  readonly files: string;
  /** Put before each row. */
  readonly prefix: string;
  /** Whether each file is named by its own SHA-1. */
  readonly sha1: boolean;
}

/** Whether a proof takes a scratch instance. */
export function isRestored(proof: Proof): boolean {
  return proof === 'restored' || proof === 'equal';
}

/** Whether a part of this kind can be proven on another server than its own. */
export function isProvableElsewhere(kind: Source['kind']): boolean {
  return kind === 'postgres' || kind === 'mysql' || kind === 'sqlite' || kind === 'files';
}

/** How far a source's part is to be proven. */
export function proofOf(source: Source, verify: Proof): Proof {
  return source.verify ?? verify;
}

/** How far the set as a whole is: as its weakest part. */
export function proofOfSet({ sources, verify }: { readonly sources: readonly Source[]; readonly verify: Proof }): Proof {
  return sources.map((source) => proofOf(source, verify)).reduce(weaker);
}

/** The weaker of two proofs. */
export function weaker(one: Proof, other: Proof): Proof {
  return PROOFS.indexOf(one) < PROOFS.indexOf(other) ? one : other;
}

/** The file of a part before it is compressed and encrypted. */
export function fileOf(source: Source): string {
  switch (source.kind) {
    case 'postgres':
    case 'mysql': return `${source.name}.sql`;
    case 'redis': return `${source.name}.rdb`;
    case 'mongodb': return `${source.name}.archive`;
    case 'sqlite': return `${source.name}.sqlite`;
    case 'files': return `${source.name}.tar`;
    case 'command': return source.file;
  }
}
