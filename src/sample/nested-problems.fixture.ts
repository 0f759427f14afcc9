import { lnGamma } from "../math/gamma.ts";
import { LN_SQRT_2PI } from "../math/normal.ts";
import type { NestedProblem } from "./nested-types.ts";

/** Problems whose evidence is known, for tests and calibration. */
export interface KnownProblem extends NestedProblem {
  readonly name: string;
  readonly logZ: number;
}

const scaled = (low: number, high: number) => (out: Float64Array, u: ArrayLike<number>) => {
  for (let j = 0; j < out.length; j++) out[j] = low + (high - low) * u[j];
};

/**
 * Gaussian of equal correlations around a corner of the unit cube: its orthant probability is known,
 * 1/4 + asin(rho)/(2 pi) in two dimensions, 1/8 + 3 asin(rho)/(4 pi) in three.
 */
export function cornerGaussian(d: 2 | 3, sd: number, rho: number): KnownProblem {
  const a = 1 / (1 - rho);
  const b = -rho / ((1 - rho) * (1 + (d - 1) * rho));
  const logDet = (d - 1) * Math.log1p(-rho) + Math.log1p((d - 1) * rho);
  const orthant =
    d === 2 ? 1 / 4 + Math.asin(rho) / (2 * Math.PI) : 1 / 8 + (3 * Math.asin(rho)) / (4 * Math.PI);
  return {
    name: `Gaussian in a corner, D = ${d}`,
    dimension: d,
    logZ: Math.log(orthant),
    transform: scaled(0, 1),
    logLike(theta) {
      let sum = 0;
      let squares = 0;
      for (let j = 0; j < d; j++) {
        sum += theta[j] / sd;
        squares += (theta[j] / sd) ** 2;
      }
      return -0.5 * (a * squares + b * sum * sum) - d * (LN_SQRT_2PI + Math.log(sd)) - 0.5 * logDet;
    },
  };
}

/** Mean of f over [0, period]^2 by the midpoint rule, exact to rounding for smooth periodic f. */
function periodicMean(f: (x: number, y: number) => number, period: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) sum += f(((i + 0.5) / n) * period, ((j + 0.5) / n) * period);
  }
  return sum / (n * n);
}

const eggboxLogLike = (x: number, y: number) => (2 + Math.cos(x / 2) * Math.cos(y / 2)) ** 5;

/** 18 equal peaks; the square [0, 10 pi]^2 holds 2.5 periods each way, 5 half periods of equal content. */
export const eggbox: KnownProblem = {
  name: "eggbox",
  dimension: 2,
  logZ: 243 + Math.log(periodicMean((x, y) => Math.exp(eggboxLogLike(x, y) - 243), 4 * Math.PI, 400)),
  transform: scaled(0, 10 * Math.PI),
  logLike: (theta) => eggboxLogLike(theta[0], theta[1]),
};

/** Two rings of radius 2 and Gaussian width 0.1 around (-3.5, 0) and (3.5, 0) in [-6, 6]^2. */
export const shells: KnownProblem = {
  name: "Gaussian shells",
  dimension: 2,
  // Each ring holds int N(r; 2, 0.1) 2 pi r dr = 4 pi, over the area 144.
  logZ: Math.log((2 * 4 * Math.PI) / 144),
  transform: scaled(-6, 6),
  logLike(theta) {
    const ring = (center: number) => {
      const distance = (Math.hypot(theta[0] - center, theta[1]) - 2) / 0.1;
      return Math.exp(-0.5 * distance * distance);
    };
    return Math.log((ring(-3.5) + ring(3.5)) / (0.1 * Math.sqrt(2 * Math.PI)));
  },
};

/** Four peaks, half Gaussian and half with the long tail of ln(gamma variable); each factor normalised. */
export function logGamma(d: number): KnownProblem {
  const width = 1 / 30;
  const normal = (x: number, center: number) =>
    -0.5 * ((x - center) / width) ** 2 - LN_SQRT_2PI - Math.log(width);
  const skewed = (x: number, center: number) => {
    const z = (x - center) / width;
    return z - Math.exp(z) - Math.log(width);
  };
  const both = (f: typeof normal, x: number) =>
    Math.log(0.5 * Math.exp(f(x, 1 / 3)) + 0.5 * Math.exp(f(x, 2 / 3)));
  return {
    name: `log-gamma, D = ${d}`,
    dimension: d,
    logZ: 0,
    transform: scaled(0, 1),
    logLike(theta) {
      let sum = both(skewed, theta[0]) + both(normal, theta[1]);
      for (let j = 2; j < d; j++) sum += j < (d + 2) / 2 ? skewed(theta[j], 2 / 3) : normal(theta[j], 2 / 3);
      return sum;
    },
  };
}

/**
 * Counts n_j of means lambda_j with exponential priors of mean m:
 * Z = prod_j m^-1 (1 + 1/m)^-(n_j + 1), and the posterior is Gamma(n_j + 1, rate 1 + 1/m).
 */
export function conjugatePoisson(counts: readonly number[], priorMean: number): KnownProblem {
  return {
    name: `Poisson-gamma, D = ${counts.length}`,
    dimension: counts.length,
    logZ: -counts.reduce((sum, n) => sum + Math.log(priorMean) + (n + 1) * Math.log1p(1 / priorMean), 0),
    transform(out, u) {
      for (let j = 0; j < counts.length; j++) out[j] = -priorMean * Math.log1p(-u[j]);
    },
    logLike: (theta) =>
      counts.reduce((sum, n, j) => sum + n * Math.log(theta[j]) - theta[j] - lnGamma(n + 1), 0),
  };
}

/** The same problem with a nearby likelihood that errs like one: smoothly, not at the reference, by up to about `error`. */
export function screened(problem: KnownProblem, error: number): KnownProblem {
  const { dimension: d } = problem;
  return {
    ...problem,
    name: `${problem.name}, screened`,
    nearby: (reference) => (out, theta, n) => {
      for (let i = 0; i < n; i++) {
        const point = theta.subarray(i * d, i * d + d);
        const away = point.reduce((sum, x, j) => sum + (x - reference[j]) * Math.cos(3 * j), 0);
        out[i] = problem.logLike(point) + error * Math.sin(away);
      }
    },
  };
}

export const knownProblems: readonly KnownProblem[] = [
  cornerGaussian(2, 0.01, 0.9),
  cornerGaussian(3, 0.05, 0.5),
  eggbox,
  shells,
  logGamma(2),
  logGamma(4),
  conjugatePoisson([3], 1),
  conjugatePoisson([12, 0, 5, 40, 7], 20),
  screened(cornerGaussian(3, 0.05, 0.5), 1),
  screened(shells, 0.3),
  screened(conjugatePoisson([12, 0, 5, 40, 7], 20), 0.3),
];
