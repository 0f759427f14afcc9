import { cholesky, stream } from "../math/index.ts";

/** theta ~ N(0, 1), x = A theta + noise of deviation 1: the posterior is normal with precision 1 + A^T A. */
export function linearToy(N: number, D: number, F: number, seed = 1) {
  const rng = stream(seed, "toy");
  const A = Float64Array.from({ length: F * D }, () => rng.normal());
  const theta = Float32Array.from({ length: N * D }, () => rng.normal());
  const x = Float32Array.from({ length: N * F }, (_, i) => {
    const [row, f] = [Math.floor(i / F), i % F];
    let sum = rng.normal();
    for (let d = 0; d < D; d++) sum += A[f * D + d] * theta[row * D + d];
    return sum;
  });
  const precision = Float64Array.from({ length: D * D }, (_, i) => {
    const [a, b] = [Math.floor(i / D), i % D];
    let sum = a === b ? 1 : 0;
    for (let f = 0; f < F; f++) sum += A[f * D + a] * A[f * D + b];
    return sum;
  });
  return { theta, x, precision, entropy: gaussianEntropy(precision, D) };
}

/** D/2 (1 + log 2 pi) - log det(P)/2: the least mean -log q that any flow can reach. */
function gaussianEntropy(precision: Float64Array, D: number): number {
  const lower = cholesky(precision, D);
  if (!lower) throw new Error("1 + A^T A is positive definite");
  let logDet = 0;
  for (let d = 0; d < D; d++) logDet += Math.log(lower[d * D + d]);
  return (D / 2) * (1 + Math.log(2 * Math.PI)) - logDet;
}
