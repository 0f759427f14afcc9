import { describe, expect, it } from "vitest";
import { normalQuantile } from "../math/normal.ts";
import { jointPrior } from "../prior/joint.ts";
import { loguniform } from "../prior/loguniform.ts";
import { uniform } from "../prior/uniform.ts";
import { bestIndex, logarithmicDeviations, summarise } from "./summary.ts";

const M = 20_000;
const D = 2;
const priors = [uniform(-10, 10), loguniform(1e-3, 1e3)];
const facts = [
  { name: "a", unit: "keV", prior: priors[0], best: 2.1 },
  { name: "b", unit: "", prior: priors[1], best: 9, truth: 10 },
];

/** Quantiles of normal(2, 0.5) and of 10^normal(1, 0.1): draws without noise. */
const theta = new Float64Array(M * D);
for (let m = 0; m < M; m++) {
  const z = normalQuantile((m + 0.5) / M);
  theta[m * D] = 2 + 0.5 * z;
  theta[m * D + 1] = 10 ** (1 + 0.1 * z);
}

describe("the summary of draws", () => {
  const [a, b] = summarise(facts, { theta });

  it("has mean, sd, median and central intervals", () => {
    // Draws at the quantiles: errors of the outermost, below 1e-4 of a standard deviation.
    expect(a.mean).toBeCloseTo(2, 6);
    expect(a.sd).toBeCloseTo(0.5, 3);
    expect(a.median).toBeCloseTo(2, 6);
    [1.5, 2.5].forEach((v, i) => {
      expect(a.interval68[i]).toBeCloseTo(v, 3);
    });
    [2 - 0.5 * 1.644854, 2 + 0.5 * 1.644854].forEach((v, i) => {
      expect(a.interval90[i]).toBeCloseTo(v, 3);
    });
  });

  it("shows logarithmic parameters in log10, too, and only those", () => {
    expect(a.log10).toBeUndefined();
    expect(b.log10?.mean).toBeCloseTo(1, 6);
    expect(b.log10?.sd).toBeCloseTo(0.1, 3);
    expect(b.log10?.interval68[1]).toBeCloseTo(1.1, 3);
    expect(b.median).toBeCloseTo(10, 4);
    // Mean of a lognormal law: exp(mean + variance / 2).
    expect(b.mean).toBeCloseTo(10 * Math.exp((0.1 * Math.LN10) ** 2 / 2), 2);
  });

  it("carries name, unit, prior, best value and truth", () => {
    expect(a).toMatchObject({ name: "a", unit: "keV", prior: "uniform(-10, 10)", best: 2.1 });
    expect("truth" in a).toBe(false);
    expect(b.truth).toBe(10);
  });

  it("weighs draws: a weight of two is the draw twice", () => {
    const some = Float64Array.of(1, 1, 2, 2, 4, 4);
    const twice = Float64Array.of(1, 1, 2, 2, 2, 2, 4, 4);
    const [weighted] = summarise(facts, { theta: some, weight: Float64Array.of(0.25, 0.5, 0.25) });
    const [repeated] = summarise(facts, { theta: twice });
    expect(weighted.mean).toBeCloseTo(repeated.mean, 12);
    expect(weighted.sd).toBeCloseTo(repeated.sd, 12);
  });

  it("takes draws of weight zero for nothing", () => {
    const more = Float64Array.of(...theta, 9, 900);
    const weight = new Float64Array(M + 1).fill(1 / M);
    weight[M] = 0;
    const [one] = summarise(facts, { theta: more, weight });
    expect(one.mean).toBeCloseTo(a.mean, 10);
    expect(one.interval90[1]).toBeCloseTo(a.interval90[1], 6);
  });

  it("shows what the network said before the weights", () => {
    const [, second] = summarise(
      facts,
      { theta },
      { theta: theta.map((v, i) => (i % D === 1 ? 10 * v : v)) },
    );
    expect(second.unrefined?.log10?.mean).toBeCloseTo(2, 6);
    expect(second.unrefined?.median).toBeCloseTo(100, 3);
    expect(second.log10?.mean).toBeCloseTo(1, 6);
  });
});

it("the best draw is the one of highest likelihood", () => {
  expect(bestIndex(Float64Array.of(Number.NEGATIVE_INFINITY, -3, -1, -2))).toBe(2);
});

it("deviations are in log10 for logarithmic parameters", () => {
  const prior = jointPrior(priors.map((one, d) => ({ name: `p${d}`, prior: one })));
  const [linear, logarithmic] = logarithmicDeviations(theta, prior);
  expect(linear).toBeCloseTo(0.5, 3);
  expect(logarithmic).toBeCloseTo(0.1, 3);
});
