import type { Log } from '#shared/core/log';
import type { Progress } from './progress.ts';

/** Tells a plan's progress in the job log, one foldable group a step. */
export interface Narrator {
  tell(progress: Progress): void;
  /** Closes a group that is still open, for whatever reason. */
  end(): Promise<void>;
}

/** A narrator that calls each step by its title. What it is told is logged in that order, a group being closed before the next line. */
export function narrator(log: Log, titles: ReadonlyMap<string, string>): Narrator {
  let open: { readonly close: () => void; readonly closed: Promise<void> } | undefined;
  let told = Promise.resolve();
  const close = async (): Promise<void> => {
    open?.close();
    await open?.closed;
    open = undefined;
  };
  const begin = async (title: string): Promise<void> => {
    await close();
    const { promise, resolve } = Promise.withResolvers<void>();
    open = { close: resolve, closed: log.group(title, () => promise) };
  };
  const relate = async (progress: Progress): Promise<void> => {
    if (progress.kind === 'begin') await begin(titles.get(progress.step) ?? OWN_STEPS[progress.step] ?? progress.step);
    if (progress.kind === 'line') log.output(progress.text);
    if (progress.kind === 'end') await close();
    if (progress.kind === 'hook-failed') log.warning(`The hook ${progress.hook} failed with exit code ${progress.code}. Nothing was taken back for it: look at what it printed.`);
    if (progress.kind === 'healing') log.info(`Healing plan ${progress.plan}, which did not end by itself`);
  };
  const later = (task: () => Promise<void>): Promise<void> => (told = told.then(task));
  return { tell: (progress) => void later(() => relate(progress)), end: () => later(close) };
}

const OWN_STEPS: Readonly<Record<string, string>> = {
  clear: 'Clearing away what had begun',
  back: 'Going back',
  confirm: 'Confirming the switch',
  retire: 'Stopping the standby',
};
