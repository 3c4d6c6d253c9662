import { fitsOwnFile, type Ignore } from '../exemption.ts';
import { beyondUs, looseList, looseMapping, looseText, looseTexts, untilOf, type IgnoreFile, type Loose } from './ignore-file.ts';

// Secrets are left out on purpose: no file of exceptions hides one.
const SECTIONS = ['vulnerabilities', 'misconfigurations', 'licenses'];
const KEYS = ['id', 'paths', 'purls', 'expired_at', 'statement'];

/** What a .trivyignore says: an ID a line, `exp:2026-12-01` behind it; the comment above is the reason. */
export function parseTrivyIgnore(text: string, file: string): IgnoreFile {
  const ignores: Ignore[] = [];
  const notes: string[] = [];
  let comment: string | undefined;
  for (const [index, whole] of text.split(/\r?\n/).entries()) {
    const line = whole.trim();
    if (line === '' || line.startsWith('#')) {
      comment = line === '' ? undefined : line.replace(/^#+\s*/, '');
      continue;
    }
    const [id = '', ...rest] = line.split(/\s+/);
    const expiry = rest.find((word) => word.startsWith('exp:'))?.slice(4);
    const span = untilOf(expiry);
    if (span === undefined || rest.some((word) => !word.startsWith('exp:') && !word.startsWith('#'))) notes.push(`${file}, line ${index + 1}: not followed, because it is not an ID with exp:YYYY-MM-DD or nothing behind it`);
    else ignores.push({ ...fitsOwnFile(file, 'trivy'), id, until: span.until, reason: comment });
  }
  return { ignores, notes };
}

/** What a .trivyignore.yaml says. */
export function parseTrivyIgnoreYaml(yaml: unknown, file: string): IgnoreFile {
  const root = looseMapping(yaml);
  const entries = SECTIONS.flatMap((section) => looseList(root[section]).map((entry, index) => ({ entry, place: `${file}, ${section}[${index}]` })));
  const secrets = looseList(root['secrets']);
  const read = entries.map(({ entry, place }) => readEntry(entry, place, file));
  return {
    ignores: read.filter((one) => typeof one !== 'string'),
    notes: [...read.filter((one) => typeof one === 'string'), ...(secrets.length > 0 ? [`${file}: its ${secrets.length} entries for secrets are not followed`] : [])],
  };
}

function readEntry(entry: Loose, place: string, file: string): Ignore | string {
  const [id, span, odd] = [looseText(entry['id']), untilOf(entry['expired_at']), beyondUs(entry, KEYS)];
  if (id === undefined) return `${place}: not followed, because it has no id`;
  if (span === undefined) return `${place}: not followed, because its expired_at is no day`;
  if (odd.length > 0) return `${place}: not followed, because of ${odd.join(', ')}`;
  return { ...fitsOwnFile(file, 'trivy'), id, packages: looseTexts(entry['purls']), paths: looseTexts(entry['paths']), until: span.until, reason: looseText(entry['statement']) };
}
