import type { Log } from '#shared/core/log';

/** A log that keeps its lines, for tests to read. */
export function collectedLog(): Log & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    info: (message) => void lines.push(message),
    warning: (message) => void lines.push(message),
    output: (line) => void lines.push(line),
    group: (title, task) => {
      lines.push(title);
      return task();
    },
  };
}
