const PLAIN = /^[A-Za-z0-9_/.,:=@%+-]+$/;

/**
 * Quotes a value as one word of POSIX shell, whatever bytes it holds.
 * @throws {TypeError} on a NUL byte, which no shell word can hold.
 */
export function quote(value: string): string {
  if (value.includes('\0')) throw new TypeError('A shell word cannot hold a NUL byte');
  return PLAIN.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** A command as one line of POSIX shell: every argument quoted, none of them interpreted. */
export function commandLine(argv: readonly string[]): string {
  return argv.map(quote).join(' ');
}
