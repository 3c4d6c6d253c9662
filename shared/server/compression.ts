import { pipeline, type Readable } from 'node:stream';
import { constants, createGzip, createZstdCompress } from 'node:zlib';

/** A program by which a server can open a compressed packet. */
export type Unpacker = 'zstd' | 'gzip';

const WRITES = 1_048_576; // bytes that are compressed at once; each time a thread is called and answers
const LEVEL = 1; // the quickest: a processor core is worth more here than a tenth of the bytes

/**
 * The best way for a packet: zstd compresses faster than a line carries what it saves; gzip, five times as slow, only pays where the
 * line is long. Undefined where the server has neither.
 */
export function chooseUnpacker(available: readonly Unpacker[], isLong: boolean): Unpacker | undefined {
  return available.find((each) => each === 'zstd' || isLong);
}

/** The stream, compressed in a thread of its own; its faults are those of what it gives. */
export function compressed(stream: Readable, unpacker: Unpacker | undefined): Readable {
  if (unpacker === undefined) return stream;
  const compressor = unpacker === 'zstd'
    ? createZstdCompress({ chunkSize: WRITES, params: { [constants.ZSTD_c_compressionLevel]: LEVEL } })
    : createGzip({ chunkSize: WRITES, level: LEVEL });
  return pipeline(stream, compressor, () => {});
}
