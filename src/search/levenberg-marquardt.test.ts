import { describe, expect, it } from "vitest";
import { leastSquaresProblem, lineProblem, parameter } from "./fit-problem.fixture.ts";
import { insideLimits } from "./hard-limits.ts";
import { initLevenbergMarquardt, levenbergMarquardt, stepLevenbergMarquardt } from "./levenberg-marquardt.ts";

const start = [parameter(10), parameter(-4)];

describe("a linear problem", () => {
  const { problem, best, covariance } = lineProblem(start);

  it("is solved in one step as lambda goes to 0", () => {
    const state = { ...initLevenbergMarquardt(problem), lambda: 1e-12 };
    const { x } = stepLevenbergMarquardt(problem, state);
    // Derivatives by differences of 1e-5 are good to about 1e-10.
    x.forEach((value, i) => {
      expect(Math.abs(value - best[i])).toBeLessThan(1e-7);
    });
  });

  it("moves against the gradient, ever shorter, as lambda grows", () => {
    const init = initLevenbergMarquardt(problem);
    const { beta, alpha } = problem.shape(init.x, [0, 1]);
    const { x } = stepLevenbergMarquardt(problem, { ...init, lambda: 1e6 });
    for (const i of [0, 1]) {
      const move = x[i] - init.x[i];
      expect(move / (beta[i] / (1e6 * alpha[3 * i]))).toBeCloseTo(1, 5);
    }
  });

  it("has the inverse of its normal matrix as covariance", () => {
    const fit = levenbergMarquardt(problem);
    expect(fit.converged).toBe(true);
    covariance.forEach((value, i) => {
      expect(fit.covariance[i] / value).toBeCloseTo(1, 7);
    });
  });

  it("leaves frozen parameters alone and out of the covariance", () => {
    const held = lineProblem([parameter(10), parameter(2.5, { frozen: true })]);
    const fit = levenbergMarquardt(held.problem, { criticalDelta: 1e-9 });
    expect(fit.x[1]).toBe(2.5);
    expect(fit.x[0]).toBeCloseTo(held.interceptFor(2.5), 6);
    expect(Array.from(fit.covariance.subarray(1))).toEqual([0, 0, 0]);
    expect(fit.covariance[0] * (20 / 0.25)).toBeCloseTo(1, 7);
  });
});

describe("hard limits", () => {
  it("cut a step to the largest half, quarter, ... that stays inside", () => {
    const limits = { lower: 0, upper: 10 };
    expect(insideLimits(4, 6, limits)).toBe(10);
    expect(insideLimits(4, 7, limits)).toBe(7.5);
    expect(insideLimits(4, -33, limits)).toBe(4 - 33 / 16);
    expect(insideLimits(0, -1, limits)).toBe(0);
  });

  it("hold a parameter that wants to leave, the others at their best for it", () => {
    const { problem, slopeFor } = lineProblem([parameter(5, { lower: 3, upper: 20 }), parameter(0)]);
    const fit = levenbergMarquardt(problem, { criticalDelta: 1e-9 });
    expect(fit.converged).toBe(true);
    expect(fit.x[0]).toBeCloseTo(3, 3);
    expect(fit.x[1]).toBeCloseTo(slopeFor(3), 3);
  });

  it("let a parameter go that starts on one and wants to move inside", () => {
    const { problem, best } = lineProblem([parameter(-5, { lower: -5, upper: 20 }), parameter(0)]);
    const fit = levenbergMarquardt(problem, { criticalDelta: 1e-9 });
    expect(fit.x[0]).toBeCloseTo(best[0], 5);
    expect(fit.pegged).toEqual([]);
  });

  it("of 0 are come to by halves, which is no standstill", () => {
    const up = lineProblem([parameter(5, { lower: 0, upper: 20 }), parameter(0)]);
    const shifted = {
      ...up.problem,
      statistic: (x: Float64Array) => up.problem.statistic(x.with(0, x[0] + 4)),
      shape: (x: Float64Array, free: readonly number[]) => up.problem.shape(x.with(0, x[0] + 4), free),
    };
    const fit = levenbergMarquardt(shifted);
    expect(fit.converged).toBe(true);
    expect(fit.x[0]).toBeGreaterThan(0);
    const atLimit = up.problem.statistic(Float64Array.of(4, up.slopeFor(4)));
    // The last two steps fell by 0.01 at most, each at least half of what was left.
    expect(fit.statistic - atLimit).toBeLessThan(0.02);
  });

  it("end a fit that starts on one and wants to leave, with the parameter named as pegged", () => {
    const { problem, slopeFor } = lineProblem([parameter(3, { lower: 3, upper: 20 }), parameter(0)]);
    const fit = levenbergMarquardt(problem, { criticalDelta: 1e-9 });
    expect(fit.converged).toBe(true);
    expect(fit.x[0]).toBe(3);
    expect(fit.x[1]).toBeCloseTo(slopeFor(3), 6);
    expect(fit.pegged).toEqual([0]);
  });
});

describe("a problem that is not linear", () => {
  /** Rosenbrock's valley as residuals. */
  const valley = leastSquaresProblem(
    (x) => Float64Array.of(10 * (x[1] - x[0] ** 2), 1 - x[0]),
    [parameter(-1.2), parameter(1)],
  );

  it("never rises, and comes to its minimum", () => {
    const fit = levenbergMarquardt(valley, { criticalDelta: 1e-12 });
    const values = fit.iterations.map(({ statistic }) => statistic);
    const first = valley.statistic(Float64Array.of(-1.2, 1));
    values.forEach((value, i) => {
      expect(value).toBeLessThanOrEqual(i === 0 ? first : values[i - 1]);
    });
    expect(values.length).toBeGreaterThan(3);
    expect(fit.x[0]).toBeCloseTo(1, 5);
    expect(fit.x[1]).toBeCloseTo(1, 5);
  });

  it("takes no step to where the statistic is not a number", () => {
    const fenced = {
      ...valley,
      statistic: (x: Float64Array) => (x[1] > 1.5 ? Number.NaN : valley.statistic(x)),
    };
    const fit = levenbergMarquardt(fenced, { criticalDelta: 1e-12 });
    expect(fit.x[0]).toBeCloseTo(1, 5);
  });

  it("stays where no damping finds a lower point", () => {
    const uphill = { ...valley, statistic: (x: Float64Array) => (x[0] === -1.2 && x[1] === 1 ? 0 : 1) };
    const fit = levenbergMarquardt(uphill);
    expect(Array.from(fit.x)).toEqual([-1.2, 1]);
    // The derivatives promise a fall.
    expect(fit.converged).toBe(false);
  });

  it("fails from a point where the statistic is not a number", () => {
    const nowhere = { ...valley, statistic: () => Number.NaN };
    const fit = levenbergMarquardt(nowhere);
    expect(fit.converged).toBe(false);
    expect(fit.iterations).toEqual([]);
    expect(Array.from(fit.x)).toEqual([-1.2, 1]);
  });
});

describe("parameters without effect", () => {
  it("are held while the norm of their component is 0", () => {
    const residuals = (x: Float64Array) =>
      Float64Array.from({ length: 10 }, (_, c) => 5 * Math.exp(-c / 4) - x[0] * Math.exp(-c * x[1]));
    const problem = leastSquaresProblem(residuals, [parameter(0, { norm: 0 }), parameter(0.5, { norm: 0 })]);
    const state = stepLevenbergMarquardt(problem, initLevenbergMarquardt(problem));
    expect(state.x[1]).toBe(0.5);
    expect(state.x[0]).toBeGreaterThan(1);
    // For this step only, where a parameter without effect for another reason waits for convergence.
    expect(state.pegged).toEqual([]);
    const fit = levenbergMarquardt(problem, { criticalDelta: 1e-10 });
    expect(fit.x[0]).toBeCloseTo(5, 4);
    expect(fit.x[1]).toBeCloseTo(0.25, 4);
  });

  it("keep their value and have no variance", () => {
    const idle = leastSquaresProblem((x) => Float64Array.of(x[0] - 3, 1), [parameter(0), parameter(8)]);
    const fit = levenbergMarquardt(idle);
    expect(fit.converged).toBe(true);
    expect(fit.x[1]).toBe(8);
    expect(fit.x[0]).toBeCloseTo(3, 2);
    expect(Array.from(fit.covariance.subarray(1))).toEqual([0, 0, 0]);
  });
});

it("all norms get their best factor before the first step, if that helps", () => {
  const { problem } = lineProblem(start);
  const better = Float64Array.of(2, 3);
  const scaled = { ...problem, renormalise: () => better };
  expect(initLevenbergMarquardt(scaled).x).toBe(better);
  expect(Array.from(initLevenbergMarquardt(scaled, { renormalise: false }).x)).toEqual([10, -4]);
  const worse = { ...problem, renormalise: () => Float64Array.of(1e3, 1e3) };
  expect(Array.from(initLevenbergMarquardt(worse).x)).toEqual([10, -4]);
});
