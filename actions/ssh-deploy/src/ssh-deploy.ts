import { defaultReleaseId } from '#shared/release/release-id';
import type { Job } from '#shared/runner/action';
import { onEveryHost } from '#shared/runner/over-fleet';
import { checkServer } from './check-server.ts';
import { deploy, readSource } from './deploy.ts';
import type { action, Inputs } from './inputs.ts';
import { runScript } from './run-script.ts';
import { showStatus } from './status.ts';

/** Deploys, or looks at the servers, as `operation` says. */
export async function sshDeploy(given: Inputs, job: Job<typeof action>): Promise<void> {
  const inputs = { ...given, release: given.release ?? defaultReleaseId(new Date(), job.run.commit) }; // the same on every host
  const isScript = inputs.operation === 'deploy' && inputs.strategy === 'script';
  // The source is read while the servers are being called: that costs no time of its own.
  const over = new AbortController();
  const reading = inputs.operation === 'deploy' && !isScript ? readSource(inputs, AbortSignal.any([job.signal, over.signal])) : undefined;
  reading?.catch(() => {}); // told once a server has answered, or not at all when that is what failed
  await onEveryHost(inputs, job, { has: hasOf(inputs), isScript }, async (own, server, together) => {
    switch (inputs.operation) {
      case 'check': return await checkServer(inputs, own, server);
      case 'status': return await showStatus(inputs, own, server);
      default: return reading === undefined ? await runScript(inputs, own, server, together) : await deploy(inputs, own, server, reading, together);
    }
  }).finally(() => over.abort());
}

function hasOf({ operation, strategy, release }: Inputs): string {
  if (operation !== 'deploy') return 'answered';
  if (strategy === 'script') return 'ran the script';
  return strategy === 'in-place' ? `serve ${release}` : `hold ${release}, which users do not reach yet`;
}
