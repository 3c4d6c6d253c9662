import type { Road } from './scene.ts';

/** SQL that a migration carries out. */
export interface SqlText {
  /** The file that people would change, relative to the repository. */
  readonly path: string;
  readonly text: string;
  /** The line of the file where the text begins; undefined where a tool printed it, so that it stands in no file. */
  readonly firstLine: number | undefined;
  readonly road: Road;
}

/** A migration as the lint reads it. */
export interface MigrationSql {
  readonly name: string;
  readonly up: SqlText;
  /** How it is taken back, where it can be; `by-tool` where the tool knows how, and nobody has written SQL for it. */
  readonly down: SqlText | 'by-tool' | undefined;
}
