import { runAction } from '#shared/runner/run-action';
import { action } from './inputs.ts';
import { sshDeploy } from './ssh-deploy.ts';

await runAction(action, sshDeploy);
