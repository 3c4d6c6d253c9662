// Longer lines are no program's log.
const LONGEST = 16 * 1024; // bytes

/**
 * Whether a line between documents is some program's log, which `2>&1` mixes in, and not a piece of a broken document:
 * taking a piece for a log line would read what is left of a report as a whole one.
 */
export function isLogLine(line: Buffer): boolean {
  if (line.length > LONGEST) return false;
  const text = line.toString('utf8').replace(/\u001B\[[\d;]*m/g, '').trim();
  return !/^["}\]:,]|[{[,}]$|":|^(?:-?\d[\d.eE+-]*|true|false)$/.test(text);
}

/** Whether a byte after `[` shows that no list of JSON begins there: `[INFO] scanning`. */
export function beginsLogLabel(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || byte === 0x1b || (byte >= 0x61 && byte <= 0x7a && !'tfn'.includes(String.fromCharCode(byte))));
}
