import { formatDuration } from '#shared/core/duration';
import { formatSize } from '#shared/core/size';

/** What is to be sent in all. */
export interface Upload { readonly files: number; readonly bytes: number }

/** Hears of what is sent. */
export interface UploadProgress {
  /** So many bytes more. */
  sent(bytes: number): void;
  /** One file more, whether it is empty or not. */
  begun(): void;
}

const FIRST = 5_000; // milliseconds; what is over before needs no word
const EARLY = 10_000;
const LATE = 30_000;
const EARLY_UNTIL = 60_000;

/**
 * Tells how far an upload has come: after 5 s, then every 10 s, after a minute every 30 s. `now` gives milliseconds of any clock.
 */
export function uploadProgress({ files, bytes }: Upload, tell: (line: string) => void, now: () => number = () => performance.now()): UploadProgress {
  const began = now();
  const done = { files: 0, bytes: 0 };
  let due = FIRST;
  return {
    begun: () => void (done.files += 1),
    sent(more) {
      done.bytes += more;
      const took = now() - began;
      if (took < due) return;
      const pause = took < EARLY_UNTIL ? EARLY : LATE;
      while (due <= took) due += pause;
      tell(`Sent ${done.files} of ${files} files, ${formatSize(done.bytes)} of ${formatSize(bytes)}, at ${formatSize((done.bytes / took) * 1_000)}/s; about ${left(bytes - done.bytes, done.bytes / took)} left.`);
    },
  };
}

function left(bytes: number, bytesPerMillisecond: number): string {
  const seconds = Math.ceil(Math.max(0, bytes) / bytesPerMillisecond / 1_000);
  return formatDuration(seconds * 1_000);
}
