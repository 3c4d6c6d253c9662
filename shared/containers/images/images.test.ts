import { describe, expect, test } from '@jest/globals';
import { heldLayers } from './image.ts';
import { downloadOf } from './pull-need.ts';
import { registryFaultOf } from './registry-fault.ts';
import { fullName } from './transfer.ts';

describe('layers that an engine has', () => {
  test('count from the lowest up, in one and the same image', () => {
    expect(heldLayers(['a', 'b', 'c'], [['a', 'b', 'x'], ['a']])).toBe(2);
    expect(heldLayers(['a', 'b'], [['a', 'b', 'c']])).toBe(2);
    expect(heldLayers(['a', 'b'], [])).toBe(0);
  });

  test('are of no use on top of others', () => {
    expect(heldLayers(['a', 'b', 'c'], [['x', 'b', 'c']])).toBe(0);
  });
});

// As Docker 20.10 to 28 print them, with what registries answered.
test.each([
  ['Error response from daemon: Head "https://r.example/v2/shop/manifests/v1": unauthorized: authentication required', 'unauthorized', '401'],
  ['Error response from daemon: Get "https://ghcr.io/v2/acme/shop/manifests/v1": denied: denied', 'denied', '403'],
  ['Error response from daemon: pull access denied for shop, repository does not exist or may require \'docker login\': denied: requested access to the resource is denied', 'denied', '403'],
  ['Error response from daemon: manifest for r.example/shop:v9 not found: manifest unknown: manifest unknown', 'not-found', '404'],
  ['Error response from daemon: toomanyrequests: You have reached your pull rate limit.', 'rate-limited', '429'],
  ['Error response from daemon: received unexpected HTTP status: 503 Service Unavailable', 'server-error', '5xx'],
  ['Error response from daemon: Get "https://r.example/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)', 'timeout', 'in time'],
  ['Error response from daemon: Get "https://r.example/v2/": dial tcp: lookup r.example: no such host', 'unreachable', 'cannot reach'],
  ['Error response from daemon: Get "https://r.example/v2/": x509: certificate signed by unknown authority', 'certificate', 'certificate'],
  ['failed to register layer: Error processing tar file(exit status 1): write /base: no space left on device', 'disk-full', 'full'],
  ['no matching manifest for linux/arm64/v8 in the manifest list entries', 'platform', 'platform'],
  ['something nobody has seen', 'other', 'could not pull'],
])('%s is told as %s', (words, fault, told) => {
  expect(registryFaultOf(1, words).fault).toBe(fault);
  expect(registryFaultOf(1, words).told).toContain(told);
});

test('a pull that was ended for its time is told as such, whatever was printed', () => {
  expect(registryFaultOf(124, 'unauthorized').fault).toBe('timeout');
});

test.each([
  ['shop', 'docker.io/library/shop:latest'], ['acme/shop:v1', 'docker.io/acme/shop:v1'], ['localhost/shop', 'localhost/shop:latest'],
  ['r.example:5000/shop', 'r.example:5000/shop:latest'], ['ghcr.io/acme/shop@sha256:00', 'ghcr.io/acme/shop@sha256:00'],
])('%s is %s written out', (short, long) => {
  expect(fullName(short)).toBe(long);
});

describe('what a pull downloads', () => {
  const manifest = (config: string, layers: Readonly<Record<string, number>>, architecture = 'amd64'): object => ({
    Descriptor: { platform: { os: 'linux', architecture } },
    SchemaV2Manifest: { config: { digest: config }, layers: Object.entries(layers).map(([digest, size]) => ({ digest, size })) },
  });
  const told = (answers: Readonly<Record<string, unknown>>): string => Object.entries(answers).map(([name, answer]) => `\u001e${name}\n${answer === undefined ? '' : JSON.stringify(answer)}\n`).join('');
  const need = (answers: Readonly<Record<string, unknown>>, held: readonly string[] = []): number | undefined => downloadOf(told(answers), ['r/shop:v2'], 'linux/amd64', new Set(held));

  test('is what no image of the repository begins with', () => {
    expect(need({ 'r/shop:v2': manifest('c2', { a: 100, b: 10 }) })).toBe(110);
    expect(need({ 'r/shop:v2': manifest('c2', { a: 100, b: 10 }), 'r/shop@sha256:1': manifest('c1', { a: 100, x: 5 }) })).toBe(10);
    expect(need({ 'r/shop:v2': manifest('c2', { a: 100 }) }, ['c2'])).toBe(0);
  });

  test('is that of the server\'s platform, and unknown where the registry does not tell', () => {
    expect(need({ 'r/shop:v2': [manifest('c3', { a: 7 }, 'arm64'), manifest('c2', { a: 9 })] })).toBe(9);
    expect(need({ 'r/shop:v2': undefined })).toBeUndefined();
  });
});
