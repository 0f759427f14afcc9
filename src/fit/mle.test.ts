import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { runError } from "./error.ts";
import { basins } from "./mle-minima.ts";
import { runBestFit } from "./mle-run.ts";
import { startingPoints } from "./mle-starts.ts";
import type { Pool } from "./pool.ts";
import { smallFit } from "./small.fixture.ts";
import type { FitConfig } from "./types.ts";

const PRIORS = {
  "tbabs.nH": "uniform(0, 1)",
  "powerlaw.PhoIndex": "uniform(0.5, 3)",
  "powerlaw.norm": "loguniform(0.1, 10)",
};
const small = (changes: Partial<FitConfig> = {}) =>
  smallFit([{ exposure: 2 }], { method: "mle", priors: PRIORS, fixed: {}, ...changes });

describe("a best fit", () => {
  it("finds the truth within 4 sigma, from every start, and names what it left out", async () => {
    const { config, readFile } = small();
    const { result } = await runBestFit(config, { readFile });
    const truth = [0.2, 1.7, 1];
    // One fixed spectrum; a sound fit is beyond 4 sigma once in 5000.
    result.parameters.forEach(({ best, error }, d) => {
      expect(Math.abs(best - truth[d])).toBeLessThan(4 * error!);
      expect(error).toBeCloseTo(Math.sqrt(result.covariance[d][d]), 12);
    });
    expect(result.fit.minima).toHaveLength(1);
    expect(result.fit.minima[0].starts).toBe(10);
    expect(result.fit.lost).toBe(0);
    expect(result.statistic.degreesOfFreedom).toBe(result.statistic.bins - 3);
    expect(Object.keys(result)).not.toContain("evidence");
    expect(result.correlation[0][0]).toBe(1);
    const [, [, , c12]] = result.covariance;
    expect(result.correlation[1][2]).toBeCloseTo(
      c12 / Math.sqrt(result.covariance[1][1] * result.covariance[2][2]),
      12,
    );
  });

  it("is where no step of a tenth of an error lowers the statistic by more than XSPEC's 0.01", async () => {
    const { config, readFile } = small();
    const { result } = await runBestFit(config, { readFile });
    const fromThere = { ...config, starts: 1 };
    for (const sign of [-1, 1])
      for (const { name, best, error } of result.parameters) {
        const start = Object.fromEntries(result.parameters.map((p) => [p.name, p.best]));
        const moved = { ...start, [name]: best + sign * 0.1 * error! };
        const again = await runBestFit({ ...fromThere, start: moved }, { readFile });
        expect(again.result.statistic.best).toBeGreaterThan(result.statistic.best - 0.01);
      }
  });

  it("starts where the user says, at the prior's median elsewhere, and then at draws that predict the counts", async () => {
    const { config, readFile } = small({ starts: 1, start: { "powerlaw.norm": 0.3 } });
    const { result } = await runBestFit(config, { readFile });
    const { result: again } = await runBestFit({ ...config, starts: 4 }, { readFile });
    // The user's start is as good as any, so its log is shown.
    expect(again.fit.log).toEqual(result.fit.log);
    expect(again.fit.starts).toBe(4);
  });

  it("on the end of its prior has no error and says so", async () => {
    const { config, readFile } = small({ priors: { ...PRIORS, "tbabs.nH": "uniform(0.5, 1)" } });
    const { result } = await runBestFit(config, { readFile });
    const [nH, slope] = result.parameters;
    expect(nH).toMatchObject({ atLimit: "lower" });
    // Steps towards a limit are halved until they stay inside; within 1e-6 of it they end.
    expect(nH.best / 0.5 - 1).toBeLessThan(1e-6);
    expect(nH.error).toBeUndefined();
    expect(slope.error).toBeGreaterThan(0);
    expect(result.warnings.join()).toMatch(/tbabs\.nH lies on the lower end of its prior/);
  });

  it("of Gaussian data gives reduced chi-square and its chance", async () => {
    const { config, readFile } = small({ statistic: "chi" });
    const { statistic } = (await runBestFit(config, { readFile })).result;
    expect(statistic.reduced).toBeCloseTo(statistic.best / statistic.degreesOfFreedom, 12);
    expect(statistic.nullProbability).toBeGreaterThan(0);
    expect(statistic.nullProbability).toBeLessThan(1);
    expect(statistic.expected).toBeUndefined();
  });
});

describe("minima", () => {
  /** Two valleys at -1 and 1 and a hill of 4 between them: S = 4 (x^2 - 1)^2. */
  const S = (x: number) => 4 * (x * x - 1) ** 2;
  const pool = {
    size: 1,
    map: async (jobs: readonly { theta: Float64Array }[]) =>
      jobs.map(({ theta }) => theta.map((x) => -0.5 * S(x))),
  } as unknown as Pool;

  it("are told apart by the hill between them, whatever the scatter within one", async () => {
    const rng = stream(1, "test/ends");
    const ends = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : -1) + 0.03 * rng.normal());
    const found = await basins(pool, ends, ends.map(S), 1);
    expect(found.map(({ fits }) => fits.length)).toEqual([10, 10]);
    for (const { fits, theta } of found)
      for (const i of fits) expect(Math.sign(ends[i])).toBe(Math.sign(theta[0]));
  });

  it("come in ascending order; ends without a finite statistic belong to none", async () => {
    const ends = Float64Array.of(-1.2, 1, Number.NaN);
    const found = await basins(pool, ends, Float64Array.of(S(-1.2), 0, Number.NaN), 1);
    expect(found.map(({ fits }) => fits)).toEqual([[1], [0]]);
  });
});

describe("confidence ranges", () => {
  it("hold the best fit, rise by delta at both ends, and are wider for a larger one", async () => {
    const { config, readFile } = small();
    const [one, two] = [
      await runError(config, { readFile }, { delta: 1, parameters: ["powerlaw.PhoIndex"] }),
      await runError(config, { readFile }, { parameters: ["2"] }),
    ];
    const [[a], [b]] = [one.parameters, two.parameters];
    expect(a.name).toBe("powerlaw.PhoIndex");
    expect(b.name).toBe("powerlaw.PhoIndex");
    expect(two.delta).toBe(2.706);
    expect(b.lower).toBeLessThan(a.lower);
    expect(a.lower).toBeLessThan(a.best);
    expect(a.upper).toBeGreaterThan(a.best);
    // Nearly a parabola: the half width is the error, to the 10 % by which a profile of 3600 counts is skewed.
    expect((a.upper - a.lower) / 2 / a.error!).toBeCloseTo(1, 0);
    expect(a.flags).toBe("FFFFFFFFF");
    // The ends by another way: the parameter fixed there, the others fitted.
    for (const end of [a.lower, a.upper]) {
      const priors = { "tbabs.nH": PRIORS["tbabs.nH"], "powerlaw.norm": PRIORS["powerlaw.norm"] };
      const { result } = await runBestFit(
        { ...config, priors, fixed: { "powerlaw.PhoIndex": end } },
        { readFile },
      );
      // 0.01 of the search, and 0.01 of either fit.
      expect(Math.abs(result.statistic.best - one.statistic.best - 1)).toBeLessThan(0.03);
    }
  });

  it("that run to a limit say so as XSPEC does: value 0, the fourth or fifth letter", async () => {
    const { config, readFile } = small({ priors: { ...PRIORS, "tbabs.nH": "uniform(0.19, 0.21)" } });
    const { parameters } = await runError(config, { readFile }, { parameters: ["tbabs.nH"] });
    expect(parameters[0]).toMatchObject({ lower: 0, upper: 0, lowerStatus: "limit", upperStatus: "limit" });
    expect(parameters[0].flags).toBe("FFFTTFFFF");
  });

  it("of parameters that are not free, or not there, are refused", async () => {
    const { config, readFile } = small({
      priors: { "powerlaw.norm": PRIORS["powerlaw.norm"] },
      fixed: { "tbabs.nH": 0.2, "powerlaw.PhoIndex": 1.7 },
    });
    const complaint = (name: string) => runError(config, { readFile }, { parameters: [name] });
    await expect(complaint("tbabs.nH")).rejects.toThrow(/tbabs\.nH is not free .* free are powerlaw\.norm/);
    await expect(complaint("9")).rejects.toThrow(/parameters 1 to 3, not 9/);
    await expect(complaint("powerlaw.nrm")).rejects.toThrow(/powerlaw\.norm/);
  });
});

it("starting points lie inside the priors and predict the counts, and the first ones do not depend on their number", async () => {
  const { createPool } = await import("./pool.ts");
  const { loadObservations, problemOf } = await import("./load.ts");
  const { problemPrior } = await import("./problem.ts");
  const { parseExpression } = await import("../model/expression.ts");
  const { config, readFile } = small({ priors: { ...PRIORS, "powerlaw.norm": "loguniform(1e-4, 1e4)" } });
  const observations = await loadObservations(config, readFile);
  const problem = problemOf(config, observations);
  const prior = problemPrior(parseExpression(problem.model), problem.free);
  const pool = createPool({ size: 1 });
  await pool.all({ kind: "open", problem });
  const points = await startingPoints(pool, { config: { ...config, starts: 30 }, observations, prior });
  const fewer = await startingPoints(pool, { config: { ...config, starts: 5 }, observations, prior });
  expect(points.slice(0, 15)).toEqual(fewer);
  const mu = await pool.run(0, { kind: "mu", theta: points.slice(3) });
  const observed = observations[0].counts.reduce((sum, n) => sum + n, 0);
  const C = observations[0].counts.length;
  for (let i = 0; i < 29; i++) {
    expect(prior.logPdf(points.subarray(3 * (i + 1), 3 * (i + 2)))).toBeGreaterThan(Number.NEGATIVE_INFINITY);
    const total = mu.subarray(i * C, (i + 1) * C).reduce((sum, m) => sum + m, 0);
    // The window around n counts reaches about a factor 2 to either side; without it, norms spread over 8 decades.
    expect(Math.abs(Math.log(total / observed))).toBeLessThan(Math.log(4));
  }
});
