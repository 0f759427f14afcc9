import type { JointPrior } from "../prior/types.ts";

/** Numbers of the rows of theta (n, D) inside the prior. */
export function rowsInside(theta: Float64Array, prior: JointPrior): number[] {
  const D = prior.priors.length;
  return Array.from({ length: theta.length / D }, (_, i) => i).filter(
    (i) => prior.logPdf(theta.subarray(i * D, (i + 1) * D)) > Number.NEGATIVE_INFINITY,
  );
}

/** The rows of a matrix (n, D) with these numbers. */
export function pickRows(rows: Float64Array, which: readonly number[], D: number): Float64Array {
  const out = new Float64Array(which.length * D);
  which.forEach((i, k) => {
    out.set(rows.subarray(i * D, (i + 1) * D), k * D);
  });
  return out;
}
