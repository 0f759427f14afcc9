import { describe, expect, it } from "vitest";
import { runFit } from "./analysis.ts";
import { runError } from "./error.ts";
import { loadObservations } from "./load.ts";
import { runBestFit } from "./mle-run.ts";
import { smallFit } from "./small.fixture.ts";
import { runStepPar } from "./steppar.ts";
import type { FitConfig } from "./types.ts";

/** The norm alone, so that the expected counts are proportional to the free parameter. */
const normOnly = (prior: string, changes: Partial<FitConfig> = {}, exposure = 0.5) =>
  smallFit([{ exposure }], {
    method: "mle",
    priors: { "powerlaw.norm": prior },
    fixed: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7 },
    ...changes,
  });

const bestFit = async ({ config, readFile }: ReturnType<typeof smallFit>, bayes = true) =>
  (await runBestFit({ ...config, bayes }, { readFile })).result;

describe("a Gaussian prior times a Gaussian likelihood", () => {
  // chi of a model that is proportional to its norm is a parabola in it: mean d, variance s^2.
  const made = normOnly("normal(1.4, 0.05)", { statistic: "chi" });
  const weighted = async () => {
    const [best] = (await bestFit(made, false)).parameters;
    const [d, s] = [best.best, best.error!];
    const precision = 1 / s ** 2 + 1 / 0.05 ** 2;
    return { d, s, mean: (d / s ** 2 + 1.4 / 0.05 ** 2) / precision, sd: precision ** -0.5 };
  };

  it("has the weighted mean as its maximum, and the sum of both curvatures", async () => {
    const { d, s, mean, sd } = await weighted();
    const { parameters, statistic, covariance } = await bestFit(made);
    const [{ best, error }] = parameters;
    // Steps of 0.01 of the statistic end the fit; of a parabola it then is at the minimum to rounding and the damping of 1e-4 and less.
    expect(Math.abs(best - mean)).toBeLessThan(1e-3 * sd);
    expect(error! / sd).toBeCloseTo(1, 6);
    expect(covariance[0][0]).toBeCloseTo(sd ** 2, 10);
    // The prior pulls: the two maxima are well apart.
    expect(Math.abs(d - mean)).toBeGreaterThan(s);
    expect(statistic.penalty).toBeCloseTo(((best - 1.4) / 0.05) ** 2, 10);
  });

  it("keeps the statistic apart from the penalty", async () => {
    const [{ best: at }] = (await bestFit(made)).parameters;
    const flat = await bestFit(normOnly(`uniform(${at - 1e-9}, ${at + 1e-9})`, { statistic: "chi" }), false);
    const { statistic, fit: found } = await bestFit(made);
    expect(statistic.best).toBeCloseTo(flat.statistic.best, 5);
    expect(found.minima[0].statistic).toBeCloseTo(statistic.best + statistic.penalty!, 10);
    expect(found.log[found.log.length - 1].statistic).toBeCloseTo(statistic.best + statistic.penalty!, 10);
  });

  it("has the range sqrt(delta) sd to both sides", async () => {
    const { mean, sd } = await weighted();
    const { config, readFile } = made;
    const { parameters } = await runError(
      { ...config, bayes: true },
      { readFile },
      { delta: 1, maximum: 100, tolerance: 1e-4 },
    );
    // A rise of 1 to 1e-4, and of the minimum below the fit's end as much.
    expect(Math.abs((mean - parameters[0].lower) / sd - 1)).toBeLessThan(2e-3);
    expect(Math.abs((parameters[0].upper - mean) / sd - 1)).toBeLessThan(2e-3);
  });

  it("is stepped over as the sum of two parabolas", async () => {
    const { d, s } = await weighted();
    const { config, readFile } = made;
    const steps = [{ name: "powerlaw.norm", from: 1, to: 1.5, steps: 5 }];
    const [with_, without] = [
      await runStepPar({ ...config, bayes: true }, { readFile }, steps),
      await runStepPar(config, { readFile }, steps),
    ];
    const rise = (x: number) => ((x - 1.4) / 0.05) ** 2;
    with_.axes[0].values.forEach((x, k) => {
      expect(with_.penalty![k]).toBeCloseTo(rise(x), 9);
      expect(with_.statistic[k] - without.statistic[k]).toBeCloseTo(rise(x), 8);
      const parabola = ((x - d) / s) ** 2 - ((1 - d) / s) ** 2;
      expect(without.statistic[k] - without.statistic[0]).toBeCloseTo(parabola, 5);
    });
    expect(without.penalty).toBeUndefined();
  });
});

it("a log-uniform prior takes one count from the norm, and from its precision", async () => {
  // S = 2 (N M - n ln N) + 2 ln N has its minimum at (n - 1)/M with half the curvature (n - 1)/N^2.
  const made = normOnly("loguniform(0.01, 100)", {}, 0.02);
  const [{ counts }] = await loadObservations(made.config, made.readFile);
  const n = counts.reduce((sum, c) => sum + c, 0);
  const [free, bound] = [await bestFit(made, false), await bestFit(made)];
  const ratio = bound.parameters[0].best / free.parameters[0].best;
  // The fit may end 0.01 of the statistic above the minimum: 0.1 of an error of 1/sqrt(n), but ends far closer in two steps.
  expect(Math.abs(ratio - (n - 1) / n)).toBeLessThan(0.01 / Math.sqrt(n));
  const { best, error } = bound.parameters[0];
  // The covariance is from before the last step.
  expect((error! / best) ** 2 * (n - 1)).toBeCloseTo(1, 1);
  expect(bound.statistic.penalty).toBeCloseTo(2 * Math.log(best), 10);
  expect(n).toBeLessThan(100);
});

describe("with every prior flat", () => {
  it("nothing changes but that the penalty is said to be 0", async () => {
    const made = smallFit([{}], {
      method: "mle",
      priors: { "powerlaw.PhoIndex": "uniform(0.5, 3)", "powerlaw.norm": "uniform(0.1, 10)" },
    });
    const [free, bound] = [await bestFit(made, false), await bestFit(made)];
    const { penalty, ...statistic } = bound.statistic;
    expect({ ...bound, statistic }).toEqual(free);
    expect(penalty).toBe(0);
  });
});

it("the maximum is that of the posterior: no draw of a chain lies above it, the best ones come near", async () => {
  const made = smallFit([{}], {
    priors: { "powerlaw.PhoIndex": "normal(1.2, 0.05)", "powerlaw.norm": "loguniform(0.1, 10)" },
  });
  const found = await bestFit(made);
  const { config, readFile } = made;
  const chain = await runFit(
    { ...config, method: "mcmc", walkers: 8, burn: 800, length: 8000 },
    { readFile },
  );
  const { logPrior, logLike, theta } = chain.draws;
  const heights = Array.from(logPrior, (value, m) => value + logLike[m]);
  const top = heights.indexOf(Math.max(...heights));
  const at = Array.from(theta.subarray(2 * top, 2 * top + 2));
  // From penalties to normalised densities: a constant, read off at any point.
  const [{ best: slope }, { best: norm }] = found.parameters;
  const logPdf = (x: number, y: number) =>
    -0.5 * ((x - 1.2) / 0.05) ** 2 -
    Math.log(y) +
    (logPrior[top] + 0.5 * ((at[0] - 1.2) / 0.05) ** 2 + Math.log(at[1]));
  const map = -0.5 * found.statistic.best + logPdf(slope, norm);
  // The fit ends at most 0.01 of the statistic above the minimum.
  expect(heights[top]).toBeLessThan(map + 0.005);
  // 8000 states, hundreds of them independent, of two parameters: the best is within 0.1 of the top but for a chance below 1e-9.
  expect(heights[top]).toBeGreaterThan(map - 0.1);
  // Without the prior it is elsewhere: several sigma of the prior away.
  expect((await bestFit(made, false)).parameters[0].best - slope).toBeGreaterThan(0.1);
});
