import { describe, expect, it } from "vitest";
import type { Refined } from "../npe/refine.ts";
import type { Observation } from "../observe/types.ts";
import { jointPrior } from "../prior/joint.ts";
import { parsePrior } from "../prior/parse.ts";
import { adviseBackground, adviseGoodness, adviseImportance, adviseWalls } from "./advice.ts";
import { shownRange } from "./output-figures.ts";

const M = 4000;
/** Quantiles of a Gaussian of mean `mean` and width 1, cut to [lower, upper]. */
function cutGaussian(mean: number, lower: number, upper: number): Float64Array {
  const grid = Array.from({ length: 20_000 }, (_, i) => lower + ((upper - lower) * (i + 0.5)) / 20_000);
  const density = grid.map((x) => Math.exp(-0.5 * (x - mean) ** 2));
  const total = density.reduce((a, b) => a + b, 0);
  const out = new Float64Array(M);
  let sum = 0;
  let m = 0;
  grid.forEach((x, i) => {
    sum += density[i] / total;
    while (m < M && (m + 0.5) / M <= sum) out[m++] = x;
  });
  return out.fill(grid[grid.length - 1], m);
}

describe("importance weights", () => {
  const advise = (efficiency: number, paretoK: number) =>
    adviseImportance({ efficiency, paretoK, ess: 10_000 * efficiency } as Refined, {
      simulations: 10_000,
      samples: 10_000,
    });

  it("of a heavy tail are not trusted, unless they are so even that the tail holds nothing", () => {
    expect(advise(0.5, 0.8)[0]).toMatch(/not good enough.*Pareto k 0.80/);
    expect(advise(0.5, 0.6)).toEqual([]);
    expect(advise(0.97, 1.2)).toEqual([]);
  });

  it("of hardly any efficiency are not trusted, whatever their tail", () => {
    expect(advise(0.01, 0.1)[0]).toMatch(/not good enough/);
  });
});

describe("a prior that cuts the posterior off", () => {
  const equal = new Float64Array(M).fill(1 / M);
  const advise = (theta: Float64Array, text: string, limits = { min: 0, max: 100 }) =>
    adviseWalls({
      prior: jointPrior([{ name: "kT", prior: parsePrior(text) }]),
      limits: [limits],
      theta,
      weight: equal,
    });

  it("is named with its end", () => {
    expect(advise(cutGaussian(10.5, 4, 10), "uniform(4, 10)")).toEqual([
      "the prior cuts the posterior off: kT the upper end 10; values beyond are not looked at - widen the prior if they are possible",
    ]);
    expect(advise(cutGaussian(4.5, 4, 10), "uniform(4, 10)")[0]).toMatch(/kT the lower end 4;/);
  });

  it("is one whose end lies within about 1.2 sigma of the peak, not two", () => {
    expect(advise(cutGaussian(9, 4, 10), "uniform(4, 10)")).toHaveLength(1);
    expect(advise(cutGaussian(8, 4, 10), "uniform(4, 10)")).toHaveLength(0);
  });

  it("is looked at in the logarithm where the prior is logarithmic", () => {
    const theta = cutGaussian(Math.log(99), Math.log(0.01), Math.log(100)).map(Math.exp);
    expect(advise(theta, "loguniform(0.01, 100)", { min: 0, max: 1e24 })).toHaveLength(1);
  });

  it("is not one that ends where the parameter's own values end", () => {
    expect(advise(cutGaussian(0.2, 0, 6), "uniform(0, 6)")).toHaveLength(0);
  });
});

describe("a background without counts", () => {
  const observation = (empty: number, counts: number) =>
    ({
      file: "a.pha",
      counts: new Float64Array(10).fill(counts),
      background: { counts: Float64Array.from({ length: 10 }, (_, c) => (c < empty ? 0 : 4)) },
    }) as unknown as Observation;

  it("is mentioned where many bins have none and few source counts, for W-stat only", () => {
    expect(adviseBackground([observation(4, 3)], "wstat")[0]).toMatch(
      /^a\.pha: 4 of 10 bins hold no background/,
    );
    expect(adviseBackground([observation(2, 3)], "wstat")).toEqual([]);
    expect(adviseBackground([observation(4, 300)], "wstat")).toEqual([]);
    expect(adviseBackground([observation(4, 3)], "pgstat")).toEqual([]);
  });
});

it("a network's far tails do not set the corner plot's axes", () => {
  const posterior = cutGaussian(0, -5, 5);
  const weight = new Float64Array(M).fill(1 / M);
  const wide = posterior.map((v) => 100 * v);
  const [low, high] = shownRange(posterior, weight, wide);
  // 0.3-99.7 % of a Gaussian is 5.5 sigma wide: three widths and 8 % to either side.
  expect(high - low).toBeCloseTo(3 * 5.5 * 1.16, 0);
  const [from, to] = shownRange(posterior, weight, posterior);
  expect(to - from).toBeCloseTo(5.5 * 1.16, 1);
});

describe("a model that does not describe the spectrum", () => {
  const advise = (deviation: number) =>
    adviseGoodness({
      name: "cstat",
      best: 900,
      atMedian: 901.26,
      expected: 200,
      expectedSd: 20,
      deviation,
      bins: 190,
    });

  it("is warned about beyond five standard deviations, never for a fit that is too good", () => {
    expect(advise(5.1)[0]).toMatch(
      /^the model does not describe the spectrum: cstat is 901\.3 .* expected 200\.0; do not read/,
    );
    expect(advise(4.9)).toEqual([]);
    expect(advise(-9)).toEqual([]);
  });

  it("is not judged by a statistic without a known expectation", () => {
    expect(adviseGoodness({ name: "wstat", best: 900, atMedian: 901, bins: 190 })).toEqual([]);
  });
});
