import { runWorkflow } from '#shared/testing/act';
import { parseCommand } from '#shared/testing/workflow-commands';
import type { Deliver, DeliveredStep } from './delivery.ts';

/** Delivers with act, the actions taken from the release tree, as GitHub would take them from the repository. */
export function withAct(releaseTree: string): Deliver {
  return async ({ yaml, files, inputs, secrets, variables, runId, runner, signal, onStep, onLog }) => {
    const hear = stepReader(onStep);
    await runWorkflow({ yaml, files, inputs, secrets, variables, releaseTree, runner: { ...runner, GITHUB_RUN_ID: runId }, signal }, (text) => {
      onLog(text);
      hear(text);
    });
  };
}

/** Takes act's log in pieces and tells each step of the workflow once it has ended. `now` gives ms since 1970. */
export function stepReader(onStep: (step: DeliveredStep) => void, now: () => number = Date.now): (text: string) => void {
  let rest = '';
  let began = 0;
  let fault = '';
  const read = (line: string): void => {
    const command = parseCommand(line.replace(/^\[[^\]]*\] +❗ +/, ''));
    const [, result, name] = /(Success|Failure) - Main (.+) \[[^\]]+\]$/.exec(line) ?? [];
    if (/⭐ Run Main /.test(line)) [began, fault] = [now(), ''];
    else if (command?.name === 'error') fault = command.message;
    else if (name !== undefined) onStep({ name, began, ended: now(), passed: result === 'Success', fault });
  };
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    lines.forEach((line) => read(line.trimEnd()));
  };
}
