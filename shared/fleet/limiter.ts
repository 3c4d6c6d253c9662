/** Runs tasks, at most so many at once; a task may let the next one in before it has ended itself. */
export type Limiter = <Result>(task: (letNextIn: () => void) => Promise<Result>) => Promise<Result>;

/** A limiter of `limit` tasks at once, in the order in which they come. */
export function limiter(limit: number): Limiter {
  const queue: (() => void)[] = [];
  let running = 0;
  const next = (): void => {
    if (running >= limit) return;
    const start = queue.shift();
    if (start === undefined) return;
    running += 1;
    start();
  };
  return async (task) => {
    await new Promise<void>((resolve) => {
      queue.push(resolve);
      next();
    });
    let isIn = true;
    const leave = (): void => {
      if (!isIn) return;
      isIn = false;
      running -= 1;
      next();
    };
    return task(leave).finally(leave);
  };
}
