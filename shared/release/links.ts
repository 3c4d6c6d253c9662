import { win32 } from 'node:path';
import type { ReleaseLink } from './tree.ts';

const MAX_HOPS = 40; // as the kernel counts; beyond, the link leads nowhere

/** The links of a tree that lead out of it, or are absolute: followed step by step through the tree's other links, as the server would. */
export function escapingLinks(links: readonly ReleaseLink[]): readonly ReleaseLink[] {
  const targets = new Map(links.map((link) => [link.path, link.target]));
  return links.filter((link) => escapes(link, targets));
}

function escapes(link: ReleaseLink, targets: ReadonlyMap<string, string>): boolean {
  const at = link.path.split('/').slice(0, -1);
  const ahead = segmentsBackwards(link.target);
  if (isAbsolute(link.target)) return true;
  for (let hops = 0; ahead.length > 0 && hops < MAX_HOPS;) {
    const segment = ahead.pop()!;
    if (segment === '..' && at.pop() === undefined) return true;
    if (segment === '' || segment === '.' || segment === '..') continue;
    const target = targets.get([...at, segment].join('/'));
    if (target === undefined) {
      at.push(segment);
    } else if (isAbsolute(target)) {
      return true;
    } else {
      hops += 1;
      ahead.push(...segmentsBackwards(target));
    }
  }
  return false;
}

function segmentsBackwards(target: string): string[] {
  return target.split('/').reverse();
}

function isAbsolute(target: string): boolean {
  return target.startsWith('/') || (process.platform === 'win32' && win32.isAbsolute(target));
}
