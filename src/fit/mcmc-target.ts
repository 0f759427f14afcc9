import type { JointPrior } from "../prior/types.ts";
import type { BatchDensity } from "../sample/ensemble.ts";
import type { Simulator } from "./simulator.ts";

/** Rows of parameters (n, D) as the chains move in them, x: log10 of logarithmic ones. */
export function toChain(theta: Float64Array, { priors }: JointPrior): Float64Array {
  const D = priors.length;
  return theta.map((value, i) => (priors[i % D].logarithmic ? Math.log10(value) : value));
}

/** The parameters of rows of x. */
export function fromChain(x: Float64Array, { priors }: JointPrior): Float64Array {
  const D = priors.length;
  return x.map((value, i) => (priors[i % D].logarithmic ? 10 ** value : value));
}

/** ln of the prior density in x (n) of rows theta (n, D): ln p(theta) + sum ln(theta ln 10) over logarithmic parameters. */
export function chainLogPrior(theta: Float64Array, prior: JointPrior): Float64Array {
  const D = prior.priors.length;
  return Float64Array.from({ length: theta.length / D }, (_, i) => {
    const row = theta.subarray(i * D, (i + 1) * D);
    let sum = prior.logPdf(row);
    for (let d = 0; d < D; d++) if (prior.priors[d].logarithmic) sum += Math.log(row[d] * Math.LN10);
    return sum;
  });
}

/** The posterior density in x, not normalised: likelihood times prior. Points outside the prior cost no likelihood. */
export function chainTarget({
  prior,
  logLike,
  dimensions: D,
}: Pick<Simulator, "prior" | "logLike" | "dimensions">): BatchDensity {
  return {
    logDensities(out, x) {
      const theta = fromChain(x, prior);
      const logPrior = chainLogPrior(theta, prior);
      const inside = Array.from(logPrior.keys()).filter((i) => logPrior[i] > Number.NEGATIVE_INFINITY);
      const rows = new Float64Array(inside.length * D);
      inside.forEach((i, k) => {
        rows.set(theta.subarray(i * D, (i + 1) * D), k * D);
      });
      const values = logLike(rows);
      out.fill(Number.NEGATIVE_INFINITY);
      inside.forEach((i, k) => {
        out[i] = logPrior[i] + values[k];
      });
    },
  };
}
