import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { type Base, baseLoss, baseMap, identityBase } from "./base.ts";
import { fitBase } from "./fit-base.ts";

const F = 2;
const D = 2;

/** t = 1 + A x + sd(x) C e with e normal, C the factor of a correlation of 0.6, and ln sd linear in x. */
const A = [
  [2, -0.5],
  [0.3, 1],
];
const RHO = 0.6;
const LOG_SD = [
  [-1, 0.2, 0],
  [-0.5, 0, -0.3],
];

function linearGaussian(n: number, seed: number) {
  const x = new Float64Array(n * F);
  const t = new Float64Array(n * D);
  for (let i = 0; i < n; i++) {
    const rng = stream(seed, "base", i);
    const [a, b] = [rng.normal(), rng.normal()];
    x.set([a, b], i * F);
    const e = [rng.normal(), rng.normal()];
    const noise = [e[0], RHO * e[0] + Math.sqrt(1 - RHO * RHO) * e[1]];
    for (let d = 0; d < D; d++) {
      const sd = Math.exp(LOG_SD[d][0] + LOG_SD[d][1] * a + LOG_SD[d][2] * b);
      t[i * D + d] = 1 + A[d][0] * a + A[d][1] * b + sd * noise[d];
    }
  }
  return { x, t };
}

const N = 20_000;
const { x, t } = linearGaussian(N, 1);
const fitted = fitBase(x, t, F, D, { meanDegree: 1, scaleDegree: 1 });

describe("the base fitted to a linear Gaussian law", () => {
  it("is that law: mean, standard deviation and correlation", () => {
    const at = Float64Array.of(0.7, -0.4);
    const { mean, sd } = baseMap(fitted).moments(at);
    for (let d = 0; d < D; d++) {
      const truth = Math.exp(LOG_SD[d][0] + 0.7 * LOG_SD[d][1] - 0.4 * LOG_SD[d][2]);
      // A mean of three coefficients to 5 standard errors of about 2 sd / sqrt(N); a log sd to 5 of 2 / sqrt(2 N).
      expect(Math.abs(mean[d] - (1 + 0.7 * A[d][0] - 0.4 * A[d][1]))).toBeLessThan(
        (10 * truth) / Math.sqrt(N),
      );
      expect(Math.abs(Math.log(sd[d] / truth))).toBeLessThan(10 / Math.sqrt(2 * N));
    }
    const [one, , covariance, other] = fitted.factor;
    const correlation = covariance / Math.hypot(covariance, other);
    expect(Math.abs(correlation - RHO)).toBeLessThan((5 * (1 - RHO * RHO)) / Math.sqrt(N));
    expect(Math.abs(one - 1)).toBeLessThan(0.01);
  });

  it("makes residuals of unit covariance on other rows, too", () => {
    const other = linearGaussian(N, 2);
    const { z } = baseMap(fitted).standardise(other.x, other.t);
    const moment = (d: number, e: number) => {
      let sum = 0;
      for (let i = 0; i < N; i++) sum += z[i * D + d] * z[i * D + e];
      return sum / N;
    };
    // 5 standard errors of fit and check together.
    expect(Math.abs(moment(0, 0) - 1)).toBeLessThan(10 / Math.sqrt(N));
    expect(Math.abs(moment(1, 1) - 1)).toBeLessThan(10 / Math.sqrt(N));
    expect(Math.abs(moment(0, 1))).toBeLessThan(7 / Math.sqrt(N));
  });

  it("loses no density against the law itself, and every change of a coefficient does", () => {
    const least = baseLoss(fitted, x, t);
    // Entropy of the law at a = b = 0 plus the mean of ln sd, which is that at 0.
    const entropy = 1 + Math.log(2 * Math.PI) + LOG_SD[0][0] + LOG_SD[1][0] + 0.5 * Math.log(1 - RHO * RHO);
    expect(Math.abs(least - entropy)).toBeLessThan(5 / Math.sqrt(N));
    const moved = (key: "mean" | "logVariance", i: number, by: number): Base => {
      const values = fitted[key].slice();
      values[i] += by;
      return { ...fitted, [key]: values };
    };
    // The fit takes each target by itself and caps outliers, so its minimum is that of the loss to about a standard
    // error (0.01); 0.1 is well outside.
    for (const key of ["mean", "logVariance"] as const)
      for (let i = 0; i < fitted[key].length; i++)
        for (const by of [-0.1, 0.1]) expect(baseLoss(moved(key, i, by), x, t)).toBeGreaterThan(least);
  });

  it("finds curved means with the degree that they have", () => {
    const curved = t.map((v, i) => v + x[i - (i % F)] ** 2 - 0.5 * x[i - (i % F)] * x[i - (i % F) + 1]);
    const options = { meanDegree: 2, scaleDegree: 1 };
    const gain = baseLoss(fitBase(x, curved, F, D, options), x, curved) - baseLoss(fitted, x, t);
    expect(Math.abs(gain)).toBeLessThan(1e-3); // six coefficients more fit N rows better by 6 / 2N each
  });
});

describe("the change of variables of a base", () => {
  const map = baseMap(fitted);
  const few = { x: x.slice(0, 20 * F), t: t.slice(0, 20 * D) };

  it("goes back where it came from", () => {
    const { z } = map.standardise(few.x, few.t);
    map.restore(few.x, z).forEach((v, i) => {
      expect(v).toBeCloseTo(few.t[i], 12);
    });
  });

  it("has the logarithmic determinant of its derivatives", () => {
    const { logDet } = map.standardise(few.x, few.t);
    const h = 1e-5;
    for (let i = 0; i < 20; i++) {
      const at = few.x.slice(i * F, (i + 1) * F);
      const row = few.t.slice(i * D, (i + 1) * D);
      const slope = (d: number) => {
        const [plus, minus] = [row.slice(), row.slice()];
        plus[d] += h;
        minus[d] -= h;
        const [a, b] = [map.standardise(at, plus).z, map.standardise(at, minus).z];
        return a.map((v, e) => (v - b[e]) / (2 * h));
      };
      const [first, second] = [slope(0), slope(1)];
      const determinant = first[0] * second[1] - first[1] * second[0];
      expect(logDet[i]).toBeCloseTo(Math.log(Math.abs(determinant)), 8);
    }
  });

  it("takes one row of features for many targets as the same row each time", () => {
    const at = few.x.slice(0, F);
    const repeated = Float64Array.from({ length: 20 * F }, (_, i) => at[i % F]);
    expect(map.standardise(at, few.t)).toEqual(map.standardise(repeated, few.t));
    expect(map.restore(at, few.t)).toEqual(map.restore(repeated, few.t));
  });

  it("does not run away outside the range of the training features", () => {
    const edge = fitted.upper.slice();
    const far = edge.map((v) => 1000 * v);
    expect(map.moments(far)).toEqual(map.moments(edge));
  });

  it("changes nothing for the identity", () => {
    const { z, logDet } = baseMap(identityBase(F, D)).standardise(few.x, few.t);
    expect(z).toEqual(few.t);
    expect(logDet.every((v) => Math.abs(v) === 0)).toBe(true);
  });
});
