import type { Log } from '#shared/core/log';

/** A log whose every line begins with the host it is about. Groups of hosts at work at once would tear each other apart, so they are lines, too. */
export function hostLog(log: Log, label: string): Log {
  const named = (text: string): string => text.split('\n').map((line) => `[${label}] ${line}`).join('\n');
  return {
    info: (message) => log.info(named(message)),
    output: (line) => log.output(named(line)),
    warning: (message) => log.warning(`${label}: ${message}`),
    group: (title, task) => {
      log.info(named(`${title} …`));
      return task();
    },
  };
}
