import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Job } from '#shared/runner/action';
import { runIdentity } from '#shared/runner/run-identity';
import { openServer, type Server } from '#shared/server/server';
import { readDeployed } from '#shared/server/service';
import { collectedLog } from '#shared/testing/collected-log';
import { needs } from '#shared/testing/equipment';
import { startHost, type Host } from '#shared/testing/host';
import { liveVersion, outputsOf, pipeline } from '#shared/testing/pipeline';
import type { action, Inputs } from './inputs.ts';
import { goBack } from './retreat.ts';

const it = needs('sshd', 'nginx', 'runsv');
// The ten minutes of a standby outlast a test.
const STANDBY_TIMER = /plan\.sh timer|sleep /;

let host: Host;
beforeAll(async () => { host = await startHost({ mode: 'socket' }); });
afterAll(() => host.stop(STANDBY_TIMER));

it('a rollback goes back in one visit, and looks again where something has happened since it looked', async () => {
  for (const version of ['v1', 'v2']) {
    const run = pipeline(host, version);
    outputsOf(await run.deploy(version));
    outputsOf(await run.switchTraffic());
  }
  const claims = (): number => readFileSync(ledger(), 'utf8').split('"event":"claim"').length - 1;
  const before = claims();

  expect(await takeBack('v2', 'v1', async () => undefined)).toEqual({ reached: { release: 'v1', slot: 'blue' }, visits: 2 });
  expect([await liveVersion(host), claims()]).toEqual(['v1', before + 1]);

  const meanwhile = async (): Promise<void> => appendFileSync(ledger(), '{"event":"backup","generation":1,"time":"2026-11-21T00:00:00Z"}\n');
  expect(await takeBack('v1', 'v2', meanwhile)).toEqual({ reached: { release: 'v2', slot: 'green' }, visits: 4 });
  expect(await liveVersion(host)).toBe('v2');
});

/** What goBack makes of a server on which something happens between its reading and its plan, and how often it went there. */
async function takeBack(undone: string, to: string, meanwhile: () => Promise<void>): Promise<{ reached: unknown; visits: number }> {
  const log = collectedLog();
  const job = { log, run: runIdentity(), signal: new AbortController().signal } as unknown as Job<typeof action>;
  const inputs = { service: host.service, environment: 'production', standby: 60_000 } as Inputs;
  await using real = await openServer(host.sshd.target(), log);
  let visits = 0;
  const server: Server = {
    ...real,
    inspect: (...args) => (visits += 1, real.inspect(...args)),
    carryOut: async (...args) => {
      visits += 1;
      if (args[3] !== undefined) await meanwhile();
      return real.carryOut(...args);
    },
  };
  const reached = await goBack(inputs, job, server, await readDeployed(server, inputs), { kind: 'go-back', to, undone }, { log, signal: job.signal, service: host.service });
  return { reached, visits };
}

function ledger(): string {
  return join(host.path, '.slipway', 'ledger');
}
