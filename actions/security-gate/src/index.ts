import { runAction } from '#shared/runner/run-action';
import { action } from './inputs.ts';
import { securityGate } from './security-gate.ts';

await runAction(action, securityGate);
