import { StringDecoder } from 'node:string_decoder';

/** Hears the bytes of a stream and hands on its lines, each as soon as it is whole. */
export interface LineReader {
  hear(chunk: Buffer): void;
  /** Hands on what came last without a line end. */
  end(): void;
}

/** A reader that tells each line, without its end, to `tell`. */
export function lineReader(tell: (line: string) => void): LineReader {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    hear(chunk) {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() as string;
      lines.forEach(tell);
    },
    end() {
      rest += decoder.end();
      if (rest !== '') tell(rest);
      rest = '';
    },
  };
}

/** Keeps what a stream printed, up to a limit. */
export interface Capture {
  hear(chunk: Buffer): void;
  /** All of it without its last line end; undefined when it was more than the limit. */
  text(): string | undefined;
  /** How many bytes there were. */
  bytes(): number;
}

/** A capture of at most `limit` bytes. */
export function capture(limit: number): Capture {
  const kept: Buffer[] = [];
  let bytes = 0;
  return {
    hear(chunk) {
      bytes += chunk.length;
      if (bytes <= limit) kept.push(chunk);
    },
    text: () => (bytes > limit ? undefined : Buffer.concat(kept).toString().replace(/\r?\n$/, '')),
    bytes: () => bytes,
  };
}
