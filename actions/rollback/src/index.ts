import { runAction } from '#shared/runner/run-action';
import { action } from './inputs.ts';
import { rollback } from './rollback.ts';

await runAction(action, rollback);
