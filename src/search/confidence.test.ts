import { describe, expect, it } from "vitest";
import { confidence } from "./confidence.ts";
import { leastSquaresProblem, lineProblem, parameter } from "./fit-problem.fixture.ts";
import { levenbergMarquardt } from "./levenberg-marquardt.ts";
import { nextTrial } from "./profile-trial.ts";

/** The rise at an end is right to 0.01 of 2.706, so sqrt(rise) and the distance are to half of that. */
const RELATIVE = 0.01 / 2.706;

describe("the range of a parameter", () => {
  it("is sqrt(delta) sigma to both sides for a Gaussian, correlated with others or not", () => {
    const { problem, best, covariance } = lineProblem([parameter(10), parameter(-4)]);
    const fit = levenbergMarquardt(problem, { criticalDelta: 1e-9 });
    for (const [delta, index] of [
      [1, 0],
      [2.706, 1],
      [6.63, 0],
    ] as const) {
      const { lower, upper } = confidence(problem, fit, index, { delta, tolerance: 0.001 });
      const half = Math.sqrt(delta * covariance[3 * index]);
      expect(Math.abs((best[index] - lower.value) / half - 1)).toBeLessThan(0.001);
      expect(Math.abs((upper.value - best[index]) / half - 1)).toBeLessThan(0.001);
      expect([lower.status, upper.status]).toEqual(["found", "found"]);
    }
  });

  it("follows an asymmetric profile: the mean of 4 Poisson counts", () => {
    // S = 2 (m - 4 ln m), as the residual sqrt(S - S_best) that LM wants; the ends solve S = S_best + delta.
    const rise = (m: number) => Math.max(0, 2 * (m - 4 - 4 * Math.log(m / 4)));
    const problem = leastSquaresProblem(
      (x) => Float64Array.of(Math.sign(x[0] - 4) * Math.sqrt(rise(x[0]))),
      [parameter(6, { lower: 1e-3, upper: 100 })],
    );
    const fit = levenbergMarquardt(problem, { criticalDelta: 1e-9 });
    const { lower, upper } = confidence(problem, fit, 0);
    for (const end of [lower, upper]) expect(Math.abs(rise(end.value) - 2.706)).toBeLessThan(0.0101);
    expect(4 - lower.value).toBeLessThan(0.8 * (upper.value - 4));
  });

  it("is 0 at a side that comes to a hard limit before the statistic has risen enough", () => {
    const { problem, best, covariance } = lineProblem([parameter(10), parameter(2)]);
    const sigma = Math.sqrt(covariance[3]);
    const near = best[1] - sigma;
    const limited = {
      ...problem,
      parameters: [parameter(best[0]), parameter(best[1], { lower: near, upper: 9 })],
    };
    const fit = levenbergMarquardt(limited, { criticalDelta: 1e-9 });
    const { lower, upper } = confidence(limited, fit, 1);
    expect(lower).toMatchObject({ value: 0, status: "limit" });
    expect(lower.rise).toBeCloseTo(1, 3);
    expect(Math.abs((upper.value - best[1]) / (sigma * Math.sqrt(2.706)) - 1)).toBeLessThan(RELATIVE);
  });

  it("belongs to a better minimum where one is met on the way", () => {
    // Two wells in x of unit curvature, the one at 6 deeper by 4.
    const well = (x: number) => Math.min((x + 1) ** 2 + 4, (x - 2) ** 2);
    const problem = {
      ...leastSquaresProblem((x) => Float64Array.of(Math.sqrt(well(x[0]))), [parameter(-1)]),
      shape: (x: Float64Array) => {
        const h = 1e-4;
        const at = [x[0] - h, x[0], x[0] + h].map(well);
        return {
          beta: Float64Array.of((at[0] - at[2]) / (4 * h)),
          alpha: Float64Array.of(Math.max(1e-3, (at[0] - 2 * at[1] + at[2]) / (2 * h * h))),
        };
      },
    };
    const fit = levenbergMarquardt(problem, { criticalDelta: 1e-9 });
    expect(fit.x[0]).toBeCloseTo(-1, 6);
    const range = confidence(problem, fit, 0, { delta: 4.5 });
    expect(range.fit.statistic).toBeLessThan(0.01);
    expect(range.fit.x[0]).toBeCloseTo(2, 1);
    expect(range.upper.value).toBeCloseTo(2 + Math.sqrt(4.5), 1);
  });

  it("says whether the profile rose all the way to its ends", () => {
    // S = x^2 + 3 (1 - cos 6 x) falls between its bumps.
    const bumpy = {
      parameters: [parameter(0, { delta: 0.3 })],
      statistic: ([x]: Float64Array) => x * x + 3 * (1 - Math.cos(6 * x)),
      shape: () => ({ beta: Float64Array.of(0), alpha: Float64Array.of(1) }),
    };
    const at = (covariance: number) => ({
      x: Float64Array.of(0),
      statistic: 0,
      converged: true,
      iterations: [],
      covariance: Float64Array.of(covariance),
      pegged: [],
    });
    // Looks at 0.2 sqrt(7) = 0.53, where S is 6.3, and then at 1.06, where it is 1.1.
    const wide = confidence(bumpy, at(0.04), 0, { delta: 7 });
    const smooth = confidence({ ...bumpy, statistic: ([x]) => x * x }, at(1), 0, { delta: 7 });
    expect(wide.upper.monotonic).toBe(false);
    expect(smooth.upper.monotonic).toBe(true);
    expect(smooth.lower.monotonic).toBe(true);
  });

  it("is refused where the fit is bad", () => {
    const { problem } = lineProblem([parameter(10), parameter(-4)]);
    const fit = levenbergMarquardt(problem);
    expect(() => confidence(problem, fit, 0, { degreesOfFreedom: 3 })).toThrow(
      /reduced statistic is .*above 2/,
    );
    expect(confidence(problem, fit, 0, { degreesOfFreedom: 18 }).lower.status).toBe("found");
  });

  it("is refused for a frozen parameter", () => {
    const { problem } = lineProblem([parameter(10), parameter(-4, { frozen: true })]);
    expect(() => confidence(problem, levenbergMarquardt(problem), 1)).toThrow(/parameter 2 is frozen/);
  });

  it("says that the trials did not suffice", () => {
    const { problem } = lineProblem([parameter(10), parameter(-4)]);
    const fit = { ...levenbergMarquardt(problem), covariance: new Float64Array(4) };
    expect(confidence(problem, fit, 0, { trials: 2 }).upper.status).toBe("trials");
  });
});

describe("the next trial", () => {
  const zero = { distance: 0, rise: 0 };
  const points = (...rest: readonly (readonly [number, number])[]) => [
    zero,
    ...rest.map(([distance, rise]) => ({ distance, rise })),
  ];

  it("doubles the distance up to the limit while the rise is too small", () => {
    expect(nextTrial(points([1, 0.5], [2, 1.9]), 2.7, 100)).toBe(4);
    expect(nextTrial(points([1, 0.5], [2, 1.9]), 2.7, 3)).toBe(3);
  });

  it("is exact on a parabola through the best fit, with a slope there or without", () => {
    const rise = (d: number) => 0.4 * d * d + 0.3 * d;
    const found = nextTrial(points([1, rise(1)], [4, rise(4)]), 2.7, 100);
    expect(rise(found)).toBeCloseTo(2.7, 12);
    const bent = (d: number) => 0.4 * d * d - 0.1 * d;
    expect(bent(nextTrial(points([1, bent(1)], [4, bent(4)]), 2.7, 100))).toBeCloseTo(2.7, 12);
    expect(nextTrial(points([3, 9]), 4, 100)).toBeCloseTo(2, 12);
  });

  it("halves the bracket where neither parabola nor line helps", () => {
    expect(nextTrial(points([1, 0.5], [3, Number.NaN]), 2.7, 100)).toBe(2);
    expect(nextTrial(points([1, 0.5], [3, Infinity]), 2.7, 100)).toBe(2);
  });
});
