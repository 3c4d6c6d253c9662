import { piecesOf, type Piece } from './mrkdwn.ts';

/** Text as HTML shows it. */
export function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A text object of Block Kit as HTML. */
export function textHtml({ type, text = '' }: { readonly type?: string; readonly text?: string }): string {
  return type === 'plain_text' ? lines(html(text)) : mrkdwnHtml(text);
}

/** mrkdwn as HTML: boxes of code, lines that quote, links, mentions, bold, italics, struck out text, code. */
export function mrkdwnHtml(text: string): string {
  return text.split(/```\n?/).map((part, index) => (index % 2 === 1 ? `<pre>${inline(part.replace(/\n$/, ''), false)}</pre>` : quoted(part))).join('');
}

function quoted(text: string): string {
  const rows = text.replace(/^\n|\n$/g, '').split('\n').map((line) => (line.startsWith('&gt; ') || line.startsWith('> ') ? `<blockquote>${inline(line.replace(/^(?:&gt;|>) /, ''), true)}</blockquote>` : inline(line, true)));
  return rows.join('<br>').replaceAll('</blockquote><br>', '</blockquote>');
}

function inline(text: string, isFormatted: boolean): string {
  return piecesOf(text).map((piece) => pieceHtml(piece, isFormatted)).join('');
}

function pieceHtml(piece: Piece, isFormatted: boolean): string {
  if (piece.kind === 'link') return `<a href="${html(piece.url)}">${html(piece.label)}</a>`;
  if (piece.kind === 'mention') return `<span class="mention">@${html(piece.of.replace(/^[!@](?:subteam\^)?/, ''))}</span>`;
  if (piece.kind === 'channel') return `<span class="mention">#${html(piece.id)}</span>`;
  if (piece.kind === 'date') return html(new Date(piece.seconds * 1_000).toISOString().slice(11, 16));
  return isFormatted ? formatted(html(piece.text)) : html(piece.text);
}

function formatted(text: string): string {
  return text.replace(/`([^`\n]+)`/g, '<code>$1</code>').replace(/(^|[\s(])\*([^*\n]+)\*(?=$|[\s.,:;)])/g, '$1<b>$2</b>')
    .replace(/(^|[\s(])_([^_\n]+)_(?=$|[\s.,:;)])/g, '$1<i>$2</i>').replace(/(^|[\s(])~([^~\n]+)~(?=$|[\s.,:;)])/g, '$1<s>$2</s>');
}

function lines(text: string): string {
  return text.replaceAll('\n', '<br>');
}
