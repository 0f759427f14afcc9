import { expect, it } from "vitest";
import { featureCount, features } from "./features.ts";
import type { AutoencoderFeatures } from "./features-autoencoder.ts";

/** Three bins of which two are seen; two hidden units, one latent variable. */
const map: AutoencoderFeatures = {
  kind: "autoencoder",
  bins: 3,
  used: Int32Array.of(0, 2),
  inputs: { mean: Float64Array.of(3, 5), sd: Float64Array.of(1, 2) },
  layers: [
    { weight: Float32Array.of(1, -2, 0.5, 3), bias: Float32Array.of(0.25, -1) },
    { weight: Float32Array.of(2, -1), bias: Float32Array.of(0.5) },
  ],
  mean: Float64Array.of(0.75),
  sd: Float64Array.of(4),
};

it("an encoder is its layers one after the other, on standardised Anscombe counts", () => {
  const silu = (u: number) => u / (1 + Math.exp(-u));
  const [a, b] = [2 * Math.sqrt(6 + 0.375) - 3, (2 * Math.sqrt(1.375) - 5) / 2];
  const [p, q] = [silu(a + 0.5 * b + 0.25), silu(-2 * a + 3 * b - 1)];
  expect(features(map, [6, 99, 1])[0]).toBeCloseTo((2 * p - q + 0.5 - 0.75) / 4, 12);
  expect(featureCount(map)).toBe(1);
});

it("an encoder's features of many spectra are those of each", () => {
  const counts = [6, 99, 1, 0, 0, 0, 3, 1, 8];
  expect([...features(map, counts)]).toEqual(
    [0, 3, 6].flatMap((i) => [...features(map, counts.slice(i, i + 3))]),
  );
});
