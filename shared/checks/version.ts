const COMMIT = /^[0-9a-f]{7,40}$/i;

/** Whether both name the same version: the same text, or a commit hash and its abbreviation (7 digits or more). */
export function isVersion(actual: string, expected: string): boolean {
  if (actual === expected) return true;
  if (!COMMIT.test(actual) || !COMMIT.test(expected) || Math.max(actual.length, expected.length) !== 40) return false;
  const [short = '', long = ''] = [actual.toLowerCase(), expected.toLowerCase()].sort((one, other) => one.length - other.length);
  return long.startsWith(short);
}
