import { describe, expect, test } from '@jest/globals';
import { knownHostsLine, linesFor, parseKnownHosts } from './known-hosts.ts';
import { packString } from './wire.ts';

const blob = Buffer.concat([packString('ssh-ed25519'), packString(Buffer.alloc(32, 7))]);
const key = `ssh-ed25519 ${blob.toString('base64')}`;

function isPinned(hosts: string, host: string, port = 22): boolean {
  return linesFor(parseKnownHosts(`${hosts} ${key}`).lines, host, port).length === 1;
}

describe('linesFor', () => {
  test.each([
    ['web1', 'web1', 22, true],
    ['WEB1', 'web1', 22, true],
    ['web1', 'Web1', 22, true],
    ['[web1]:22', 'web1', 22, true],
    ['web1', 'web1', 2222, true],
    ['[web1]:2222', 'web1', 22, false],
    ['[web1]:2222', 'web1', 2223, false],
    ['web10', 'web1', 22, false],
    ['web1.example', 'web1xexample', 22, false],
    ['*.example', 'web1.example', 22, true],
    ['*.example', '.example.evil', 22, false],
    ['web?', 'web12', 22, false],
    ['*.example,!web1.example', 'web1.example', 22, false],
    ['*.example,!web1.example', 'web1.example', 2222, false],
    ['*.example,!web1.example', 'web2.example', 22, true],
    ['::1', '::1', 22, true],
    ['[::1]:2222', '::1', 2222, true],
    ['|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=', '192.168.1.61', 22, true], // from the manual of OpenSSH's format
    ['|1|F1E1KeoE/eEWhi10WpGv4OdiO6Y=|3988QV0VE8wmZL7suNrYQLITLCg=', '192.168.1.62', 22, false],
  ])('%s names %s port %d: %s', (hosts, host, port, expected) => expect(isPinned(hosts, host, port)).toBe(expected));

  test('a line that names the port goes before lines that name none', () => {
    const { lines } = parseKnownHosts(`web1 ${key}\n[web1]:2222 ${key}\n@revoked web1 ${key}`);
    expect(linesFor(lines, 'web1', 2222).map(({ line }) => line)).toEqual([2, 3]);
    expect(linesFor(lines, 'web1', 22).map(({ line }) => line)).toEqual([1, 3]);
  });
});

test('the line to pin names the port only where it must', () => {
  expect(knownHostsLine('web1', 22, blob)).toBe(`web1 ${key}`);
  expect(knownHostsLine('web1', 2222, blob)).toBe(`[web1]:2222 ${key}`);
  expect(isPinned(knownHostsLine('::1', 2222, blob).split(' ')[0] ?? '', '::1', 2222)).toBe(true);
});
