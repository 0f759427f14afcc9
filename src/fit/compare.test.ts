import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { type ComparedRun, compareRuns, comparisonFigures } from "./compare.ts";
import type { ParameterResult } from "./types.ts";

const M = 20_000;

/** A run of normal draws of "powerlaw.PhoIndex" and log-normal ones of "powerlaw.norm". */
function normalRun(
  label: string,
  { mean = 2, sd = 0.1, seed = 1, names = ["powerlaw.PhoIndex", "powerlaw.norm"] } = {},
): ComparedRun {
  const rng = stream(seed, label, 0);
  const theta = new Float64Array(2 * M);
  for (let m = 0; m < M; m++) {
    theta[2 * m] = mean + sd * rng.normal();
    theta[2 * m + 1] = 10 ** (mean + sd * rng.normal());
  }
  const exact = { mean, sd, median: mean, interval68: [mean - sd, mean + sd] as const };
  const linear = {
    ...exact,
    interval90: [mean - 1.645 * sd, mean + 1.645 * sd] as const,
    best: mean,
    unit: "",
    prior: "",
  };
  const norm = {
    ...linear,
    interval68: [10 ** (mean - sd), 10 ** (mean + sd)] as const,
    interval90: [10, 1000] as const,
    median: 10 ** mean,
  };
  const parameters: ParameterResult[] = [
    { name: names[0], ...linear },
    { name: names[1], ...norm, log10: exact },
  ];
  const zeros = new Float64Array(M);
  const weight = new Float64Array(M).fill(1 / M);
  return {
    label,
    result: {
      xnpe: "0.1.0",
      method: "npe",
      seed,
      model: "powerlaw",
      spectra: [],
      parameters,
      statistic: { name: "cstat", best: 1, atMedian: 1, bins: 1 },
      evidence: { logZ: -10 * mean, logZError: 0.03 },
      responseHash: "",
      kernels: "",
      timings: {},
      warnings: [],
    },
    draws: { names, theta, logPrior: zeros, logLike: zeros, weight },
  };
}

describe("two runs", () => {
  it("that are draws of one posterior differ by nothing", () => {
    const [{ parameters, deltaLogZ, deltaLogZError }] = compareRuns([
      normalRun("a"),
      normalRun("b", { seed: 2 }),
    ]);
    for (const { shift, widthRatio, distance } of parameters) {
      expect([shift, widthRatio]).toEqual([0, 1]);
      // Chance is subtracted; what is left of 20 000 draws in 50 bins is below 0.03
      expect(distance).toBeLessThan(0.03);
    }
    expect(deltaLogZ).toBe(0);
    expect(deltaLogZError).toBeCloseTo(0.03 * Math.SQRT2, 12);
  });

  it("of which one is shifted by one sigma and half as wide say so, in log10 for logarithmic parameters", () => {
    const [{ parameters, deltaLogZ }] = compareRuns([
      normalRun("a"),
      normalRun("b", { mean: 2.1, sd: 0.05 }),
    ]);
    expect(parameters.map(({ scale }) => scale)).toEqual(["linear", "log10"]);
    for (const { shift, widthRatio, distance } of parameters) {
      expect(shift).toBeCloseTo(1, 12);
      expect(widthRatio).toBeCloseTo(0.5, 12);
      // Jensen-Shannon distance of N(0, 1) and N(1, 1/2), by quadrature; 50 bins and 20 000 draws are good to 0.01
      expect(Math.abs(distance - 0.5685)).toBeLessThan(0.02);
    }
    expect(deltaLogZ).toBeCloseTo(-1, 12);
  });

  it("of other data have no difference of log Z", () => {
    const b = normalRun("b");
    const other = { ...b, result: { ...b.result, responseHash: "other" } };
    expect(compareRuns([normalRun("a"), other])[0]).not.toHaveProperty("deltaLogZ");
    expect(compareRuns([normalRun("a"), b])[0]).toHaveProperty("deltaLogZ");
  });

  it("without a parameter in common cannot be compared", () => {
    const other = normalRun("b", { names: ["bbodyrad.kT", "bbodyrad.norm"] });
    expect(() => compareRuns([normalRun("a"), other])).toThrow(
      /no parameter in common: a has powerlaw\.PhoIndex.*b has bbodyrad\.kT/,
    );
  });

  it("are drawn over each other and side by side", () => {
    const figures = comparisonFigures([normalRun("a"), normalRun("b", { mean: 2.1 })]);
    expect(figures.map(({ name }) => name)).toEqual(["corner", "intervals"]);
    expect(figures[0].scene.description).toContain("b");
  });
});
