import { symmetricEigen } from "../math/symmetric-eigen.ts";

/**
 * Marquardt's step (n): the solution of  (alpha + lambda diag alpha) step = beta,  solved in the scaled unknowns
 * y = D^1/2 step, D = diag alpha, where the matrix has the diagonal 1 + lambda. Directions in which the scaled matrix has
 * no curvature (eigenvalue below 1e-15 of the largest) get no step. alpha (n, n) symmetric with a positive diagonal.
 * Marquardt 1963, J. SIAM 11, 431.
 */
export function dampedStep(alpha: Float64Array, beta: Float64Array, lambda: number): Float64Array {
  const n = beta.length;
  const root = scales(alpha, n);
  const { values, vectors } = symmetricEigen(scaled(alpha, root, lambda), n);
  const step = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    if (!(Math.abs(values[k]) > 1e-15 * values[0])) continue;
    let projected = 0;
    for (let i = 0; i < n; i++) projected += (vectors[k * n + i] * beta[i]) / root[i];
    for (let i = 0; i < n; i++) step[i] += ((projected / values[k]) * vectors[k * n + i]) / root[i];
  }
  return step;
}

/** Inverse (n, n) of alpha, by the same scaling and with the same treatment of directions without curvature. */
export function scaledInverse(alpha: Float64Array, n: number): Float64Array {
  const root = scales(alpha, n);
  const { values, vectors } = symmetricEigen(scaled(alpha, root, 0), n);
  const inverse = new Float64Array(n * n);
  for (let k = 0; k < n; k++) {
    if (!(Math.abs(values[k]) > 1e-15 * values[0])) continue;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        inverse[i * n + j] += (vectors[k * n + i] * vectors[k * n + j]) / (values[k] * root[i] * root[j]);
  }
  return inverse;
}

function scales(alpha: Float64Array, n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => Math.sqrt(alpha[i * n + i]));
}

function scaled(alpha: Float64Array, root: Float64Array, lambda: number): Float64Array {
  const n = root.length;
  return alpha.map((value, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    return i === j ? 1 + lambda : value / (root[i] * root[j]);
  });
}
