// The runner trims white space before it looks for a command, and compares texts in a way that does not see characters without width.
const UNSEEN = String.raw`[\s\u0085\p{Cf}\p{Default_Ignorable_Code_Point}]*`;
const COMMAND = lazily(`^${UNSEEN}:${UNSEEN}:`, 'u');
const LEGACY_COMMAND = lazily(`#(?=${UNSEEN}#${UNSEEN}\\[)`, 'gu');
// The two take milliseconds to compile, and most runs print no line that either could be found in.
const MAYBE_COMMAND = /^[^!-9;-~]/;
const COLOUR = /\u001B\[[0-9;]*m/g;
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g;

/**
 * Text as lines that a log shows and the runner never obeys: `::command::` and `##[command]` are disarmed by a visible character,
 * a lone CR ends a line, colours stay, and other control characters are shown as symbols.
 */
export function neutralLines(text: string): readonly string[] {
  return text.split(/\r\n|\n|\r/).map(neutralLine);
}

function neutralLine(line: string): string {
  const colours = line.match(COLOUR) ?? [];
  const plain = line.split(COLOUR).map((part) => part.replace(CONTROL, symbolOf));
  // Colours between the characters of a command do not disarm it for every reader, so it is looked for without them.
  const bare = plain.join('');
  const single = bare.includes('#') && bare.includes('[') ? bare.replace(LEGACY_COMMAND(), '# ') : bare;
  const disarmed = MAYBE_COMMAND.test(single) ? single.replace(COMMAND(), (start) => `| ${start}`) : single;
  if (disarmed !== bare) return disarmed;
  return plain.map((part, index) => part + (colours[index] ?? '')).join('');
}

function lazily(source: string, flags: string): () => RegExp {
  let made: RegExp | undefined;
  return () => (made ??= new RegExp(source, flags));
}

function symbolOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7F) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD';
}
