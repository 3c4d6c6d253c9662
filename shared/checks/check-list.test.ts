import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { HttpCheck } from './check.ts';
import { joinUrl, parseChecks } from './check-list.ts';
import { blindSpots } from './blind-spots.ts';
import { covers, formatStatus, parseStatus } from './status-range.ts';
import { isVersion } from './version.ts';

const HOSTILE = ['$(touch /tmp/x)', '`id`', '"', "'", 'a\nb', '-rf', '../../etc', '\u202egnp', '\u0000', 'x'.repeat(65_536), '${{ secrets }}', '::error::x'];

async function read(yaml: string): Promise<readonly unknown[]> {
  return (await parseChecks(parse(yaml))).drafts.map((draft) => draft('https://example.com/shop'));
}

describe('a list of checks', () => {
  test('becomes data', async () => {
    expect(JSON.parse(JSON.stringify(await read(`
- path: /health?token=x
  status: 200, 204, 3xx
  headers: { X-Key: abc, X-Number: 5 }
  expect-headers: { content-type: json, x-frame: { matches: ^DENY } }
  text: Welcome
  matches: [a, b]
  json: { path: $.state, equals: { a: [1, null] } }
  version: { equals: "1.10", header: X-Version }
  max-response-time: 1.5s
  through: ssh
  socket: /run/shop/blue.sock
- { tcp: "5432", through: ssh, banner: hello }
- { name: unit, command: [systemctl, is-active, shop], text: active, timeout: 3s }
`)))).toEqual([
      {
        kind: 'http', name: 'GET /health', url: 'https://example.com/shop/health?token=x', from: 'server', connectTo: { socket: '/run/shop/blue.sock' },
        headers: { 'X-Key': '[redacted]', 'X-Number': '[redacted]' },
        expect: {
          status: [{ first: 200, last: 200 }, { first: 204, last: 204 }, { first: 300, last: 399 }],
          headers: [{ name: 'content-type', text: 'json' }, { name: 'x-frame', matches: '^DENY' }],
          text: ['Welcome'], matches: ['a', 'b'], json: [{ path: '$.state', equals: { a: [1, null] } }],
          maxResponseTime: 1_500, version: { equals: '1.10', header: 'X-Version' },
        },
      },
      { kind: 'tcp', name: 'tcp 127.0.0.1:5432', address: { host: '127.0.0.1', port: 5432 }, banner: 'hello', from: 'server' },
      { kind: 'command', name: 'unit', command: ['systemctl', 'is-active', 'shop'], text: ['active'], timeout: 3_000 },
    ]);
  });

  test.each([
    ['- {path: /, status: 2x}', 'checks[0].status: "2x" is no HTTP status: write 200, 200-299 or 2xx, several with commas'],
    ['- path: /\n- path: /\n- {path: /, status: [200, ok]}', 'checks[2].status[1]: "ok" is no HTTP status'],
    ['- {path: /, stauts: 200}', 'checks[0].stauts is unknown; the nearest is status'],
    ['- {path: /, max_response_time: 2s}', 'checks[0].max_response_time is unknown; the nearest is max-response-time'],
    ['- {path: /, max-response-time: 2}', 'checks[0].max-response-time: YAML reads it as 2, not as text: put it in quotes'],
    ['- {path: /, max-response-time: "2"}', 'checks[0].max-response-time: a duration carries its unit'],
    ['- {path: /, version: {equals: 1.10, header: x}}', 'checks[0].version.equals: YAML reads it as 1.1, not as text: put it in quotes'],
    ['- {path: /, version: {equals: "1"}}', 'checks[0].version: accepted is exactly one of header and json-path'],
    ['- {path: /, version: {header: x}}', 'checks[0].version.equals is missing'],
    ['- {path: /, json: [{path: $.a}]}', 'checks[0].json[0]: accepted is at least one of equals, matches and exists'],
    ['- {path: /, json: [{path: a.b, exists: true}]}', 'checks[0].json[0].path: accepted is a JSON path such as $.status'],
    ['- {path: /, matches: "("}', 'checks[0].matches: accepted is a JavaScript regular expression'],
    ['- {path: //evil.example}', 'checks[0].path: accepted is a path that begins with one slash'],
    ['- {url: "ftp://example.com"}', 'checks[0].url: accepted is an address such as https://example.com/health'],
    ['- {url: "https://ada:50%@example.com"}', 'checks[0].url: accepted is an address such as https://example.com/health'],
    ['- {url: "https://example.com/", path: /}', 'checks[0]: accepted is exactly one of url, path, tcp and command'],
    ['- {}', 'checks[0]: accepted is exactly one of url, path, tcp and command'],
    ['- {command: "true", banner: x}', 'checks[0].banner does not belong to a command check'],
    ['- {path: /, exit-code: 1}', 'checks[0].exit-code does not belong to an HTTP check'],
    ['- {path: /, socket: /run/x.sock}', 'checks[0].socket is a path on the server: add through: ssh'],
    ['- {tcp: "80"}', 'checks[0].tcp without a host is a port or socket of the server: add through: ssh'],
    ['- {tcp: "host:99999"}', 'checks[0].tcp: accepted is host:port'],
    ['- {path: /, through: vpn}', 'checks[0].through: accepted is ssh'],
    ['- {path: /, insecure: "yes"}', 'checks[0].insecure: accepted is true or false'],
    ['- {path: /, body: x}', 'checks[0].body needs a method that sends one'],
    ['- {path: /, follow-redirects: 99}', 'checks[0].follow-redirects: accepted is a whole number from 0 to 20, not "99"'],
    ['- just text', 'checks[0]: accepted are keys with values, not this text'],
    ['[]', 'the list is empty, and no check is no evidence'],
  ])('%j is refused by name', async (yaml, message) => {
    await expect(read(yaml)).rejects.toThrow(message);
  });

  test('says every mistake at once', async () => {
    await expect(read('- {path: x, status: 9}\n- {tcp: x, banner: ""}')).rejects.toThrow(/checks\[0\]\.path.*checks\[0\]\.status.*checks\[1\]\.tcp.*checks\[1\]\.banner/);
  });

  test('never repeats a header that cannot be one', async () => {
    await expect(read('- {path: /, headers: {x-key: "canary\\r\\nx: y"}}')).rejects.toThrow(/^checks\[0\]\.headers\.x-key: this cannot be a header(?!.*canary)/);
  });

  test.each(HOSTILE)('hostile text %#: refused by name, or data', async (value) => {
    for (const key of ['url', 'method', 'status', 'timeout', 'body-limit', 'tcp', 'socket', 'through', 'max-response-time', 'json', 'version', 'follow-redirects', 'insecure', 'headers']) {
      const base = key === 'url' || key === 'tcp' ? {} : { path: '/' };
      const message = await refusal({ ...base, [key]: value });
      expect(message).toContain(`checks[0].${key}`);
      expect(message.length).toBeLessThan(400);
    }
  });
});

async function refusal(check: object): Promise<string> {
  try {
    await parseChecks([check]);
    return 'none';
  } catch (error) {
    return String(error);
  }
}

test.each([
  ['https://example.com', '/health', 'https://example.com/health'],
  ['https://example.com/shop/', '/health?a=b', 'https://example.com/shop/health?a=b'],
  ['https://example.com/shop?x=1', '', 'https://example.com/shop'],
  ['https://example.com', '/@evil.example/..//x', 'https://example.com//x'],
])('%s and %s make %s', (base, path, url) => {
  expect(joinUrl(base, path)).toBe(url);
});

test('statuses are ranges', () => {
  const ranges = parseStatus('200, 3xx, 500-503');
  expect([200, 201, 300, 399, 500, 503, 504].map((status) => covers(ranges, status))).toEqual([true, false, true, true, true, true, false]);
  expect(formatStatus(ranges)).toBe('200, 3xx, 500-503');
  for (const text of ['', '20', '2000', '6xx', '299-200', '200,', '0x1']) expect(() => parseStatus(text)).toThrow('is no HTTP status');
});

test.each([
  ['1.2.3', '1.2.3', true], ['1.2.30', '1.2.3', false], ['v1.2.3', '1.2.3', false], ['1234567', '12345678', false],
  ['abcdef0', `abcdef0${'1'.repeat(33)}`, true], [`ABCDEF0${'1'.repeat(33)}`, 'abcdef0', true], ['abcdef', `abcdef${'1'.repeat(34)}`, false], ['', '1', false],
])('version %s is %s: %s', (actual, expected, same) => {
  expect(isVersion(actual, expected)).toBe(same);
});

test('blind spots are said for what is not set, and only for that', () => {
  const careless: HttpCheck = { kind: 'http', name: 'home', url: 'https://example.com/', followRedirects: 1, insecure: true, expect: { status: parseStatus('2xx, 3xx, 404') } };
  expect(blindSpots([careless])).toEqual([
    expect.stringContaining('no version is expected'), expect.stringContaining('one pass is enough'), expect.stringContaining('home: the body is not looked at'),
    expect.stringContaining('home: a redirect is accepted (3xx)'), expect.stringContaining('home: an error is accepted (404)'), expect.stringContaining('home: redirects are followed'),
    expect.stringContaining('home: the response time is not limited'), expect.stringContaining('home: the certificate is not verified'),
  ]);
  const careful: HttpCheck = { kind: 'http', name: 'home', url: 'https://example.com/', expect: { text: ['Welcome'], maxResponseTime: 1_000, version: { equals: '1', header: 'x-version' } } };
  expect(blindSpots([careful], 3)).toEqual([]);
});
