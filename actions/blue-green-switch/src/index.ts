import { runAction } from '#shared/runner/run-action';
import { blueGreenSwitch } from './blue-green-switch.ts';
import { action } from './inputs.ts';

await runAction(action, blueGreenSwitch);
