/**
 * Foreign text made fit for one line of a log or a table: control characters escaped, so that it can never be read as a
 * workflow command, and cut after `limit` characters.
 */
export function shown(text: string, limit = 120): string {
  const head = text.slice(0, limit * 2);
  const escaped = head.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, escape);
  return escaped.length > limit || text.length > head.length ? `${escaped.slice(0, limit)}… (${text.length} characters)` : escaped;
}

/** The same, in double quotes. */
export function quoted(text: string, limit?: number): string {
  return `"${shown(text, limit)}"`;
}

function escape(character: string): string {
  const known: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  return known[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
