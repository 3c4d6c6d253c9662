/** The candidate that needs the fewest edits to become the word, `_` and `-` counting as one; undefined without candidates. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return ranked(word, candidates)[0]?.candidate;
}

/** The candidate that the word is probably a slip of: at most a third of its letters, and two at least, would have to change. */
export function likelyMeant(word: string, candidates: readonly string[]): string | undefined {
  const [best] = ranked(word, candidates);
  return best !== undefined && best.edits <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined;
}

function ranked(word: string, candidates: readonly string[]): { readonly candidate: string; readonly edits: number }[] {
  const wanted = word.replaceAll('_', '-').slice(0, 100);
  return candidates.map((candidate) => ({ candidate, edits: editsBetween(wanted, candidate) })).sort((one, other) => one.edits - other.edits);
}

function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, candidate] of [...other].entries()) {
      const substituted = row[column]! + (letter === candidate ? 0 : 1);
      next.push(Math.min(substituted, row[column + 1]! + 1, next[column]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
