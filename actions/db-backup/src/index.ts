import { runAction } from '#shared/runner/run-action';
import { action } from './inputs.ts';

await runAction(action, async (inputs, job) => (await import('./db-backup.ts')).dbBackup(inputs, job));
