import { describe, expect, it } from "vitest";
import { lnGamma } from "../math/gamma.ts";
import { stream } from "../math/random.ts";
import { createPhysicsKernels } from "./physics.ts";
import { poissonReference } from "./physics-reference.ts";

const kernels = createPhysicsKernels({ memoryBytes: 8 * 2 ** 20 });

describe("uniforms", () => {
  it.each([
    { seed: 0, name: "", firstIndex: 0 },
    { seed: 123, name: "noise", firstIndex: 7 },
    { seed: 2 ** 40 + 77, name: "größer", firstIndex: 2 ** 33 + 5 },
    { seed: 2 ** 53 - 1, name: "last", firstIndex: 2 ** 53 - 1 },
  ])("are those of the stream, bit for bit: seed $seed, $name, $firstIndex", (key) => {
    const out = new Float64Array(1001);
    kernels.uniform(out, key);
    const rng = stream(key.seed, key.name, key.firstIndex);
    expect(out).toEqual(Float64Array.from(out, () => rng.uniform()));
  });
});

const MEANS = [0.001, 0.1, 1, 5, 9.99, 10, 12, 30, 100, 1000, 1e5];
const DRAWS = 200_000;

function drawMany(mean: number, n: number, name: string): Float64Array {
  const out = new Float64Array(n);
  kernels.poisson(out, new Float64Array(n).fill(mean), n / 100, { seed: 5, name });
  return out;
}

/**
 * Chi-square of the counts against the Poisson law in cells of expectation >= 50, as a standard normal
 * (Wilson & Hilferty 1931).
 */
function chiSquareZ(draws: Float64Array, mean: number): number {
  const width = Math.max(1, Math.floor(Math.sqrt(mean) / 8));
  const low = Math.max(0, Math.floor(mean - 12 * Math.sqrt(mean) - 5));
  const cells = Math.ceil((24 * Math.sqrt(mean) + 30) / width);
  const found = new Float64Array(cells);
  for (const k of draws) found[Math.min(cells - 1, Math.max(0, Math.floor((k - low) / width)))]++;
  let [chi2, freedom, expected, seen] = [0, -1, 0, 0];
  for (let cell = 0; cell < cells; cell++) {
    for (let k = low + cell * width; k < low + (cell + 1) * width; k++) {
      expected += draws.length * Math.exp(k * Math.log(mean) - mean - lnGamma(k + 1));
    }
    seen += found[cell];
    if (expected < 50 && cell < cells - 1) continue;
    if (expected > 1e-3 || seen > 0) {
      chi2 += (seen - expected) ** 2 / Math.max(expected, 1e-3);
      freedom++;
    }
    [expected, seen] = [0, 0];
  }
  const t = 2 / (9 * freedom);
  return (Math.cbrt(chi2 / freedom) - (1 - t)) / Math.sqrt(t);
}

describe("Poisson draws", () => {
  it("are those of the plain generator, draw for draw: both round alike but in the last bits of exp and log", () => {
    const [n, bins] = [40, 193];
    const rng = stream(6, "means");
    // Means from 1e-4 to 1e6, with zeros.
    const mu = Float64Array.from({ length: n * bins }, () =>
      rng.uniform() < 0.05 ? 0 : 10 ** (10 * rng.uniform() - 4),
    );
    const key = { seed: 7, name: "draws", firstIndex: 3 };
    const out = new Float64Array(n * bins);
    const expected = new Float64Array(n * bins);
    kernels.poisson(out, mu, n, key);
    poissonReference(expected, mu, n, key);
    // A draw differs only where a uniform falls within 1e-10 of an edge: probability 1e-6 for all of these.
    expect(out).toEqual(expected);
  });

  // z is standard normal; one-sided limit 5: 3e-7 false alarms a mean, 3e-6 in all.
  it.each(MEANS)("follow the Poisson law of mean %d (chi-square)", (mean) => {
    expect(chiSquareZ(drawMany(mean, DRAWS, "chi-square"), mean)).toBeLessThan(5);
  });

  it("would fail that test if the mean were 2 % off", () => {
    for (const mean of MEANS.slice(2)) {
      expect(chiSquareZ(drawMany(1.02 * mean, DRAWS, "power"), mean)).toBeGreaterThan(5);
    }
  });

  // Standard errors of mean and variance: sqrt(mu / n) and sqrt((2 mu^2 + mu) / n); 5 sigma, two-sided: 6e-7
  // each, 2e-5 in all.
  it.each([...MEANS, 3e8, 1e12])("have mean and variance %d", (mean) => {
    const draws = drawMany(mean, DRAWS, "moments");
    const shifted = draws.map((k) => k - mean);
    const average = shifted.reduce((sum, x) => sum + x, 0) / DRAWS;
    const variance = shifted.reduce((sum, x) => sum + x * x, 0) / DRAWS;
    expect(Math.abs(average)).toBeLessThan(5 * Math.sqrt(mean / DRAWS));
    expect(Math.abs(variance - mean)).toBeLessThan(5 * Math.sqrt((2 * mean * mean + mean) / DRAWS));
  });

  it("of mean 0 are 0", () => {
    expect(drawMany(0, 1000, "zero").every((k) => k === 0)).toBe(true);
  });

  it("do not depend on how the rows are cut into batches, nor on where the arrays lie or of which kind they are", () => {
    const [n, bins] = [150, 95];
    const mu = Float64Array.from({ length: n * bins }, (_, i) => Math.fround(100 * Math.abs(Math.sin(i))));
    const key = { seed: 8, name: "chunks", firstIndex: 2 ** 32 - 50 };
    const whole = new Float64Array(n * bins);
    kernels.poisson(whole, mu, n, key);
    const parts = new Uint32Array(n * bins);
    for (let first = 0; first < n; first += 7) {
      const rows = Math.min(7, n - first);
      const means = Float32Array.from(mu.subarray(first * bins, (first + rows) * bins));
      kernels.poisson(parts.subarray(first * bins), means, rows, {
        ...key,
        firstIndex: key.firstIndex + first,
      });
    }
    expect([...parts]).toEqual([...whole]);
    const placed = kernels.vector.alloc(n * bins);
    placed.set(mu);
    kernels.poisson(placed, placed, n, key);
    expect([...placed]).toEqual([...whole]);
    kernels.release(placed);
  });

  it.each([-1, -1e-300, Number.NaN, Infinity])(
    "with a mean of %d are refused by an error that names the bin",
    (bad) => {
      const mu = new Float64Array(5 * 7).fill(3);
      mu[4 * 7 + 6] = bad;
      expect(() => kernels.poisson(new Float64Array(35), mu, 5, { seed: 1, name: "bad" })).toThrow(
        `found ${bad} in bin 6 of spectrum 4`,
      );
    },
  );
});
