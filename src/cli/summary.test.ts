import { describe, expect, it } from "vitest";
import type { ParameterResult, RunResult } from "../fit/types.ts";
import { formatSummary, offset } from "./summary.ts";

const NH: ParameterResult = {
  name: "tbabs.nH",
  unit: "1e22 cm-2",
  prior: "uniform(0.1, 0.3)",
  mean: 0.21,
  sd: 0.01,
  median: 0.21,
  interval68: [0.2, 0.23],
  interval90: [0.19, 0.24],
  best: 0.209,
  unrefined: { mean: 0.2, sd: 0.01, median: 0.205 },
  truth: 0.2,
};

const NORM: ParameterResult = {
  ...NH,
  name: "powerlaw.norm",
  median: 100,
  interval68: [10, 1000],
  log10: { mean: 2, sd: 1, median: 2, interval68: [1, 3] },
  truth: 1000,
};

const RESULT: RunResult = {
  xnpe: "0.1.0",
  method: "npe",
  seed: 7,
  model: "tbabs*powerlaw",
  spectra: [{ file: "a.pha", exposure: 10, counts: 20_092, bins: 193, band: [0.3, 10] }],
  parameters: [NH],
  statistic: {
    name: "cstat",
    best: 201.94,
    atMedian: 202.5,
    expected: 200.8,
    expectedSd: 19.6,
    deviation: 0.1,
    bins: 193,
  },
  evidence: { logZ: -114.1234, logZError: 0.0031 },
  importance: { efficiencyFlow: 0.987, efficiency: 0.0321, ess: 642, paretoK: 0.19 },
  responseHash: "",
  kernels: "",
  timings: { simulate: 1.5, total: 65 },
  warnings: ["only a few draws; raise --samples"],
};

describe("the distance of a truth", () => {
  it("is in units of the half-interval on its side", () => {
    expect(offset(NH)).toBeCloseTo(1, 12);
    expect(offset({ ...NH, truth: 0.23 })).toBeCloseTo(-1, 12);
    expect(offset({ ...NH, truth: 0.21 })).toBe(0);
  });

  it("is taken in log10 for logarithmic parameters", () => {
    expect(offset(NORM)).toBeCloseTo(-1, 12);
  });

  it("is unknown without a truth", () => {
    const { truth: _, ...unknown } = NH;
    expect(offset(unknown)).toBeUndefined();
  });
});

describe("the summary of a run", () => {
  it("says what was found, how good it is and what to do", () => {
    expect(formatSummary(RESULT).split("\n")).toEqual([
      "tbabs*powerlaw, a.pha: 20 092 counts in 193 bins; npe, seed 7",
      "",
      "parameter  unit       median   68 % interval   best  network alone  truth      off by",
      "---------  ---------  ------  --------------  -----  -------------  -----  ----------",
      "tbabs.nH   1e22 cm-2   0.210  0.200 to 0.230  0.209          0.205    0.2  +1.0 sigma",
      "",
      "fit      cstat 201.9 at the best parameters, 202.5 at the median, 193 bins; expected 200.8 +- 19.6; off by +0.1 sigma",
      "log Z    -114.1234 +- 0.0031",
      "trust    efficiency 99 % of the network, 3.2 % of the mixture; 642 effective draws; Pareto k 0.19 (good below 0.7)",
      "time     1 min 05 s (simulate 1.5 s)",
      "warning  only a few draws; raise --samples",
    ]);
  });

  it("of nested sampling has no network", () => {
    const { unrefined: _, truth: __, ...plain } = NH;
    const { importance: ___, ...rest } = RESULT;
    const nested = { livePoints: 400, iterations: 4000, evaluations: 50_000, ess: 2100 };
    const text = formatSummary({ ...rest, method: "nested", nested, parameters: [plain] });
    expect(text).not.toMatch(/network|truth/);
    expect(text).toMatch(
      /trust {4}400 live points, 4 000 iterations, 50 000 likelihoods, 2 100 effective draws/,
    );
  });
});
