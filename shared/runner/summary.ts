import { codeBlock, escapeMarkdown, inline, type Inline } from './markdown.ts';

/** One part of the job summary. Everything in it is text to show; nothing is read as markdown or HTML. */
export interface SummarySection {
  readonly heading: string;
  readonly paragraphs?: readonly (Inline | readonly Inline[])[];
  readonly table?: { readonly columns: readonly string[]; readonly rows: readonly (readonly Inline[])[] };
  /** Long text such as a log, folded; the first to be cut when the summary grows too large. */
  readonly details?: readonly { readonly title: string; readonly text: string }[];
}

/** GitHub drops a summary of more than 1 MiB altogether; the rest is room for what the runner adds. */
export const SUMMARY_LIMIT = 1_000_000;

interface Allowance {
  readonly detailCharacters: number;
  readonly rows: number;
  readonly characters: number;
}

// Tried in turn until everything fits: details go first, then table rows, then the length of texts.
const ALLOWANCES: readonly Allowance[] = [
  { detailCharacters: Infinity, rows: Infinity, characters: Infinity },
  ...[200_000, 50_000, 10_000, 2_000, 0].map((detailCharacters) => ({ detailCharacters, rows: Infinity, characters: Infinity })),
  ...[1_000, 100, 20].map((rows) => ({ detailCharacters: 0, rows, characters: Infinity })),
  ...[10_000, 1_000, 100].map((characters) => ({ detailCharacters: 0, rows: 20, characters })),
];

/** The sections as GitHub markdown of at most `limit` bytes; what had to be cut is said where it stood. */
export function renderSummary(sections: readonly SummarySection[], limit = SUMMARY_LIMIT): string {
  for (const allowance of ALLOWANCES) {
    const markdown = sections.map((section) => renderSection(section, allowance)).join('\n');
    if (Buffer.byteLength(markdown) <= limit) return markdown;
  }
  return firstThatFit(sections.map((section) => renderSection(section, ALLOWANCES.at(-1)!)), limit);
}

function firstThatFit(parts: readonly string[], limit: number): string {
  const note = '\n_Further sections were left out: the summary is full._\n';
  let markdown = '';
  for (const part of parts) {
    if (Buffer.byteLength(markdown) + Buffer.byteLength(part) + Buffer.byteLength(note) + 1 > limit) break;
    markdown += `${part}\n`;
  }
  return markdown + note;
}

function renderSection(section: SummarySection, allowance: Allowance): string {
  const shorten = (piece: Inline): Inline => shortened(piece, allowance.characters);
  const paragraphs = (section.paragraphs ?? []).map((paragraph) => [paragraph].flat().map((piece) => inline(shorten(piece))).join('').trim());
  return [
    `## ${inline(shorten(section.heading)).replaceAll('<br>', ' ').trim()}`,
    ...paragraphs,
    ...(section.table ? [renderTable(section.table, allowance)] : []),
    ...(section.details ?? []).map((detail) => renderDetail(detail, allowance.detailCharacters)),
  ].join('\n\n').concat('\n');
}

function renderTable({ columns, rows }: NonNullable<SummarySection['table']>, allowance: Allowance): string {
  const row = (cells: readonly Inline[]): string => `| ${cells.map((cell) => inline(shortened(cell, allowance.characters))).join(' | ')} |`;
  const shown = rows.slice(0, allowance.rows);
  const left = rows.length - shown.length;
  return [row(columns), `|${' --- |'.repeat(columns.length)}`, ...shown.map(row), ...(left > 0 ? ['', `_${left} more rows were left out._`] : [])].join('\n');
}

// The end of a log tells more than its beginning.
function renderDetail({ title, text }: { readonly title: string; readonly text: string }, characters: number): string {
  const left = Math.max(0, text.length - characters);
  const note = left > 0 ? `_The first ${left} characters were left out._\n\n` : '';
  const kept = left < text.length ? `${codeBlock(text.slice(left))}\n\n` : '';
  return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${note}${kept}</details>`;
}

function shortened(piece: Inline, characters: number): Inline {
  const text = typeof piece === 'string' ? piece : piece.text;
  if (text.length <= characters) return piece;
  const cut = `${text.slice(0, characters)}…`;
  return typeof piece === 'string' ? cut : { ...piece, text: cut };
}
