import { describe, expect, it } from "vitest";
import { columnMeans, covariance } from "../math/moments.ts";
import { stream } from "../math/random.ts";
import { jointPrior } from "../prior/joint.ts";
import { parsePrior } from "../prior/parse.ts";
import { runFit } from "./analysis.ts";
import { agreement } from "./mcmc-chains.ts";
import { chainPlan } from "./mcmc-plan.ts";
import { chainStart } from "./mcmc-start.ts";
import { smallFit } from "./small.fixture.ts";
import type { Control, FitConfig } from "./types.ts";

const long = process.env.XNPE_LONG === "1";

const small = (changes: Partial<FitConfig> = {}) =>
  smallFit([{ exposure: 0.5 }], { method: "mcmc", ...changes });
const fitted = async (changes: Partial<FitConfig> = {}, control: Control = {}) => {
  const { config, readFile } = small(changes);
  return runFit(config, { readFile }, control);
};

/** Interrupts a fit at the n-th report of a stage and gives its checkpoint. */
async function interrupted(changes: Partial<FitConfig>, stage: string, n: number): Promise<Uint8Array> {
  const controller = new AbortController();
  let reports = 0;
  let kept: Uint8Array | undefined;
  const control: Control = {
    signal: controller.signal,
    onProgress: (progress) => {
      if (progress.stage === stage && ++reports === n) controller.abort(new Error("stopped"));
    },
    onCheckpoint: async (bytes) => {
      kept = bytes;
    },
  };
  await expect(fitted(changes, control)).rejects.toThrow("stopped");
  return kept!;
}

describe("chains that run until they agree", () => {
  it.runIf(long)("give nested sampling's posterior", async () => {
    const chains = await fitted();
    const nested = await fitted({ method: "nested", livePoints: 400 });
    const { rhat, ess, length, burn, ensembles, walkers } = chains.result.mcmc!;
    expect(rhat).toBeLessThan(1.01);
    expect(ess).toBeGreaterThan(1000);
    expect(ensembles).toBe(4);
    expect(length).toBeGreaterThanOrEqual(burn);
    expect(length % walkers).toBe(0);
    expect(chains.result.evidence).toBeUndefined();
    // 1000 and about 1500 effective draws: standard errors of 0.041 sigma and 3 % in all; 4 of them.
    chains.result.parameters.forEach((a, d) => {
      const b = nested.result.parameters[d];
      const [x, y] = [a.log10 ?? a, b.log10 ?? b];
      expect(Math.abs(x.mean - y.mean) / y.sd).toBeLessThan(0.17);
      expect(Math.abs(x.sd / y.sd - 1)).toBeLessThan(0.12);
    });
  });

  it("give nested sampling's posterior, in short", async () => {
    const chains = await fitted({ walkers: 20, length: 8000, burn: 1000 });
    const nested = await fitted({ method: "nested", livePoints: 100 });
    expect(chains.result.evidence).toBeUndefined();
    // About 170 and 380 effective draws: standard errors of 0.09 sigma and 7 % in all; 4 of them.
    chains.result.parameters.forEach((a, d) => {
      const b = nested.result.parameters[d];
      const [x, y] = [a.log10 ?? a, b.log10 ?? b];
      expect(Math.abs(x.mean - y.mean) / y.sd).toBeLessThan(0.37);
      expect(Math.abs(x.sd / y.sd - 1)).toBeLessThan(0.27);
    });
  });

  it("have likelihoods and priors that are those of their draws", async () => {
    const { draws, result } = await fitted({ walkers: 8, length: 400, burn: 80 });
    const again = await fitted({ method: "nested", livePoints: 50 });
    expect(draws.weight.reduce((sum, w) => sum + w, 0)).toBeCloseTo(1, 12);
    expect(result.mcmc).toMatchObject({ ensembles: 1, walkers: 8, length: 400, burn: 80 });
    expect(draws.weight).toHaveLength(400);
    // No draw is above the best fit, and the chain comes near it.
    const best = Math.max(...draws.logLike);
    expect(-2 * best).toBeGreaterThan(again.result.statistic.best - 1e-6);
    expect(-2 * best).toBeLessThan(again.result.statistic.best + 2);
    const [slope, norm] = draws.theta;
    // uniform(0.5, 3) and loguniform(0.1, 10): 1/2.5 and 1/(norm ln 100).
    expect(slope).toBeGreaterThan(0.5);
    expect(draws.logPrior[0]).toBeCloseTo(-Math.log(2.5) - Math.log(norm * Math.log(100)), 10);
  });

  it("are the same when they were interrupted, for chains and nested runs", async () => {
    const settings = { walkers: 8, length: 1600, burn: 400, starts: 2 };
    const whole = await fitted(settings);
    const resume = await interrupted(settings, "mcmc", 3);
    const { draws } = await fitted(settings, { resume });
    expect(draws).toEqual(whole.draws);
    await expect(fitted({ ...settings, length: 800 }, { resume })).rejects.toThrow(
      /of another run: length differs: 1600 then, 800 now/,
    );
    const nested = { method: "nested" as const, livePoints: 60 };
    const run = await fitted(nested);
    const half = await interrupted(nested, "nested", 1);
    expect((await fitted(nested, { resume: half })).draws).toEqual(run.draws);
    await expect(fitted(nested, { resume })).rejects.toThrow(/of another run: method differs/);
  });
});

describe("the plan of chains", () => {
  it("with a length is XSPEC's: states of all walkers, ten of them unless said", () => {
    expect(chainPlan({ walkers: 8, burn: 5000, length: 50_000 }, 3)).toEqual({
      ensembles: 1,
      walkers: 8,
      fixed: { steps: 6875, burn: 625 },
    });
    expect(chainPlan({ length: 100 }, 2)).toMatchObject({ walkers: 10, fixed: { steps: 10, burn: 0 } });
    expect(chainPlan({}, 3)).toEqual({ ensembles: 4, walkers: 20 });
  });

  it("refuses odd or too few walkers, and states that they do not divide", () => {
    expect(() => chainPlan({ walkers: 7 }, 3)).toThrow(/even number of at least 6 walkers for 3/);
    expect(() => chainPlan({ walkers: 4 }, 3)).toThrow(/at least 6/);
    expect(() => chainPlan({ walkers: 8, length: 1001 }, 3)).toThrow(
      /multiple of the 8 walkers such as 1000/,
    );
    expect(() => chainPlan({ walkers: 8, length: 800, burn: 3 }, 3)).toThrow(/multiple of the 8/);
    expect(() => chainPlan({ burn: 3 }, 3)).toThrow(/burn needs a length/);
  });
});

describe("the start of chains", () => {
  const prior = jointPrior(
    ["uniform(-10, 10)", "loguniform(0.01, 100)"].map((text, d) => ({
      name: `p${d}`,
      prior: parsePrior(text, { min: -20, max: 1000 }),
    })),
  );
  const best = Float64Array.of(1, 2);
  const matrix = Float64Array.of(0.04, 0.01, 0.01, 0.01);

  it("has the fit's mean and covariance, in log10 where the prior is logarithmic", () => {
    const x = chainStart({ prior, best, covariance: matrix, walkers: 4000, seed: 1, run: 0, width: 1 });
    const slope = 1 / (2 * Math.LN10);
    // Standard errors of 4000 draws: 1.6 % of a deviation, 2.2 % of a variance; 4 of them.
    const means = columnMeans(x, 4000, 2);
    expect(Math.abs(means[0] - 1)).toBeLessThan(0.2 * 0.064);
    expect(Math.abs(means[1] - Math.log10(2))).toBeLessThan(0.1 * slope * 0.064);
    const found = covariance(x, 4000, 2);
    expect(Math.abs(found[0] / 0.04 - 1)).toBeLessThan(0.09);
    expect(Math.abs(found[1] / (0.01 * slope) - 1)).toBeLessThan(0.18);
    expect(Math.abs(found[3] / (0.01 * slope * slope) - 1)).toBeLessThan(0.09);
  });

  it("lies inside the prior even on its edge, and has a width where the fit gives none", () => {
    const edge = Float64Array.of(10, 0.01);
    const x = chainStart({
      prior,
      best: edge,
      covariance: new Float64Array(4),
      walkers: 100,
      seed: 1,
      run: 0,
      width: 2,
    });
    for (let w = 0; w < 100; w++) {
      expect(prior.logPdf([x[2 * w], 10 ** x[2 * w + 1]])).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    }
    const found = covariance(x, 100, 2);
    expect(found[0]).toBeGreaterThan(0);
    expect(found[3]).toBeGreaterThan(0);
  });
});

it("ensembles of one law agree; one that is half a deviation off does not", () => {
  const ensembles = (shift: number) =>
    [0, 1, 2, 3].map((run) => {
      const rng = stream(5, "test/ensembles", run);
      return Float64Array.from({ length: 200 * 6 }, () => rng.normal() + (run === 0 ? shift : 0));
    });
  const same = agreement(ensembles(0), 6, 1);
  expect(same.rhat).toBeLessThan(1.01);
  // 4800 independent draws, estimated within 20 %.
  expect(same.ess).toBeGreaterThan(3800);
  expect(agreement(ensembles(0.5), 6, 1).rhat).toBeGreaterThan(1.01);
});
