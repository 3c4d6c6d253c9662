import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { commandLine, quote } from '#shared/core/quote';

const HOSTILE = ['', ' ', '$(id)', '`id`', '"', "'", "''", 'a\nb', '\\', '-rf', '*', '~', '!x', 'é😀', "a'b\"c$d`e\\f\n", '&&', 'x'.repeat(65536)];

describe('quote', () => {
  test('leaves plain words alone', () => {
    expect(commandLine(['ln', '-s', '/srv/app', 'a=b'])).toBe('ln -s /srv/app a=b');
  });

  test.each(HOSTILE)('%j reaches a command unchanged', (value) => {
    const { stdout } = spawnSync('sh', ['-c', `printf %s ${quote(value)}`], { encoding: 'utf8' });
    expect(stdout).toBe(value);
  });

  test('refuses a NUL byte', () => {
    expect(() => quote('a\0b')).toThrow(TypeError);
  });
});
