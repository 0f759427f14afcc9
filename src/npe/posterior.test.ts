import { describe, expect, it } from "vitest";
import { LN_SQRT_2PI } from "../math/normal.ts";
import { stream } from "../math/random.ts";
import { loguniform } from "../prior/loguniform.ts";
import { uniform } from "../prior/uniform.ts";
import type { Base } from "./base.ts";
import { amortisedPosterior, type ConditionalDensity, type PosteriorSpec } from "./posterior.ts";
import type { Target } from "./targets.ts";

const priors = [uniform(0, 2), loguniform(0.1, 10)];
const D = 2;

/** Independent normal z of mean 0.3 x and standard deviations 0.8 and 1.2. */
const SD = [0.8, 1.2];
const logProbOf = (z: ArrayLike<number>, at: number, [x]: Float64Array) =>
  SD.reduce((sum, sd, d) => sum - 0.5 * ((z[at + d] - 0.3 * x) / sd) ** 2 - Math.log(sd) - LN_SQRT_2PI, 0);
const flow: ConditionalDensity = {
  sample(x, n, { seed, name, first }) {
    const z = new Float64Array(n * D);
    const logProb = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const rng = stream(seed, name, first + i);
      for (let d = 0; d < D; d++) z[i * D + d] = 0.3 * x[0] + SD[d] * rng.normal();
      logProb[i] = logProbOf(z, i * D, x);
    }
    return { z, logProb };
  },
  logProb: (z, x) => Float64Array.from({ length: z.length / D }, (_, i) => logProbOf(z, i * D, x)),
};

/** Mean and log variance linear in the one feature, correlated. */
const base: Base = {
  targets: D,
  features: 1,
  meanDegree: 1,
  scaleDegree: 1,
  mean: Float64Array.of(0.1, -0.2, 0.3, 0.1),
  logVariance: Float64Array.of(-1, -2, 0.2, 0.1),
  factor: Float64Array.of(1, 0, 0.5, 0.8),
  lower: Float64Array.of(-3),
  upper: Float64Array.of(3),
};

const target = (kind: Target["kind"], logarithmic: boolean, mean: number, sd: number): Target => ({
  kind,
  logarithmic,
  mean,
  sd,
});
const MAPS = {
  logit: [target("logit", false, 0.2, 1.5), target("logit", true, 0, 1.7)],
  standard: [target("standard", false, 1, 0.2), target("standard", true, 0.2, 0.3)],
} as const;

const specOf = (targets: readonly Target[]): PosteriorSpec => ({
  features: {
    kind: "raw",
    bins: 2,
    used: Int32Array.of(1),
    mean: Float64Array.of(10),
    sd: Float64Array.of(4),
  },
  targets,
  base,
});
const counts = [3, 14];

describe.each(["logit", "standard"] as const)("a posterior with %s targets", (kind) => {
  const posterior = amortisedPosterior(specOf(MAPS[kind]), priors, flow);

  it("integrates to one", () => {
    // Midpoints in (linear, ln) parameters; standard targets reach 6 sd beyond the priors' middle in both.
    const n = 300;
    const [lower, upper] = kind === "logit" ? [0, 2] : [-2, 4];
    const [low, high] = kind === "logit" ? [Math.log(0.1), Math.log(10)] : [-8, 9];
    const theta = new Float64Array(n * n * D);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        theta[(i * n + j) * D] = lower + ((i + 0.5) / n) * (upper - lower);
        theta[(i * n + j) * D + 1] = Math.exp(low + ((j + 0.5) / n) * (high - low));
      }
    const cell = ((upper - lower) * (high - low)) / (n * n);
    const sum = posterior
      .logProb(counts, theta)
      .reduce((total, l, i) => total + Math.exp(l) * theta[i * D + 1] * cell, 0);
    expect(sum).toBeCloseTo(1, 3); // smooth and negligible at the edges: the midpoint rule is good to 1e-4
  });

  it("gives its draws the density that it has there", () => {
    const { theta, logProb } = posterior.sample(counts, 200, { seed: 1, name: "test", first: 0 });
    posterior.logProb(counts, theta).forEach((l, i) => {
      expect(Math.abs(l - logProb[i])).toBeLessThan(1e-8); // the logit's rounding at its far end
    });
  });

  it("numbers its draws: the same number is the same draw however many are asked for", () => {
    const all = posterior.sample(counts, 10, { seed: 1, name: "test", first: 0 });
    const later = posterior.sample(counts, 4, { seed: 1, name: "test", first: 6 });
    expect(later.theta).toEqual(all.theta.slice(6 * D));
    expect(later.logProb).toEqual(all.logProb.slice(6));
  });

  it("has no density where a target does not exist", () => {
    const outside = kind === "logit" ? [2.1, 1] : [1, -1];
    expect(posterior.logProb(counts, Float64Array.from(outside))[0]).toBe(Number.NEGATIVE_INFINITY);
  });
});
