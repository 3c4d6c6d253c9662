import type { CheckResult, HttpCheck } from '#shared/checks/check';
import { joinUrl } from '#shared/checks/check-list';
import { runCheck } from '#shared/checks/readiness';
import { shown } from '#shared/checks/shown';
import type { MoreApp, ServiceDefinition } from '#shared/server/definition';
import type { Server } from '#shared/server/server';
import { entryListener } from './router.ts';

const ATTEMPT_LIMIT = 5_000;

/** What must answer where users are. */
export interface Proof {
  readonly definition: ServiceDefinition;
  /** The public address; undefined to go through SSH to the router's entry on the server instead. */
  readonly url: string | undefined;
  readonly path: string | undefined;
  readonly version: { readonly equals: string; readonly header?: string | undefined; readonly jsonPath?: string | undefined } | undefined;
  /** Milliseconds until it is given up. */
  readonly timeout: number;
}

/** Asks the service where users do, and then each further app of it, until they answer as they should or the time is up. */
export async function proveLive(server: Server, proof: Proof, signal: AbortSignal): Promise<CheckResult> {
  const context = { signal, attemptTimeout: ATTEMPT_LIMIT, server: async () => server.connection() };
  const first = await runCheck(proofCheck(proof), context, { total: proof.timeout });
  for (const app of Object.values(proof.definition.moreApps ?? {}).filter(({ health }) => health !== '')) {
    if (first.verdict !== 'pass') return first;
    const result = await runCheck(appCheck(proof, app), context, { total: proof.timeout });
    if (result.verdict !== 'pass') return result;
  }
  return first;
}

/** What a pass of this proof would not show, as a sentence; undefined where it shows both the version and the public address. */
export function proofGap({ definition, url, version }: Proof): string | undefined {
  if (url === undefined) return `No url is known, so the proof went through SSH: DNS, TLS${definition.router.entry === '' ? ' and the proxy' : ''} were not tried.`;
  return version === undefined ? 'No version was asked for (version-header or version-json-path), so a healthy old version would have passed too.' : undefined;
}

function proofCheck({ definition, url, path, version }: Proof): HttpCheck {
  const asked = path ?? (definition.health.path.startsWith('/') ? definition.health.path : '/');
  return {
    kind: 'http', name: `GET ${shown(asked)}`,
    ...(url === undefined ? atEntry(definition, asked) : { url: joinUrl(url, asked) }),
    expect: version === undefined ? {} : { version },
  };
}

function appCheck({ definition, url: given }: Proof, { health, url }: MoreApp): HttpCheck {
  const name = `GET ${shown(health)}`;
  if (given !== undefined) return { kind: 'http', name, url: joinUrl(url || given, health) };
  return { kind: 'http', name, ...atEntry(definition, health), ...(url !== '' && { host: new URL(url).host }) };
}

// A certificate for the public name says nothing at the server's own address.
function atEntry(definition: ServiceDefinition, path: string): Pick<HttpCheck, 'url' | 'from' | 'connectTo' | 'insecure'> {
  const { tls = false, ...connectTo } = { tls: undefined, ...entryListener(definition) };
  return { url: joinUrl(tls ? 'https://localhost' : 'http://localhost', path), from: 'server', connectTo, insecure: tls };
}
