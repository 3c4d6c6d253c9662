/** Text that Slack's mrkdwn shows as it stands: the three characters that begin its links, mentions and entities are escaped. */
export function escapeText(text: string): string {
  return visible(text).replace(/[&<>]/g, (character) => ENTITIES[character]!);
}

/** The same on one line. */
export function escapeLine(text: string): string {
  return escapeText(oneLine(text));
}

/** A link; only the label where the address is none that a browser opens over http. */
export function link(address: string | undefined, label: string): string {
  const href = address === undefined ? undefined : webAddress(address);
  return href === undefined ? escapeLine(label) : `<${href.replace(/[|<>]/g, encodeURIComponent).replaceAll('&', '&amp;')}|${escapeLine(label)}>`;
}

/** Text in a grey box; nothing in it ends the box. */
export function codeBox(text: string): string {
  return `\`\`\`\n${escapeText(text).replaceAll('```', "'''")}\n\`\`\``;
}

/** A moment in the reader's own time zone; seconds since 1970. */
export function clock(seconds: number): string {
  return `<!date^${Math.trunc(seconds)}^{time}|${new Date(seconds * 1_000).toISOString().slice(11, 16)} UTC>`;
}

/** An address as a browser writes it, or undefined where it is none of the web's. */
export function webAddress(text: string): string | undefined {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** Line breaks become spaces. */
export function oneLine(text: string): string {
  return visible(text).replace(/\s+/g, ' ').trim();
}

/** Control characters, and those that turn the direction of what follows, as a visible mark: they could make a text read as another. */
export function visible(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g, '\uFFFD');
}

/** What must not be cut in two: a link or mention, an entity, the mark of a code box. */
export const UNBREAKABLE = /```|<[^<>\n]{1,3000}>|&(?:amp|lt|gt);/g;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
