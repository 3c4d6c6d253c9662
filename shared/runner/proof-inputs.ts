import { oneLine, parseHeaderName, parsePath, parseUrl, readJsonPath } from '#shared/checks/texts';
import type { ServiceDefinition } from '#shared/server/definition';
import type { Proof } from '#shared/traffic/proof';
import type { Values } from './action.ts';
import { mistakeOf } from './field-parsers.ts';
import { duration, text } from './fields.ts';

/** How an action proves from outside that the right version answers. */
export const proofFields = {
  url: text({
    description: 'Public address of the service, for the proof from outside. The one recorded by `ssh-deploy` if left out; without either, the proof goes through SSH to the live socket.',
    env: 'DEPLOY_URL', example: 'https://shop.example.com', accepts: 'an http address',
    check: mistakeOf(parseUrl),
  }),
  'proof-path': text({ description: 'Path that the proof asks for. The recorded `health` path if left out.', example: '/version', check: mistakeOf(parsePath) }),
  'expect-version': text({ description: 'Version that must answer. Needs `version-header` or `version-json-path`; with one of these but no version, the name of the release is expected.', check: mistakeOf(oneLine) }),
  'version-header': text({ description: 'Response header in which the service says its version.', example: 'X-Release', check: mistakeOf(parseHeaderName) }),
  'version-json-path': text({ description: 'JSON path (RFC 9535) at which the answer says the version.', example: '$.version', check: mistakeOf(readJsonPath) }),
  'proof-timeout': duration({ description: 'How long the proof from outside may take until it fails.', default: '15s', min: '1s', max: '30m' }),
};

/** The proof's inputs as read. */
export type ProofInputs = Values<typeof proofFields>;

/** What is wrong with them together. */
export function proofMistakes({ expectVersion, versionHeader, versionJsonPath }: ProofInputs): string[] {
  const places = [versionHeader, versionJsonPath].filter((place) => place !== undefined).length;
  if (places > 1) return ['give one of version-header and version-json-path'];
  return expectVersion !== undefined && places === 0 ? ['expect-version needs version-header or version-json-path, which say where the answer tells its version'] : [];
}

/** The proof that these inputs ask for, of a release of a service. */
export function proofOf(inputs: ProofInputs, definition: ServiceDefinition, release: string): Proof {
  const { url, proofPath, expectVersion, versionHeader, versionJsonPath, proofTimeout } = inputs;
  const saysVersion = versionHeader !== undefined || versionJsonPath !== undefined;
  return {
    definition, url: url ?? (definition.url || undefined), path: proofPath, timeout: proofTimeout,
    version: saysVersion ? { equals: expectVersion ?? release, header: versionHeader, jsonPath: versionJsonPath } : undefined,
  };
}
