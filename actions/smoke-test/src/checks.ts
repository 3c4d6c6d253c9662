import type { Address, Check, HttpCheck } from '#shared/checks/check';
import { joinUrl } from '#shared/checks/check-list';
import { shown } from '#shared/checks/shown';
import { parseStatus } from '#shared/checks/status-range';
import { hasSimpleCheck, type Inputs } from './inputs.ts';
import type { Surroundings } from './service.ts';

/** Every check that the inputs ask for: the simple one first, then those of the list. HTTP checks go to the slot, if one is meant. */
export function gatherChecks(inputs: Inputs, { slot, errors }: Surroundings = {}): readonly Check[] {
  const url = inputs.url ?? (inputs.slot === undefined ? undefined : 'http://localhost');
  const listed = (inputs.checks?.drafts ?? []).map((draft) => draft(url));
  const all = url !== undefined && hasSimpleCheck(inputs) ? [simpleCheck(inputs, url), ...listed] : listed;
  return [...(slot === undefined ? all : all.map((check) => throughSlot(check, slot))), ...(errors === undefined ? [] : [errors])];
}

// The URL still says which host is asked for; plain HTTP, because TLS ends at the proxy.
function throughSlot(check: Check, slot: Address): Check {
  if (check.kind !== 'http' || check.connectTo !== undefined) return check;
  return { ...check, url: check.url.replace(/^https:/, 'http:'), from: 'server', connectTo: slot };
}

function simpleCheck(inputs: Inputs, base: string): HttpCheck {
  const { path, expectStatus, expectText, expectVersion, versionHeader, versionJsonPath, maxResponseTime } = inputs;
  const url = path === undefined ? base : joinUrl(base, path);
  return {
    kind: 'http',
    name: `GET ${shown(new URL(url).pathname)}`,
    url,
    expect: {
      maxResponseTime,
      ...(expectStatus === undefined ? {} : { status: parseStatus(expectStatus) }),
      ...(expectText === undefined ? {} : { text: [expectText] }),
      ...(expectVersion === undefined ? {} : { version: { equals: expectVersion, header: versionHeader, jsonPath: versionJsonPath } }),
    },
  };
}
