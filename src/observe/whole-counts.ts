/** Index of the first entry that is no count, i.e. negative or not whole; -1 where there is none. Rates in float32 times an exposure are let pass. */
export function firstNotCounted(counts: Float64Array): number {
  return counts.findIndex((n) => !(n >= 0 && Math.abs(n - Math.round(n)) <= 1e-3 + 1e-6 * n));
}
