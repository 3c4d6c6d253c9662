import { runAction } from '#shared/runner/run-action';
import { action } from './inputs.ts';
import { smokeTest } from './smoke-test.ts';

await runAction(action, smokeTest);
