import { quote } from '#shared/core/quote';

/** The exit status of a script that found the server's files to be other than what was released: sending everything mends it. */
export const RELEASE_DIFFERS = 65;

// each LIST COMMAND...: runs the command with the names of a NUL-separated list. Through a pipe, because busybox's xargs loses its place in a
// file: the tools it runs without exec move the file's offset when they end, and names come out cut.
const PREAMBLE = String.raw`LC_ALL=C; export LC_ALL
fail() { printf '%s\n' "$1" >&2; exit "${'$'}{2:-1}"; }
each() { list=$1; shift; cat -- "$list" | xargs -0 -r "$@"; }`;

/**
 * One POSIX sh text for a server: the values as variables, each quoted, then the body, all in a subshell so that nothing of it leaks
 * into what runs beside it. The body is constant text; values reach it by name only.
 */
export function serverScript(values: Readonly<Record<string, string | number>>, body: string): string {
  const variables = Object.entries(values).map(([name, value]) => `${name}=${quote(String(value))}`);
  return ['# shellcheck disable=SC2002,SC2016 # a pipe for xargs on purpose, and in single quotes what the sh it starts expands', '(', ...variables, PREAMBLE, body.trim(), ')', ''].join('\n');
}

/** The given path of the server. @throws {TypeError} unless it is absolute, without `..`, and below the root. */
export function absolute(path: string): string {
  if (!path.startsWith('/') || path.split('/').includes('..') || /^[/.]*$/.test(path)) throw new TypeError(`Not an absolute path below the root: ${path}`);
  return path;
}
