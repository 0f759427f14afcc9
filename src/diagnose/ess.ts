/**
 * Effective number of draws behind weights (N), which need not be normalised: (sum w)^2 / sum w^2 (Kish 1965). N for equal
 * weights, 1 where one draw has it all, 0 where all weights are zero. ESS / N is the sampling efficiency.
 */
export function ess(weights: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i];
    squares += weights[i] * weights[i];
  }
  return squares > 0 ? (sum * sum) / squares : 0;
}

/** Weights (N) that sum to one from their logarithms; all zero where no log weight is finite. */
export function normaliseLogWeights(logWeights: ArrayLike<number>): Float64Array {
  let largest = -Infinity;
  for (let i = 0; i < logWeights.length; i++) largest = Math.max(largest, logWeights[i]);
  const weights = new Float64Array(logWeights.length);
  if (largest === -Infinity) return weights;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    weights[i] = Math.exp(logWeights[i] - largest);
    sum += weights[i];
  }
  return weights.map((weight) => weight / sum);
}
