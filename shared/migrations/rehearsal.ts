/** What a rehearsal is bound to, as hashes: the schema it began with, the files of the migrations, the release. */
export interface Facts {
  readonly schema: string;
  readonly files: string;
  readonly release: string;
  /** The database's server, for people. */
  readonly server: string;
}

/** What a rehearsal wrote down, on the server beside the ledger. */
export interface Rehearsal {
  /** A hash over files, release, set and schema. */
  readonly token: string;
  readonly set: string;
  readonly time: string;
  readonly seconds: number;
  readonly schema: string;
  readonly files: string;
  readonly release: string;
  /** Hash of the schema that the migrations led to. */
  readonly result: string;
}

/** The newest rehearsal that these facts still match; undefined where there is none. */
export function matching(rehearsals: readonly Rehearsal[], facts: Facts): Rehearsal | undefined {
  return rehearsals.filter((each) => each.schema === facts.schema && each.files === facts.files && each.release === facts.release).sort((one, other) => one.time.localeCompare(other.time)).at(-1);
}

/** Why none matches, for people, by the newest there is. */
export function mismatch(rehearsals: readonly Rehearsal[], facts: Facts): string {
  const newest = [...rehearsals].sort((one, other) => one.time.localeCompare(other.time)).at(-1);
  if (newest === undefined) return 'it was never rehearsed here';
  const changed = [
    ...(newest.files === facts.files ? [] : ['the files of the migrations']),
    ...(newest.release === facts.release ? [] : ['the release']),
    ...(newest.schema === facts.schema ? [] : ['the schema of the database']),
  ];
  return `since the rehearsal of ${newest.time} (set ${newest.set}), ${changed.join(' and ')} changed`;
}
