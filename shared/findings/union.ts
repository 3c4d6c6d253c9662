/** Which of some numbered things belong together. */
export interface Union {
  join(a: number, b: number): void;
  /** The same number for all that belong together. */
  rootOf(of: number): number;
}

/** So many things, each by itself. */
export function createUnion(count: number): Union {
  const parents = Uint32Array.from({ length: count }, (_, index) => index);
  const rootOf = (of: number): number => {
    let at = of;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at] as number] as number;
      at = parents[at] as number;
    }
    return at;
  };
  return {
    rootOf,
    join(a, b) {
      const [low, high] = [rootOf(a), rootOf(b)].sort((one, other) => one - other);
      parents[high as number] = low as number;
    },
  };
}
