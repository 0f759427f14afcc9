import { expect, it } from "vitest";
import { lineProblem, parameter } from "./fit-problem.fixture.ts";
import { stepPar } from "./step-par.ts";

const { problem, best, covariance, interceptFor } = lineProblem([parameter(10), parameter(-4)]);
const lowest = problem.statistic(Float64Array.from(best));

it("along one parameter of a linear problem the profile is a parabola of its variance, the other at its best", () => {
  const grid = stepPar(problem, [{ index: 1, from: best[1] - 1, to: best[1] + 1, steps: 10 }], {
    criticalDelta: 1e-9,
  });
  expect(grid.values[0]).toHaveLength(11);
  expect(grid.values[0][10]).toBe(best[1] + 1);
  grid.values[0].forEach((slope, i) => {
    expect(grid.statistic[i] - lowest).toBeCloseTo((slope - best[1]) ** 2 / covariance[3], 6);
    expect(grid.x[2 * i]).toBeCloseTo(interceptFor(slope), 5);
    expect(grid.x[2 * i + 1]).toBe(slope);
  });
  expect(grid.lowest).toBe(5);
});

it("a grid of all parameters is the statistic itself, the last axis fastest", () => {
  const axes = [
    { index: 1, from: 2, to: 4, steps: 2 },
    { index: 0, from: 1, to: 100, steps: 4, logarithmic: true },
  ];
  const { values, statistic, x } = stepPar(problem, axes);
  values[1].forEach((value, i) => {
    expect(value).toBeCloseTo(10 ** (i / 2), 10);
  });
  for (let point = 0; point < 15; point++) {
    const slope = values[0][Math.floor(point / 5)];
    const intercept = values[1][point % 5];
    expect(Array.from(x.subarray(2 * point, 2 * point + 2))).toEqual([intercept, slope]);
    expect(statistic[point]).toBe(problem.statistic(Float64Array.of(intercept, slope)));
  }
});
