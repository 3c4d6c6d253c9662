/**
 * Foreign text made fit for one line: control characters and marks that turn the direction of writing are spaces, and it is cut
 * after `most` characters. What was cut is a copy, so that it keeps no larger text alive.
 */
export function plainText(text: string, most = 300): string {
  const line = text.slice(0, most * 4).replace(/[\s\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]+/g, ' ').trim();
  const short = line.length > most || text.length > most * 4 ? `${line.slice(0, most).toWellFormed()}…` : line;
  return text.length > most ? Buffer.from(short).toString() : short;
}
