import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';

const MODULE = fileURLToPath(new URL('./print.ts', import.meta.url));
const LINES = 20_000;

test.each([['that makes it wait', ''], ['that says "not now" when it is full', "process.stdout._handle.setBlocking(false);"]])('lines come whole and in order through a pipe %s, to a slow reader', async (_name, prepare) => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', `
    import { printLine } from ${JSON.stringify(MODULE)};
    ${prepare}
    for (let index = 0; index < ${LINES}; index += 1) printLine(String(index).padStart(40, '.'));`], { stdio: ['ignore', 'pipe', 'inherit'] });
  await pause(300); // long enough for the pipe to fill
  const text = (await child.stdout.toArray()).join('');
  if (child.exitCode === null) await once(child, 'exit');
  expect(text).toBe(Array.from({ length: LINES }, (_, index) => `${String(index).padStart(40, '.')}\n`).join(''));
});
