import { describe, expect, it } from "vitest";
import { gammaQ } from "../math/incomplete-gamma.ts";
import { countsDistance, labelDraws, posteriorReach } from "./restriction.ts";

const nearest = { ways: 1, share: 0.25, reach: () => Float64Array.of(10) };

describe("the labels of a restriction", () => {
  it("are made by one cut for the draws of all rounds, which falls as the region shrinks", () => {
    const first = Float64Array.from({ length: 100 }, (_, i) => 100 + i);
    const one = labelDraws(nearest, first, new Uint8Array(100).fill(1));
    expect(one.member.reduce((a, b) => a + b, 0)).toBe(25);
    // The second round draws where the first had its members, and nearer ones turn up.
    const second = Float64Array.from({ length: 75 }, (_, i) => 50 + i);
    const all = Float64Array.of(...first, ...second);
    const inside = Uint8Array.of(...one.member, ...new Uint8Array(75).fill(1));
    const two = labelDraws(nearest, all, inside);
    expect(two.cut[0]).toBeLessThan(one.cut[0]);
    all.forEach((v, i) => {
      expect(two.member[i]).toBe(v <= two.cut[0] ? 1 : 0);
    });
    expect(two.final).toBe(false);
  });

  it("do not go below what is wanted in the end", () => {
    const distances = Float64Array.from({ length: 100 }, (_, i) => i / 10);
    const { cut, final, member } = labelDraws(nearest, distances, new Uint8Array(100).fill(1));
    expect([cut[0], final]).toEqual([10, true]);
    expect(member.every((m) => m === 1)).toBe(true);
  });

  it("are those of the nearest of several observations", () => {
    const ways = { ways: 2, share: 0, reach: () => Float64Array.of(1, 2) };
    const { member } = labelDraws(ways, Float64Array.of(0, 9, 9, 2, 9, 9), new Uint8Array(3).fill(1));
    expect(Array.from(member)).toEqual([1, 1, 0]);
  });
});

it("expected counts are at distance 0 inside their range, and ln of the factor outside", () => {
  const mu = Float32Array.of(10, 10, 50, 50, 400, 400, 0, 0);
  const [below, inside, above, none] = countsDistance(mu, 2, 40, 200);
  expect([below, inside, above, none]).toEqual([Math.log(2), 0, Math.log(4), Number.POSITIVE_INFINITY]);
});

it("a Gaussian posterior of any dimension has less than 1e-6, and more than 1e-7, beyond its reach", () => {
  for (let D = 1; D <= 20; D++) {
    const beyond = gammaQ(D / 2, posteriorReach(D) / 2);
    expect(beyond).toBeLessThan(1e-6);
    expect(beyond).toBeGreaterThan(1e-7);
  }
});
