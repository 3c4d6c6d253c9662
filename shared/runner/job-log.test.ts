import { expect, jest, test } from '@jest/globals';
import { createJobLog } from './job-log.ts';
import { createMasks } from './masks.ts';

// What is written to this process's standard output is what GitHub reads.
async function printedBy(task: (log: ReturnType<typeof createJobLog>) => void | Promise<void>): Promise<string> {
  const printed: string[] = [];
  const masks = createMasks(() => undefined);
  masks.add('first line\nsecond::line\n%0Athird');
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => printed.push(String(chunk)) > 0);
  try {
    await task(createJobLog(masks));
  } finally {
    spy.mockRestore();
  }
  return printed.join('');
}

test('a group is closed even when its task fails, and says meanwhile what is going on', async () => {
  const printed = await printedBy(async (log) => {
    const failing = log.group('Moving traffic', async () => {
      log.info(`now: ${log.current.join()}`);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(log.current).toEqual([]);
  });
  expect(printed).toBe('::group::Moving traffic\nnow: Moving traffic\n::endgroup::\n');
});

test('a group in a group is a line, since GitHub would close the outer one', async () => {
  const printed = await printedBy((log) => log.group('Outer', () => log.group('Inner', async () => log.info('x'))));
  expect(printed).toBe('::group::Outer\nInner …\nx\n::endgroup::\n');
});

test('neither our own lines nor titles can command the runner', async () => {
  const printed = await printedBy(async (log) => {
    log.info('release\n::error::x');
    log.output('##[error]y\r::warning::z');
    await log.group('a\n::error::b', async () => undefined);
    log.warning('c\n::error::d');
  });
  expect(printed).toBe('release\n| ::error::x\n# #[error]y\n| ::warning::z\n::group::a ::error::b\n::endgroup::\n::warning::c%0A| ::error::d\n');
});

test('a secret of several lines is hidden in one piece and line by line', async () => {
  const printed = await printedBy((log) => {
    log.output('a first line\nsecond::line\n%0Athird b');
    log.output('second::line');
    log.warning('see %0Athird');
  });
  expect(printed).toBe('a *** b\n***\n::warning::see ***\n');
});
