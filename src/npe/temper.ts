import { ess, normaliseLogWeights } from "../diagnose/ess.ts";

/** Normalised weights w^b (N) with the largest b <= 1 for which their ESS reaches `wanted` (b = 0 gives equal weights). */
export function temper(logWeight: Float64Array, wanted: number): Float64Array {
  const at = (power: number) =>
    normaliseLogWeights(logWeight.map((l) => (l === Number.NEGATIVE_INFINITY ? l : power * l)));
  let low = 0;
  let high = 1;
  const plain = at(1);
  if (ess(plain) >= wanted) return plain;
  for (let i = 0; i < 40; i++) {
    const middle = 0.5 * (low + high);
    if (ess(at(middle)) >= wanted) low = middle;
    else high = middle;
  }
  return at(low);
}
