/** A value nobody should have to fear, with a name for test titles. */
export interface HostileValue {
  readonly name: string;
  readonly value: string;
}

const LARGE = 65_536;

/**
 * Values that would run a command, climb out of a folder, forge a line or break a limit wherever one is not treated as data.
 * Whatever runs of them creates the file `canary`, an absolute path without blanks.
 */
export function hostileValues(canary: string): readonly HostileValue[] {
  const touch = `touch ${canary}`;
  const dense = `touch\${IFS}${canary}`; // for places that take no blanks
  const values: Readonly<Record<string, string>> = {
    'a substitution': `$(${touch})`,
    'a substitution without blanks': `$(${dense})`,
    backticks: `\`${touch}\``,
    'backticks without blanks': `\`${dense}\``,
    'single quotes': `'; ${touch}; '`,
    'double quotes': `"; ${touch}; "`,
    'a line break': `x\n${touch}\ny`,
    'a carriage return': `x\r${touch}`,
    'a semicolon': `; ${touch}`,
    'a semicolon without blanks': `x;${dense};`,
    'a background job': `x & ${touch} | ${touch} && ${touch}`,
    'a redirection': `>${canary}`,
    options: '-rf',
    'an option that runs': `--checkpoint-action=exec=${touch}`,
    'a climb': '../../../../etc',
    globs: '*{a,b}[1-3]?',
    formats: '%s%n%d%%',
    'backslashes': '\\n\\0101\\',
    variables: '~root$HOME${IFS}$$!!',
    unicode: 'Ünïcödé漢字🚢\u202Eesrever',
    'a workflow command': '::error::forged',
    'an older workflow command': '##[add-mask]forged',
    'a mark of the executor': '\u001Emark state completed',
    escapes: '\u001B[31m\u001B]0;title\u0007',
    NUL: 'a\0b',
    'JSON and YAML': '"},{"generation":999,"run":"&a [*a]',
    '64 KiB': `$(${touch})`.repeat(LARGE).slice(0, LARGE),
    'a long word': 'a'.repeat(LARGE),
    'many lines': `\`${touch}\`\n`.repeat(LARGE / 32),
  };
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}
