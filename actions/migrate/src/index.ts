import { runAction } from '#shared/runner/run-action';
import { action } from './inputs.ts';

await runAction(action, async (inputs, job) => (await import('./migrate.ts')).migrate(inputs, job));
