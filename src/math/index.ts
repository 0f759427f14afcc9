export {
  cholesky,
  choleskyInverse,
  choleskyLogDet,
  choleskySolve,
  solveLower,
  solveLowerTransposed,
} from "./cholesky.ts";
export { erf, erfc, erfcx } from "./erf.ts";
export { fnv1a32 } from "./fnv.ts";
export { digamma, lnGamma } from "./gamma.ts";
export { histogram, lastAtMost } from "./histogram.ts";
export { gammaP, gammaQ } from "./incomplete-gamma.ts";
export { kolmogorovTail, kolmogorovUniform } from "./kolmogorov.ts";
export { type LeastSquaresOptions, leastSquares } from "./least-squares.ts";
export { logAddExp, logSumExp } from "./log-sum-exp.ts";
export { columnMeans, covariance } from "./moments.ts";
export { LN_SQRT_2PI, normalCdf, normalQuantile } from "./normal.ts";
export { philox4x32 } from "./philox.ts";
export { drawPoisson } from "./poisson.ts";
export { quantiles, sortedQuantile } from "./quantile.ts";
export { stream } from "./random.ts";
export type { Rng } from "./rng.ts";
export { compensatedSum } from "./sum.ts";
export { type Eigen, symmetricEigen } from "./symmetric-eigen.ts";
export { gramMatrix, type ThinSvd, thinSvd } from "./thin-svd.ts";
export { plainVectorMath, type VectorMath } from "./vector.ts";
