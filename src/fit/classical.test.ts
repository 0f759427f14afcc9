import { beforeAll, describe, expect, it } from "vitest";
import { parseExpression } from "../model/expression.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import { levenbergMarquardt } from "../search/levenberg-marquardt.ts";
import { type ClassicalInput, classicalProblem } from "./classical.ts";
import { loadObservations } from "./load.ts";
import { smallFit } from "./small.fixture.ts";

let plain: readonly Observation[];
let withBackground: readonly Observation[];
beforeAll(async () => {
  const load = async ({ config, readFile }: ReturnType<typeof smallFit>) =>
    loadObservations(config, readFile);
  plain = await load(smallFit([{ exposure: 2 }]));
  withBackground = await load(smallFit([{ exposure: 2, background: 400 }]));
});

const problem = (statistic: StatisticName, changes: Partial<ClassicalInput> = {}) =>
  classicalProblem({
    expression: parseExpression("tbabs*powerlaw"),
    abund: "wilm",
    xsect: "vern",
    statistic,
    observations: statistic === "cstat" ? plain : withBackground,
    ...changes,
  });

const all: readonly StatisticName[] = ["cstat", "wstat", "pgstat", "pstat", "lstat", "chi"];
const at = Float64Array.of(0.25, 1.6, 0.9);

describe.each(all)("%s", (name) => {
  it("has half its slopes as beta", () => {
    const one = problem(name);
    const { beta, alpha } = one.shape(at, [0, 1, 2]);
    at.forEach((value, i) => {
      const h = 1e-4 * value;
      const slope = (one.statistic(at.with(i, value + h)) - one.statistic(at.with(i, value - h))) / (2 * h);
      // A model derivative wrong by a factor 1 + e changes beta by e sqrt(S alpha) at most (Cauchy-Schwarz); steps of 1 % have
      // e = (1 %)^2/6 (1.6 ln 10)^2 = 2e-4 for the slope and the same for an optical depth of 4. The norm is linear.
      const scale = Math.sqrt(one.statistic(at) * alpha[4 * i]);
      expect(Math.abs(beta[i] + slope / 2) / scale).toBeLessThan(i === 2 ? 1e-6 : 5e-4);
    });
  });

  it("has half its curvature along the norm, in which the model is linear, as alpha", () => {
    const one = problem(name);
    const { alpha } = one.shape(at, [2]);
    const h = 1e-3;
    const [low, mid, high] = [-h, 0, h].map((d) => one.statistic(at.with(2, at[2] + d)));
    expect(Math.abs(alpha[0] / ((low - 2 * mid + high) / (2 * h * h)) - 1)).toBeLessThan(1e-4);
  });

  it("recovers what the spectrum was drawn from within 5 sigma, from XSPEC's defaults", () => {
    const fit = levenbergMarquardt(problem(name));
    expect(fit.converged).toBe(true);
    [0.2, 1.7, 1].forEach((truth, i) => {
      const sigma = Math.sqrt(fit.covariance[4 * i]);
      expect(sigma).toBeGreaterThan(0);
      expect(sigma).toBeLessThan(0.3);
      expect(Math.abs(fit.x[i] - truth)).toBeLessThan(5 * sigma);
    });
  });
});

describe("renormalising", () => {
  it.each(["cstat", "chi"] as const)("finds the lowest %s along a common factor of all norms", (name) => {
    const one = problem(name);
    const x = one.renormalise!(at);
    expect(x[2]).not.toBe(at[2]);
    const best = one.statistic(x);
    for (const factor of [0.999, 1.001])
      expect(one.statistic(x.with(2, factor * x[2]))).toBeGreaterThan(best);
    expect(Array.from(x.subarray(0, 2))).toEqual([0.25, 1.6]);
    expect(one.renormalise!(Float64Array.of(0.25, 1.6, 700))[2] / x[2]).toBeCloseTo(1, 10);
  });

  it("is not offered where no closed form is known, or where a norm is frozen", () => {
    expect(problem("wstat").renormalise).toBeUndefined();
    const frozen = { parameters: { "powerlaw.norm": { frozen: true } } };
    expect(problem("cstat", frozen).renormalise).toBeUndefined();
  });
});

describe("parameters", () => {
  it("are XSPEC's defaults: limits hard, a negative delta frozen, each with its component's norm", () => {
    const { parameters } = problem("cstat", { expression: parseExpression("tbabs*(powerlaw+zgauss)") });
    expect(parameters.map(({ frozen }) => frozen)).toEqual([false, false, false, false, false, true, false]);
    expect(parameters.map(({ norm }) => norm)).toEqual([undefined, 2, 2, 6, 6, 6, 6]);
    expect(parameters[1]).toMatchObject({ value: 1, lower: -3, upper: 10, delta: 0.01 });
    expect(parameters.every(({ delta }) => delta > 0)).toBe(true);
  });

  it("can be changed by name; a wrong name is refused with the nearest one", () => {
    const { parameters } = problem("cstat", { parameters: { "tbabs.nh": { value: 3, frozen: true } } });
    expect(parameters[0]).toMatchObject({ value: 3, frozen: true });
    expect(() => problem("cstat", { parameters: { "tbabs.nHH": {} } })).toThrow(/did you mean tbabs\.nH/);
  });
});

it("two spectra add up: statistic, beta and alpha are the sums of each", () => {
  const [one, two] = [problem("cstat"), problem("cstat", { observations: [...plain, ...plain] })];
  expect(two.statistic(at)).toBeCloseTo(2 * one.statistic(at), 8);
  const [single, both] = [one.shape(at, [0, 2]), two.shape(at, [0, 2])];
  both.beta.forEach((value, i) => {
    expect(value / (2 * single.beta[i])).toBeCloseTo(1, 10);
  });
  both.alpha.forEach((value, i) => {
    expect(value / (2 * single.alpha[i])).toBeCloseTo(1, 10);
  });
});

it("at a hard limit the derivative looks inside only", () => {
  const seen: number[] = [];
  const expression = parseExpression("tbabs*powerlaw");
  const watched = {
    ...expression,
    prepare(...grid: Parameters<typeof expression.prepare>) {
      const evaluate = expression.prepare(...grid);
      return (out: Float64Array, theta: ArrayLike<number>) => {
        seen.push(theta[0]);
        evaluate(out, theta);
      };
    },
  };
  const one = problem("cstat", { expression: watched });
  const { beta } = one.shape(Float64Array.of(0, 1.6, 0.9), [0]);
  expect(Math.min(...seen)).toBe(0);
  expect(Math.max(...seen)).toBe(one.parameters[0].delta);
  expect(Number.isFinite(beta[0])).toBe(true);
});
