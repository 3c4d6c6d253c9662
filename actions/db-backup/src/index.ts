import { runAction } from '#shared/runner/run-action';
import { dbBackup } from './db-backup.ts';
import { action } from './inputs.ts';

await runAction(action, dbBackup);
