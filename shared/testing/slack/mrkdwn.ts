/** A piece of mrkdwn between and in angle brackets. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'date'; readonly seconds: number; readonly format: string; readonly fallback: string }
  /** Somebody hears of it: a person, a group, or everybody. */
  | { readonly kind: 'mention'; readonly of: string }
  | { readonly kind: 'channel'; readonly id: string };

/** A text of mrkdwn in pieces, read as Slack documents it: brackets mean something, entities are undone last. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(/<([^<>]+)>/g)) {
    if (match.index > at) pieces.push({ kind: 'text', text: unescaped(text.slice(at, match.index)) });
    pieces.push(bracket(match[1] ?? ''));
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ kind: 'text', text: unescaped(text.slice(at)) });
  return pieces;
}

/** Text with the three entities undone. */
export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function bracket(inside: string): Piece {
  const [target, label] = split(inside);
  if (target.startsWith('@')) return { kind: 'mention', of: target };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1) };
  const [, seconds, format = ''] = /^!date\^(\d+)\^([^^]*)/.exec(target) ?? [];
  if (seconds !== undefined) return { kind: 'date', seconds: Number(seconds), format, fallback: unescaped(label ?? '') };
  if (target.startsWith('!')) return { kind: 'mention', of: target };
  return { kind: 'link', url: unescaped(target), label: unescaped(label ?? target) };
}

function split(inside: string): [string, string?] {
  const bar = inside.indexOf('|');
  return bar < 0 ? [inside] : [inside.slice(0, bar), inside.slice(bar + 1)];
}
