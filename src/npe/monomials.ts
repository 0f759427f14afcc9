/** Exponent lists of all monomials in F variables up to a degree, as sorted index lists: [], [0], [1], [0,0], ... */
export function monomials(F: number, degree: number): readonly (readonly number[])[] {
  const lists: number[][] = [[]];
  let previous: number[][] = [[]];
  for (let d = 1; d <= degree; d++) {
    const next: number[][] = [];
    for (const list of previous)
      for (let f = list.length === 0 ? 0 : list[list.length - 1]; f < F; f++) next.push([...list, f]);
    lists.push(...next);
    previous = next;
  }
  return lists;
}

/** Number of monomials in F variables up to a degree: binomial(F + degree, degree). */
export function monomialCount(F: number, degree: number): number {
  let count = 1;
  for (let d = 1; d <= degree; d++) count = (count * (F + d)) / d;
  return Math.round(count);
}

/**
 * Evaluates all monomials of one point. Each is its parent (the list without its last index) times one variable, so a
 * row costs one multiplication a monomial.
 */
export function monomialEvaluator(
  F: number,
  degree: number,
): (out: Float64Array, x: ArrayLike<number>, at?: number) => void {
  const lists = monomials(F, degree);
  const index = new Map(lists.map((list, i) => [list.join(), i]));
  const parent = Int32Array.from(lists, (list) =>
    list.length === 0 ? 0 : (index.get(list.slice(0, -1).join()) ?? 0),
  );
  const variable = Int32Array.from(lists, (list) => (list.length === 0 ? 0 : list[list.length - 1]));
  return (out, x, at = 0) => {
    out[0] = 1;
    for (let p = 1; p < lists.length; p++) out[p] = out[parent[p]] * x[at + variable[p]];
  };
}
