import type { Check, HttpCheck } from '#shared/checks/check';
import { joinUrl } from '#shared/checks/check-list';
import { parseStatus } from '#shared/checks/status-range';
import { hasSimpleCheck, type Inputs } from './inputs.ts';

/** Every check that the inputs ask for: the simple one first, then those of the list. */
export function gatherChecks(inputs: Inputs): readonly Check[] {
  const { url, checks } = inputs;
  const listed = (checks?.drafts ?? []).map((draft) => draft(url));
  return url !== undefined && hasSimpleCheck(inputs) ? [simpleCheck(inputs, url), ...listed] : listed;
}

function simpleCheck(inputs: Inputs, base: string): HttpCheck {
  const { path, expectStatus, expectText, expectVersion, versionHeader, versionJsonPath, maxResponseTime } = inputs;
  const url = path === undefined ? base : joinUrl(base, path);
  return {
    kind: 'http',
    name: `GET ${new URL(url).pathname}`,
    url,
    expect: {
      maxResponseTime,
      ...(expectStatus === undefined ? {} : { status: parseStatus(expectStatus) }),
      ...(expectText === undefined ? {} : { text: [expectText] }),
      ...(expectVersion === undefined ? {} : { version: { equals: expectVersion, header: versionHeader, jsonPath: versionJsonPath } }),
    },
  };
}
