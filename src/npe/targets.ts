import type { Prior } from "../prior/types.ts";

/**
 * How one parameter is presented to the network: y = theta or log10 theta ("standard"), or the logit of the
 * prior's cdf ("logit", which keeps every draw inside the prior), then t = (y - mean) / sd.
 */
export interface Target {
  readonly kind: "standard" | "logit";
  readonly logarithmic: boolean;
  readonly mean: number;
  readonly sd: number;
}

/** Change of variables between parameters theta and network targets t. */
export interface TargetMap {
  readonly targets: readonly Target[];
  /** t (n, D) of theta (n, D). */
  forward(theta: Float64Array): Float64Array;
  /** theta (n, D) of t (n, D). */
  inverse(t: Float64Array): Float64Array;
  /** log |dt/dtheta| of each row (n); -Infinity where t does not exist: a logit outside the prior, a logarithm at theta <= 0. */
  logJacobian(theta: Float64Array): Float64Array;
}

const CLIP = 1e-15;

/**
 * Targets standardised over the training parameters.
 *
 * @param theta training parameters (N, D)
 * @param kinds kind of each parameter (D)
 */
export function makeTargets(
  theta: Float64Array,
  priors: readonly Prior[],
  kinds: readonly Target["kind"][],
): Target[] {
  const D = priors.length;
  const N = theta.length / D;
  return priors.map((prior, d) => {
    const kind = kinds[d];
    const logarithmic = prior.logarithmic;
    let mean = 0;
    let m2 = 0;
    for (let n = 0; n < N; n++) {
      const y = coordinate(theta[n * D + d], kind, prior);
      const step = y - mean;
      mean += step / (n + 1);
      m2 += step * (y - mean);
    }
    return { kind, logarithmic, mean, sd: Math.sqrt(m2 / N) || 1 };
  });
}

/** The change of variables for given targets; `priors` must be those the targets were made with. */
export function targetMap(targets: readonly Target[], priors: readonly Prior[]): TargetMap {
  const D = targets.length;
  return {
    targets,
    forward(theta) {
      const t = new Float64Array(theta.length);
      for (let i = 0; i < theta.length; i++) {
        const { kind, mean, sd } = targets[i % D];
        t[i] = (coordinate(theta[i], kind, priors[i % D]) - mean) / sd;
      }
      return t;
    },
    inverse(t) {
      const theta = new Float64Array(t.length);
      for (let i = 0; i < t.length; i++) {
        const { kind, logarithmic, mean, sd } = targets[i % D];
        const y = mean + sd * t[i];
        if (kind === "logit") theta[i] = priors[i % D].quantile(clipped(1 / (1 + Math.exp(-y))));
        else theta[i] = logarithmic ? 10 ** y : y;
      }
      return theta;
    },
    logJacobian(theta) {
      const out = new Float64Array(theta.length / D);
      for (let i = 0; i < theta.length; i++)
        out[(i / D) | 0] += slope(theta[i], targets[i % D], priors[i % D]);
      return out;
    },
  };
}

/** A probability whose logit is finite. */
const clipped = (u: number): number => Math.min(1 - CLIP, Math.max(CLIP, u));

function coordinate(theta: number, kind: Target["kind"], prior: Prior): number {
  if (kind === "standard") return prior.logarithmic ? Math.log10(theta) : theta;
  const u = clipped(prior.cdf(theta));
  return Math.log(u / (1 - u));
}

/** log dt/dtheta of one parameter. */
function slope(theta: number, { kind, logarithmic, sd }: Target, prior: Prior): number {
  if (kind === "logit") {
    if (theta < prior.lower || theta > prior.upper) return Number.NEGATIVE_INFINITY;
    const u = clipped(prior.cdf(theta));
    return prior.logPdf(theta) - Math.log(u) - Math.log1p(-u) - Math.log(sd);
  }
  if (!logarithmic) return -Math.log(sd);
  return theta > 0 ? -Math.log(theta * Math.LN10) - Math.log(sd) : Number.NEGATIVE_INFINITY;
}

/**
 * Chooses the kind of each target: logit where many posteriors reach the walls of the prior, that is where the
 * interval (predicted +- reach standard deviations) of more than `share` of the simulations crosses a finite wall.
 *
 * @param predicted standard-kind t of the base's mean (N, D)
 * @param spread its standard deviation in t (N, D)
 */
export function chooseKinds(
  predicted: Float64Array,
  spread: Float64Array,
  standard: readonly Target[],
  priors: readonly Prior[],
  { reach = 2.5, share = 0.25 }: { reach?: number; share?: number } = {},
): Target["kind"][] {
  const D = priors.length;
  const N = predicted.length / D;
  return priors.map((prior, d) => {
    const { mean, sd, logarithmic } = standard[d];
    const wall = (x: number) => ((logarithmic ? Math.log10(x) : x) - mean) / sd;
    const low =
      prior.lower > Number.NEGATIVE_INFINITY && !(logarithmic && prior.lower <= 0)
        ? wall(prior.lower)
        : -Infinity;
    const high = prior.upper < Number.POSITIVE_INFINITY ? wall(prior.upper) : Infinity;
    let crossing = 0;
    for (let i = d; i < predicted.length; i += D) {
      const width = reach * spread[i];
      if (predicted[i] - width < low || predicted[i] + width > high) crossing++;
    }
    return crossing > share * N ? "logit" : "standard";
  });
}
