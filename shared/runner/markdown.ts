/** A piece of a sentence or cell: plain text, or text shown as code or as a link. Whatever it holds is shown, never obeyed. */
export type Inline = string | { readonly text: string; readonly code?: true; readonly href?: string };

/** Inline text as GitHub markdown, everything special in it escaped, on one line. */
export function inline(piece: Inline): string {
  if (typeof piece === 'string') return escapeMarkdown(piece);
  const content = piece.code ? `<code>${escapeMarkdown(piece.text)}</code>` : escapeMarkdown(piece.text);
  return piece.href !== undefined && isLink(piece.href) ? `[${content}](<${linkTarget(piece.href)}>)` : content;
}

/** Text that reads in GitHub markdown as it was written; line breaks become `<br>`. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\\`*_[\]|~$#]/g, String.raw`\$&`)
    .replace(/[&<>@]/g, (character) => ENTITIES[character]!)
    .replace(/^([ \t]*)(?=[-+=])/gm, '$1\\')
    .replace(/^([ \t]*\d+)(?=[.)](?:\s|$))/gm, '$1\\')
    .replace(/\n/g, '<br>');
}

/** A code block whose fence is longer than any run of backticks inside. */
export function codeBlock(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${visible(text).replace(/\n+$/, '')}\n${fence}`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '@': '&#64;' };

function visible(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/g, '\uFFFD');
}

function isLink(href: string): boolean {
  return /^https?:\/\//.test(href);
}

function linkTarget(href: string): string {
  return href.replace(/[\s<>\\]/g, encodeURIComponent);
}
