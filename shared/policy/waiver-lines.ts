import type { Lines } from './approval.ts';

/** Where each waiver and sign-off of a file stands, by its place such as `waivers[2]`. */
export async function waiverLines(text: string): Promise<ReadonlyMap<string, Lines>> {
  const { isNode, isSeq, LineCounter, parseDocument } = await import('yaml');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const lines = new Map<string, Lines>();
  for (const list of ['waivers', 'sign-offs']) {
    const node = document.get(list, true);
    const items = isSeq(node) ? node.items : [node];
    for (const [index, item] of items.entries()) {
      const [start, end] = isNode(item) && item.range ? item.range : [];
      if (start !== undefined && end !== undefined) lines.set(`${list}[${index}]`, { from: lineCounter.linePos(start).line, to: lineCounter.linePos(Math.max(start, end - 1)).line });
    }
  }
  return lines;
}
