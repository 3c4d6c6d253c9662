import type { Source } from './source.ts';

const LONGEST = 63; // bytes of a name in PostgreSQL; MySQL takes 64 characters

/** What a part is called that is kept beside what is live: `shop__before_<id>`, a name too long for that being cut. */
export function nameBeside(source: Source, word: 'next' | 'before', id: string): string {
  const end = `__${word}_${id}`;
  switch (source.kind) {
    case 'files': return `${source.folder.replace(/\/+$/, '')}${end}`;
    case 'sqlite': return `${source.database}${end}`;
    case 'command': return `${source.file}${end}`;
    default: return `${cut(source.database, LONGEST - end.length)}${end}`;
  }
}

function cut(name: string, bytes: number): string {
  let kept = '';
  for (const character of name) {
    if (Buffer.byteLength(kept + character) > bytes) break;
    kept += character;
  }
  return kept;
}
