import { expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { countEllipsoids } from "./ellipsoid-union.ts";
import { countFriends } from "./friends.ts";
import { buildRegion, drawFromRegion, type Region } from "./region.ts";

/** Uniform points (N, D) of the part of the unit cube where `inside` holds. */
const uniformIn = (inside: (u: Float64Array) => boolean, n: number, d: number, name: string) => {
  const rng = stream(1, name);
  const points = new Float64Array(n * d);
  const u = new Float64Array(d);
  for (let i = 0; i < n; ) {
    for (let j = 0; j < d; j++) u[j] = rng.uniform();
    if (inside(u)) points.set(u, d * i++);
  }
  return points;
};

const holds = (region: Region, u: Float64Array) => {
  const scratch = new Float64Array(u.length);
  return (
    countFriends(region.friends, u, scratch, 1) > 0 && countEllipsoids(region.ellipsoids, u, scratch, 1) > 0
  );
};

const contours = [
  { name: "ball", d: 3, inside: (u: Float64Array) => Math.hypot(u[0] - 0.5, u[1] - 0.5, u[2] - 0.5) < 0.3 },
  { name: "corner", d: 3, inside: (u: Float64Array) => u[0] + 2 * u[1] + 3 * u[2] < 0.8 },
  { name: "banana", d: 2, inside: (u: Float64Array) => Math.abs(u[1] - 3 * (u[0] - 0.5) ** 2 - 0.1) < 0.03 },
  {
    name: "two islands",
    d: 2,
    inside: (u: Float64Array) =>
      Math.hypot(u[0] - 0.2, u[1] - 0.2) < 0.1 || Math.hypot(u[0] - 0.8, u[1] - 0.7) < 0.05,
  },
  { name: "interval", d: 1, inside: (u: Float64Array) => u[0] > 0.4 && u[0] < 0.5 },
];

it.each(contours)(
  "$name: the region of 400 points holds them all and 99.5 % of fresh ones",
  ({ name, d, inside }) => {
    const region = buildRegion(uniformIn(inside, 400, d, name), 400, d, 0, stream(2, name));
    const count = (points: Float64Array) =>
      Array.from({ length: points.length / d }, (_, i) => points.subarray(i * d, i * d + d)).filter((u) =>
        holds(region, u),
      ).length;
    expect(count(uniformIn(inside, 400, d, name))).toBe(400);
    expect(count(uniformIn(inside, 4000, d, `${name} fresh`))).toBeGreaterThan(3980);
  },
);

it.each(contours)(
  "$name: draws are uniform in the region, whichever part they come from",
  ({ name, d, inside }) => {
    const region = buildRegion(uniformIn(inside, 400, d, name), 400, d, 0, stream(2, name));
    const rng = stream(3, name);
    const draws = 4000;
    const u = new Float64Array(d);
    /** Shares of points in four quarters along the first coordinate's quartiles of the contour, and outside the contour. */
    const quarter = (point: Float64Array) => Math.min(3, Math.floor(4 * point[0])) + (inside(point) ? 4 : 0);
    const found = new Float64Array(8);
    for (let i = 0; i < draws; i++) {
      expect(drawFromRegion(u, region, rng)).toBe(true);
      found[quarter(u)]++;
    }
    const expected = new Float64Array(8);
    const reference = uniformIn((point) => holds(region, point), draws, d, `${name} reference`);
    for (let i = 0; i < draws; i++) expected[quarter(reference.subarray(i * d, i * d + d))]++;
    expect(found.reduce((sum, count) => sum + count)).toBe(draws);
    // Difference of two counts: 5 sigma, false alarm 6e-7 a cell.
    found.forEach((count, cell) => {
      expect(Math.abs(count - expected[cell])).toBeLessThan(5 * Math.sqrt(count + expected[cell] + 1));
    });
  },
);

it("islands get balls and ellipsoids of their own", () => {
  const { name, d, inside } = contours[3];
  const region = buildRegion(uniformIn(inside, 400, d, name), 400, d, 0, stream(2, name));
  expect(region.friends.clusters).toBe(2);
  expect(region.ellipsoids.members.length).toBe(2);
  expect(holds(region, Float64Array.of(0.5, 0.45))).toBe(false);
});
