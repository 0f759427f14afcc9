/**
 * Adjusted p-values (K) of a family of K tests: rejecting those at or below alpha has a chance of at most alpha of any
 * false alarm, however the tests depend on each other.
 *
 *   adjusted_(i) = max_{j <= i} min(1, (K - j + 1) p_(j)),  p_(1) <= ... <= p_(K)
 *
 * Holm 1979, Scand. J. Stat. 6, 65.
 */
export function holm(pValues: ArrayLike<number>): number[] {
  const order = Array.from({ length: pValues.length }, (_, i) => i).sort((i, j) => pValues[i] - pValues[j]);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let largest = 0;
  order.forEach((i, place) => {
    largest = Math.max(largest, Math.min(1, (order.length - place) * pValues[i]));
    adjusted[i] = largest;
  });
  return adjusted;
}
