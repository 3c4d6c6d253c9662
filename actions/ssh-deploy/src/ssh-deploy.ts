import type { Job } from '#shared/runner/action';
import { sshTarget } from '#shared/runner/connection-inputs';
import { openServer } from '#shared/server/server';
import { checkServer } from './check-server.ts';
import { deploy, readSource } from './deploy.ts';
import type { action, Inputs } from './inputs.ts';
import { runScript } from './run-script.ts';
import { showStatus } from './status.ts';

/** Deploys, or looks at the server, as `operation` says. */
export async function sshDeploy(inputs: Inputs, job: Job<typeof action>): Promise<void> {
  // The source is read while the server is being called: that costs no time of its own.
  const hasSource = inputs.operation === 'deploy' && inputs.strategy !== 'script';
  const reading = hasSource ? readSource(inputs) : undefined;
  reading?.catch(() => {}); // told once the server has answered, or not at all when that is what failed
  await using server = await openServer(sshTarget(inputs), job.log, job.signal);
  switch (inputs.operation) {
    case 'check': return await checkServer(inputs, job, server);
    case 'status': return await showStatus(inputs, job, server);
    default: return reading === undefined ? await runScript(inputs, job, server) : await deploy(inputs, job, server, reading);
  }
}
