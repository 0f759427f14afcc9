import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { meanDensity } from "./mean-density.ts";
import type { ConditionalDensity } from "./posterior.ts";

/** N(mean + x, sd^2) in one dimension. */
function gaussian(mean: number, sd: number): ConditionalDensity {
  return {
    sample: (x, n, { seed, name, first }) => {
      const z = Float64Array.from(
        { length: n },
        (_, i) => mean + x[0] + sd * stream(seed, name, first + i).normal(),
      );
      return { z, logProb: gaussian(mean, sd).logProb(z, x) };
    },
    logProb: (z, x) =>
      z.map((v) => -0.5 * ((v - mean - x[0]) / sd) ** 2 - Math.log(sd) - 0.5 * Math.log(2 * Math.PI)),
  };
}

const parts = [gaussian(-2, 0.5), gaussian(1, 1), gaussian(3, 0.2)];
const mixture = meanDensity(parts);
const x = Float64Array.of(0.3);

describe("the mean of densities", () => {
  it("is the mean, not that of logarithms", () => {
    const z = Float64Array.of(-2, 0, 1.1, 3.3, 9);
    const each = parts.map((part) => part.logProb(z, x));
    mixture.logProb(z, x).forEach((value, i) => {
      const mean = each.reduce((sum, one) => sum + Math.exp(one[i]), 0) / 3;
      // Two roundings of exp and log.
      expect(value).toBeCloseTo(Math.log(mean), 12);
    });
  });

  it("is drawn from in equal shares, each draw with its density", () => {
    const n = 3000;
    const { z, logProb } = mixture.sample(x, n, { seed: 1, name: "test", first: 0 });
    expect(logProb).toEqual(mixture.logProb(z, x));
    // Mean of a third each of -1.7, 1.3, 3.3; its error is sd / sqrt(n) = 0.04; five of them: 1 false alarm in 2 million seeds.
    const mean = z.reduce((sum, v) => sum + v, 0) / n;
    expect(Math.abs(mean - (2 / 3 + 0.3))).toBeLessThan(0.2);
    expect(z.filter((v) => v > 3.3).length).toBeGreaterThan(300);
  });

  it("gives the same draw for the same number, however they are asked for", () => {
    const all = mixture.sample(x, 20, { seed: 1, name: "test", first: 0 });
    for (const [first, count] of [
      [0, 1],
      [1, 1],
      [4, 7],
      [11, 9],
    ]) {
      const some = mixture.sample(x, count, { seed: 1, name: "test", first });
      expect(some.z).toEqual(all.z.slice(first, first + count));
      expect(some.logProb).toEqual(all.logProb.slice(first, first + count));
    }
  });

  it("of one density is that density, draw by draw", () => {
    const given = { seed: 5, name: "test", first: 3 };
    expect(meanDensity([parts[0]]).sample(x, 5, given)).toEqual(parts[0].sample(x, 5, given));
  });
});
