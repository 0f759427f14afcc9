import { expect, it } from "vitest";
import { stream } from "../math/random.ts";
import {
  covarianceAt,
  hessianAt,
  minimise,
  nelderMead,
  type SearchParameter,
  type Statistic,
} from "./index.ts";

const free = (d: number, scale = 1): SearchParameter[] =>
  Array.from({ length: d }, () => ({ lower: -Infinity, upper: Infinity, scale }));

/** x^T A x with eigenvalues from 1 to `condition` along random directions, minimum at `center`. */
const quadratic = (d: number, condition: number, center: number): Statistic => {
  const rng = stream(1, "quadratic");
  const rows = Array.from({ length: d }, () => Float64Array.from({ length: d }, () => rng.normal()));
  return (x) =>
    rows.reduce((sum, row, k) => {
      const projected = row.reduce((s, r, i) => s + r * (x[i] - center), 0);
      return sum + condition ** (k / Math.max(1, d - 1)) * projected * projected;
    }, 0);
};

const rosenbrock: Statistic = (x) => {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) sum += 100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2;
  return sum;
};

/** C-stat of K e^(-G ln E) against counts drawn at the truth (K, G) = (50, 1.7), and an exponential of norm 1000. */
const powerlawFit = (() => {
  const energies = Array.from({ length: 80 }, (_, i) => 0.5 * 1.03 ** i);
  const model = (theta: ArrayLike<number>, energy: number) =>
    theta[0] * energy ** -theta[1] + theta[2] * Math.exp(-2 * energy);
  const rng = stream(2, "counts");
  const counts = energies.map((energy) => rng.poisson(model([50, 1.7, 1000], energy)));
  const statistic: Statistic = (theta) =>
    2 *
    energies.reduce((sum, energy, i) => {
      const mu = Math.max(model(theta, energy), 1e-10);
      return sum + mu - counts[i] + (counts[i] > 0 ? counts[i] * Math.log(counts[i] / mu) : 0);
    }, 0);
  return { energies, counts, statistic };
})();

it.each([1, 2, 5, 10])("a quadratic of condition 1e4 is minimised exactly, D = %d", (d) => {
  const { x, value, converged } = minimise(quadratic(d, 1e4, 3), new Float64Array(d).fill(-7), free(d));
  expect(converged).toBe(true);
  expect(value).toBeLessThan(1e-6);
  x.forEach((xi) => {
    expect(Math.abs(xi - 3)).toBeLessThan(1e-2);
  });
});

it.each([2, 4])("Rosenbrock's valley is followed to its end, D = %d", (d) => {
  const { value, converged } = minimise(rosenbrock, new Float64Array(d).fill(-1.2), free(d, 0.1));
  expect(converged).toBe(true);
  expect(value).toBeLessThan(1e-6);
});

it.each([1e-6, 1, 1e5])("the scale given is only a guess: %d times the right one does", (factor) => {
  const { value } = minimise(quadratic(3, 100, 3), [1, 2, 4], free(3, factor));
  expect(value).toBeLessThan(1e-6);
});

it("the best fit of a Poisson model solves the score equations", () => {
  const parameters = [
    { lower: 0, upper: 1e4, scale: 5 },
    { lower: -3, upper: 10, scale: 0.1 },
    { lower: 0, upper: 1e5, scale: 50 },
  ];
  const { statistic, energies, counts } = powerlawFit;
  const { x, value, converged, evaluations } = minimise(statistic, [30, 2.2, 300], parameters);
  expect(converged).toBe(true);
  expect(x[2]).toBeGreaterThan(100);
  expect(evaluations).toBeLessThan(1000);
  // Norms enter linearly, so that sum mu = sum counts at an interior best fit.
  const expected = energies.reduce((sum, e) => sum + x[0] * e ** -x[1] + x[2] * Math.exp(-2 * e), 0);
  expect(expected / counts.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
  // 300 random points around, none better than by the accuracy promised.
  const rng = stream(3, "around");
  for (let i = 0; i < 300; i++) {
    const near = x.map((xi, j) => xi + 0.01 * parameters[j].scale * rng.normal());
    expect(statistic(near)).toBeGreaterThan(value - 1e-6);
  }
});

it("a minimum beyond a limit is found on the limit, the others at their constrained best", () => {
  const f: Statistic = (x) => (x[0] + x[1] - 5) ** 2 + (x[0] - x[1]) ** 2;
  const parameters = [
    { lower: 0, upper: 1, scale: 0.3 },
    { lower: -10, upper: 10, scale: 1 },
  ];
  const { x, value } = minimise(f, [0.5, 0], parameters);
  // At x0 = 1: (x1 - 4)^2 + (x1 - 1)^2 is least at 2.5.
  expect(x[0]).toBe(1);
  expect(x[1]).toBeCloseTo(2.5, 3);
  expect(value).toBeCloseTo(4.5, 6);
});

it("a start outside the limits is moved inside, and nothing outside is ever evaluated", () => {
  const parameters = [{ lower: 1, upper: 2, scale: 1 }];
  let outside = 0;
  const f: Statistic = ([x]) => {
    if (x < 1 || x > 2) outside++;
    return (x - 1.3) ** 2 * 1e4;
  };
  expect(minimise(f, [7], parameters).x[0]).toBeCloseTo(1.3, 5);
  expect(outside).toBe(0);
});

it("kinks and places that are not finite are survived", () => {
  const kink: Statistic = (x) => Math.abs(x[0] - 1) + Math.abs(x[1] + 2);
  expect(minimise(kink, [4, 4], free(2)).value).toBeLessThan(1e-5);
  const wall: Statistic = ([x, y]) => (x < 0 ? Number.NaN : x - Math.log(x) + y * y);
  expect(minimise(wall, [3, 1], free(2)).value).toBeCloseTo(1, 6);
});

it("a parameter that does not matter does not hinder the others", () => {
  expect(minimise((x) => 10 * (x[0] - 2) ** 2, [9, 5], free(2)).value).toBeLessThan(1e-6);
});

it("the result is never worse than the start", () => {
  const nowhere: Statistic = () => Number.NaN;
  expect(minimise(nowhere, [1], free(1)).value).toBe(Infinity);
  const { x, value } = minimise((t) => (t[0] === 1 ? 0 : 1), [1], free(1));
  expect([x[0], value]).toEqual([1, 0]);
});

it("the simplex alone finds a minimum", () => {
  const { value, converged } = nelderMead(rosenbrock, Float64Array.of(-1.2, 1), free(2, 0.5), 1e-9);
  expect(converged).toBe(true);
  expect(value).toBeLessThan(1e-6);
});

it("the Hessian of a quadratic is exact, and the covariance is twice its inverse", () => {
  // Parabolas are exact for quadratics: only rounding, 1e-16 / 0.03^2, is left.
  const f: Statistic = ([x, y]) => 3 * x * x + 2 * x * y + 5 * y * y;
  const hessian = hessianAt(f, Float64Array.of(0, 0), free(2, 0.2));
  [6, 2, 2, 10].forEach((entry, i) => {
    expect(hessian[i]).toBeCloseTo(entry, 9);
  });
  const covariance = covarianceAt(f, Float64Array.of(0, 0), free(2, 0.2))!;
  [10, -2, -2, 6].forEach((entry, i) => {
    expect(covariance[i]).toBeCloseTo((2 * entry) / 56, 9);
  });
  expect(covarianceAt((x) => -x[0] * x[0], Float64Array.of(0), free(1))).toBeUndefined();
});
