import { expect, it } from "vitest";
import { fnv1a32, gammaQ, normalCdf, philox4x32, stream } from "./index.ts";

const philox = (counter: readonly number[], key: readonly number[]): string[] => {
  const out = new Uint32Array(4);
  philox4x32(out, counter[0], counter[1], counter[2], counter[3], key[0], key[1]);
  return Array.from(out, (word) => word.toString(16).padStart(8, "0"));
};

it("Philox4x32-10 gives the known answers of Random123 (kat_vectors)", () => {
  const ones = 0xffffffff;
  expect(philox([0, 0, 0, 0], [0, 0])).toEqual(["6627e8d5", "e169c58d", "bc57ac4c", "9b00dbd8"]);
  expect(philox([ones, ones, ones, ones], [ones, ones])).toEqual([
    "408f276d",
    "41c83b0e",
    "a20bc7c6",
    "6d5451fd",
  ]);
  const pi = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
  expect(philox(pi, [0xa4093822, 0x299f31d0])).toEqual(["d16cfe09", "94fdcceb", "5001e420", "24126ea1"]);
});

it("FNV-1a gives the published hashes", () => {
  expect(fnv1a32("")).toBe(0x811c9dc5);
  expect(fnv1a32("a")).toBe(0xe40c292c);
  expect(fnv1a32("foobar")).toBe(0xbf9cf968);
});

it("a stream consumes the words of Philox in order under the documented key and counter", () => {
  const seed = 5 * 2 ** 32 + 7;
  const index = 3 * 2 ** 32 + 11;
  const rng = stream(seed, "simulate", index);
  for (let block = 0; block < 3; block++) {
    const expected = philox([block, 11, 3, fnv1a32("simulate")], [7, 5]);
    expect(expected.map(() => rng.uint32().toString(16).padStart(8, "0"))).toEqual(expected);
  }
});

it("a uniform number takes 27 and 26 bits of two words", () => {
  const words = stream(1, "u");
  const [a, b] = [words.uint32(), words.uint32()];
  expect(stream(1, "u").uniform()).toBe(((a >>> 5) * 2 ** 26 + (b >>> 6) + 0.5) * 2 ** -53);
});

it("normal numbers are the two halves of Box-Muller", () => {
  const uniforms = stream(2, "n");
  const [u1, u2] = [uniforms.uniform(), uniforms.uniform()];
  const rng = stream(2, "n");
  const radius = Math.sqrt(-2 * Math.log(u1));
  expect(rng.normal()).toBe(radius * Math.cos(2 * Math.PI * u2));
  expect(rng.normal()).toBe(radius * Math.sin(2 * Math.PI * u2));
});

it("seed, name and index each select a different stream, and the same three the same one", () => {
  const first = (seed: number, name: string, index: number) => stream(seed, name, index).uint32();
  const values = [
    first(1, "a", 0),
    first(2, "a", 0),
    first(1, "b", 0),
    first(1, "a", 1),
    first(1 + 2 ** 32, "a", 0),
  ];
  expect(new Set(values).size).toBe(5);
  expect(first(1, "a", 0)).toBe(values[0]);
});

it("seeds and indices that are not safe integers are refused", () => {
  for (const bad of [-1, 0.5, Number.NaN, 2 ** 53]) {
    expect(() => stream(bad, "a")).toThrow(/seed/);
    expect(() => stream(1, "a", bad)).toThrow(/index/);
  }
});

/** Largest distance between the empirical and the true cdf, times sqrt n. */
const kolmogorov = (cdfValues: number[]): number => {
  const sorted = Float64Array.from(cdfValues).sort();
  const n = sorted.length;
  return Math.sqrt(n) * sorted.reduce((d, p, i) => Math.max(d, p - i / n, (i + 1) / n - p), 0);
};

// Kolmogorov's distribution: P(D > 2.23) = 1e-4. The seeds are fixed, so this fails always or never.
it("uniform and normal numbers follow their distributions (false alarm 1e-4 each)", () => {
  const rng = stream(3, "distribution");
  const uniforms = Array.from({ length: 40_000 }, () => rng.uniform());
  const normals = Array.from({ length: 40_000 }, () => rng.normal());
  expect(kolmogorov(uniforms)).toBeLessThan(2.23);
  expect(kolmogorov(normals.map(normalCdf))).toBeLessThan(2.23);
});

// Pearson's statistic over bins of at least 8 expected draws; false alarm 1e-5 a mean from its chi-square law.
it.each([0.02, 0.7, 4, 9.99, 10, 13.3, 57, 500, 30_000])(
  "Poisson draws of mean %d follow the Poisson law",
  (mean) => {
    const n = 60_000;
    const draws = new Map<number, number>();
    const rng = stream(4, "poisson", Math.round(mean * 100));
    for (let i = 0; i < n; i++) {
      const k = rng.poisson(mean);
      draws.set(k, (draws.get(k) ?? 0) + 1);
    }
    let statistic = 0;
    let bins = 0;
    let expected = 0;
    let found = 0;
    let before = 0;
    for (let k = 0; k < mean + 12 * Math.sqrt(mean) + 20; k++) {
      const cdf = gammaQ(k + 1, mean);
      expected += n * (cdf - before);
      before = cdf;
      found += draws.get(k) ?? 0;
      if (expected < 8 || n * (1 - cdf) < 8) continue;
      statistic += (found - expected) ** 2 / expected;
      bins++;
      expected = 0;
      found = 0;
    }
    expected += n * (1 - before);
    if (expected > 0.5) statistic += (found - expected) ** 2 / expected;
    expect(gammaQ(Math.max(bins, 1) / 2, statistic / 2)).toBeGreaterThan(1e-5);
    expect(Array.from(draws.values()).reduce((a, b) => a + b)).toBe(n);
  },
);

it("Poisson draws of mean zero are zero, and impossible means are internal errors", () => {
  const rng = stream(5, "poisson");
  expect(rng.poisson(0)).toBe(0);
  for (const mean of [-1, Number.NaN, Infinity])
    expect(() => rng.poisson(mean)).toThrow(/internal: Poisson mean/);
});
