import { runAction } from '#shared/runner/run-action';
import { action } from './inputs.ts';
import { notifySlack } from './notify-slack.ts';

await runAction(action, notifySlack);
