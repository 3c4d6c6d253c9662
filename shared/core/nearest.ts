/** The candidate that needs the fewest edits to become the word, `_` and `-` counting as one; undefined without candidates. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const wanted = word.replaceAll('_', '-').slice(0, 100);
  const ranked = candidates.map((candidate) => ({ candidate, edits: editsBetween(wanted, candidate) }));
  return ranked.sort((one, other) => one.edits - other.edits)[0]?.candidate;
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
