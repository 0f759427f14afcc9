import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { jointPrior } from "../prior/joint.ts";
import { loguniform } from "../prior/loguniform.ts";
import { uniform } from "../prior/uniform.ts";
import { levelTest, openRegion } from "./region.ts";

const prior = jointPrior([
  { name: "a", prior: uniform(-1, 3) },
  { name: "b", prior: loguniform(0.1, 10) },
]);
const D = 2;

/** Two discs of radius 0.3 in the unit square that overlap, the second one cut by the square's edge, and its height doubled. */
const discs = [
  { mean: Float64Array.of(0.5, 0.5), factor: Float64Array.of(0.1, 0, 0, 0.1), radius: 3 },
  { mean: Float64Array.of(0.8, 0.6), factor: Float64Array.of(0.15, 0, 0.1, 0.2), radius: 2 },
];

function draws(n: number) {
  const { draw } = openRegion({ ellipsoids: discs }, prior);
  const kept: number[] = [];
  const point = new Float64Array(D);
  for (let i = 0; i < n; i++) if (draw?.(point, stream(1, "region", i))) kept.push(...point);
  return Float64Array.from(kept);
}

/** Square of the unit cube, 8 a side, that theta lies in. */
const cell = (theta: ArrayLike<number>, i: number) => {
  const [u, v] = [0, 1].map((d) => Math.min(7, Math.floor(8 * prior.priors[d].cdf(theta[i * D + d]))));
  return 8 * u + v;
};

describe("a region of ellipsoids", () => {
  it("is drawn from uniformly in the unit cube, overlaps and edges included", () => {
    const theta = draws(40_000);
    const n = theta.length / D;
    // Expected share of every cell from a grid of 400 x 400 points, with `contains` as the judge.
    const { contains } = openRegion({ ellipsoids: discs }, prior);
    const grid = Float64Array.from({ length: 2 * 160_000 }, (_, k) => {
      const i = Math.floor(k / 2);
      return prior.priors[k % 2].quantile(((k % 2 === 0 ? i % 400 : Math.floor(i / 400)) + 0.5) / 400);
    });
    const inside = contains(grid);
    const area = new Float64Array(64);
    inside.forEach((yes, i) => {
      area[cell(grid, i)] += yes;
    });
    const whole = area.reduce((sum, v) => sum + v, 0);
    const counted = new Float64Array(64);
    for (let i = 0; i < n; i++) counted[cell(theta, i)]++;
    // Chi-square over the cells of at least 10 expected draws. The normal deviate of Wilson & Hilferty exceeds 4 once in 30 000 seeds.
    let chi = 0;
    let cells = 0;
    for (let k = 0; k < 64; k++) {
      const expected = (n * area[k]) / whole;
      if (expected < 10) continue;
      chi += (counted[k] - expected) ** 2 / expected;
      cells++;
    }
    const width = 2 / (9 * (cells - 1));
    expect((Math.cbrt(chi / (cells - 1)) - 1 + width) / Math.sqrt(width)).toBeLessThan(4);
    expect(cells).toBeGreaterThan(15);
  });

  it("holds all that is drawn from it", () => {
    const { contains } = openRegion({ ellipsoids: discs }, prior);
    expect(contains(draws(2000)).every((yes) => yes === 1)).toBe(true);
  });

  it("is everything where nothing is asked", () => {
    const { contains, draw } = openRegion({}, prior);
    expect(draw).toBeUndefined();
    expect(Array.from(contains(Float64Array.of(0, 1, 2, 3)))).toEqual([1, 1]);
  });
});

describe("levels of a density", () => {
  const logProb = ([middle]: Float64Array, theta: Float64Array) =>
    Float64Array.from({ length: theta.length / D }, (_, i) => -((theta[i * D] - middle) ** 2));
  const test = levelTest(
    {
      cuts: [
        { counts: Float64Array.of(0), threshold: -1 },
        { counts: Float64Array.of(5), threshold: -4 },
      ],
    },
    logProb,
    D,
  );

  it("hold what any one of the spectra asks for", () => {
    const theta = Float64Array.from([0.9, 0, 1.1, 0, 3.1, 0, 2.9, 0]);
    expect(Array.from(test(theta))).toEqual([1, 0, 1, 0]);
  });

  it("cut the ellipsoids", () => {
    const { contains } = openRegion({ ellipsoids: discs }, prior, [test]);
    // The middle of the first disc has a = 1, beyond both levels; a = 0.9 is within the first.
    expect(Array.from(contains(Float64Array.of(1.01, 1, 0.9, 1, -0.9, 1)))).toEqual([0, 1, 0]);
  });
});
