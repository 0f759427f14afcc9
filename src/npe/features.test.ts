import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { type FeatureMap, featureCount, features } from "./features.ts";
import { binFeatures } from "./features-bins.ts";
import { featureMoments, standardise, varying } from "./features-moments.ts";
import { sufficientBasis } from "./sufficient.ts";

const C = 6;
const N = 200;

/** Counts (N, C) of Poisson means that vary with the row; the last bin is always empty, the one before always 2. */
const counts = new Float64Array(N * C);
for (let i = 0; i < N; i++) {
  const rng = stream(1, "features", i);
  for (let c = 0; c < C - 2; c++) counts[i * C + c] = rng.poisson(5 + 3 * Math.sin(i + c));
  counts[i * C + C - 2] = 2;
}

function binMap(kind: "raw" | "sqrt"): FeatureMap {
  const used = varying(counts, C);
  return { kind, bins: C, used, ...featureMoments(binFeatures(kind, used, counts, C), used.length) };
}

function sufficientMap(): FeatureMap {
  const mu = counts.map((v) => v + 0.5);
  const basis = sufficientBasis(mu, C);
  const F = basis.length / C + 1;
  return { kind: "sufficient", bins: C, basis, mean: new Float64Array(F), sd: new Float64Array(F).fill(1) };
}

describe("features of bins", () => {
  it("leave out bins that are the same in all spectra", () => {
    expect(Array.from(varying(counts, C))).toEqual([0, 1, 2, 3]);
    expect(featureCount(binMap("raw"))).toBe(4);
  });

  it("are the counts, or 2 sqrt(x + 3/8), with mean 0 and variance 1 over the training set", () => {
    for (const kind of ["raw", "sqrt"] as const) {
      const values = features(binMap(kind), counts);
      const { mean, sd } = featureMoments(values, 4);
      mean.forEach((v) => {
        expect(v).toBeCloseTo(0, 12);
      });
      sd.forEach((v) => {
        expect(v).toBeCloseTo(1, 12);
      });
    }
    const used = Int32Array.of(2, 0);
    expect(Array.from(binFeatures("raw", used, [7, 8, 9], 3))).toEqual([9, 7]);
    expect(Array.from(binFeatures("sqrt", used, [0.625, 8, 8.625], 3))).toEqual([6, 2]);
  });
});

describe("sufficient features", () => {
  it("are the shape projections per count and the logarithm of the total", () => {
    const basis = Float64Array.of(1, 0, 0, 2, 3, 1); // (3, 2)
    const map: FeatureMap = {
      kind: "sufficient",
      bins: 3,
      basis,
      mean: Float64Array.of(0, 0, 1),
      sd: Float64Array.of(1, 1, 2),
    };
    const [a, b, total] = features(map, [1, 2, 5]);
    expect(a).toBeCloseTo((1 * 1 + 5 * 3) / 8, 14);
    expect(b).toBeCloseTo((2 * 2 + 5 * 1) / 8, 14);
    expect(total).toBeCloseTo((Math.log(8.5) - 1) / 2, 14);
  });

  it("of a shape do not depend on how many counts show it", () => {
    const map = sufficientMap();
    const F = featureCount(map);
    const once = features(map, counts.subarray(0, C));
    const often = features(
      map,
      counts.slice(0, C).map((v) => 7 * v),
    );
    for (let f = 0; f < F - 1; f++) expect(often[f]).toBeCloseTo(once[f], 12);
    expect(often[F - 1]).toBeGreaterThan(once[F - 1]);
  });
});

describe("features of any kind", () => {
  const maps = [binMap("raw"), binMap("sqrt"), sufficientMap()];

  it("are finite for a spectrum without a single count", () => {
    for (const map of maps)
      expect(features(map, new Float64Array(C)).every((v) => Number.isFinite(v))).toBe(true);
  });

  it("of many spectra are those of each", () => {
    for (const map of maps) {
      const F = featureCount(map);
      const all = features(map, counts);
      for (const i of [0, 3, N - 1])
        expect(all.slice(i * F, (i + 1) * F)).toEqual(features(map, counts.slice(i * C, (i + 1) * C)));
    }
  });

  it("that never vary are standardised to zero, not to infinity", () => {
    const moments = featureMoments(Float64Array.of(3, 1, 3, 2), 2);
    expect(Array.from(standardise(Float64Array.of(3, 1), moments))).toEqual([0, -1]);
  });
});
