import { cholesky, choleskyInverse, choleskySolve, stream } from "../math/index.ts";

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
  const lower = cholesky(precision, D);
  if (!lower) throw new Error("1 + A^T A is positive definite");
  /** Mean and covariance (D, D) of the posterior of one x: P^-1 A^T x and P^-1. */
  const posterior = (data: ArrayLike<number>) => {
    const projected = Float64Array.from({ length: D }, (_, d) => {
      let sum = 0;
      for (let f = 0; f < F; f++) sum += A[f * D + d] * data[f];
      return sum;
    });
    const mean = new Float64Array(D);
    choleskySolve(mean, lower, projected, D);
    return { mean, covariance: choleskyInverse(lower, D) };
  };
  return { theta, x, posterior, entropy: gaussianEntropy(lower, D) };
}

/** D/2 (1 + log 2 pi) - log det(P)/2, P = L L^T: the least mean -log q that any flow can reach. */
function gaussianEntropy(lower: Float64Array, D: number): number {
  let logDet = 0;
  for (let d = 0; d < D; d++) logDet += Math.log(lower[d * D + d]);
  return (D / 2) * (1 + Math.log(2 * Math.PI)) - logDet;
}
