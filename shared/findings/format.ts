import type { Collector } from './collector.ts';
import type { Shape } from './json-shape.ts';
import type { FormatName } from './report.ts';
import type { Sketch } from './sketch.ts';

/** How reports of one format are recognised and read. */
export interface Format {
  readonly name: FormatName;
  /** Whether the sketch can be of nothing else. It is asked again as the sketch grows, so it goes by what is there, not by what is missing. */
  recognise(sketch: Sketch): boolean;
  /** The document's shape, whose handlers tell the collector. Called anew for each reading. */
  read(collect: Collector): Reading;
}

export interface Reading {
  readonly shape: Shape;
  /** Called at the end of the file: says what only the whole tells. */
  readonly done?: (documents: number) => void;
  /** Whether one file may have several documents, one after another, as JSON lines are. */
  readonly takesMany?: boolean;
}
