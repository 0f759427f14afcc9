import { describe, expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { type BackgroundLaw, modelData, netVariance } from "./background.ts";
import { type FeatureMap, features } from "./features.ts";
import { netBasis } from "./features-sufficient.ts";
import { sufficientBasis } from "./sufficient.ts";

/** Two spectra of three bins, the second without a background. */
const law: BackgroundLaw = {
  kind: "poisson",
  sizes: Int32Array.of(3, 3),
  ratio: Float64Array.of(0.5, 0.25, 0.1, 0, 0, 0),
  mean: Float64Array.of(4, 20, 30, 0, 0, 0),
  spread: 0.7,
};
const C = 6;
const modes = Float64Array.from({ length: C * 2 }, (_, i) => Math.sin(1 + i));

function map(): FeatureMap {
  const F = 4;
  return {
    kind: "sufficient",
    bins: 2 * C,
    background: law,
    basis: netBasis(modes, law),
    mean: new Float64Array(F),
    sd: new Float64Array(F).fill(1),
  };
}

describe("sufficient features of source and background counts", () => {
  const source = [5, 9, 12, 3, 0, 8];
  const background = [4, 16, 40, 0, 0, 0];

  it("are projections of net counts over D, ln D, and ln of the background's total", () => {
    const net = source.map((s, c) => s - law.ratio[c] * background[c]);
    const N = net.reduce((a, b) => a + b);
    const V = source.reduce((sum, s, c) => sum + s + law.ratio[c] ** 2 * background[c], 1);
    const D = 0.5 * (N + Math.sqrt(N * N + 4 * V));
    const along = (k: number) => net.reduce((sum, n, c) => sum + n * modes[2 * c + k], 0);
    const found = features(map(), [...source, ...background]);
    expect(found[0]).toBeCloseTo(along(0) / D, 12);
    expect(found[1]).toBeCloseTo(along(1) / D, 12);
    expect(found[2]).toBeCloseTo(Math.log(D), 12);
    expect(found[3]).toBeCloseTo(Math.log(60.5), 12);
  });

  it("are finite without a count, and where there is less than the background predicts", () => {
    for (const s of [0, 1])
      expect(
        features(map(), [...source.map((v) => s * v), ...background.map((b) => 50 * b)]).every(
          Number.isFinite,
        ),
      ).toBe(true);
    expect(features(map(), new Float64Array(2 * C)).every(Number.isFinite)).toBe(true);
  });

  it("of a model at its own expected counts have the model's net counts, whatever the background", () => {
    const mu = Float64Array.of(3, 5, 9, 3, 2, 7);
    const own = { ...map(), background: law } as FeatureMap;
    const raw = (b: number[]) => {
      const f = features(own, modelData(law, mu, [...source, ...b]));
      return [f[0] * Math.exp(f[2]), f[1] * Math.exp(f[2])];
    };
    const expected = [0, 1].map((k) => mu.reduce((sum, m, c) => sum + m * modes[2 * c + k], 0));
    for (const b of [background, background.map((v) => 3 * v)])
      raw(b).forEach((v, k) => {
        expect(v).toBeCloseTo(expected[k], 10);
      });
  });
});

it("net counts on the modes of ln(mu + r (1 + r) m) tell of a norm as well as the best of all weights", () => {
  // One parameter a: mu_c = a u_c. The best linear statistic has weights u_c / var(s_c - r b_c), and the information sum u^2 / var.
  const bins = 40;
  const u = Float64Array.from({ length: bins }, (_, c) => 20 * Math.exp(-c / 8));
  const wide: BackgroundLaw = {
    kind: "poisson",
    sizes: Int32Array.of(bins),
    ratio: new Float64Array(bins).fill(0.5),
    mean: Float64Array.from({ length: bins }, (_, c) => 4 + c),
    spread: 0.7,
  };
  const besides = netVariance(wide);
  const rows = 2000;
  const mu = new Float64Array(rows * bins);
  for (let i = 0; i < rows; i++) {
    const a = 0.7 + 0.6 * stream(1, "norm", i).uniform();
    for (let c = 0; c < bins; c++) mu[i * bins + c] = a * u[c] + besides[c];
  }
  const basis = sufficientBasis(mu, bins);
  const K = basis.length / bins;
  const variance = u.map((v, c) => v + besides[c]);
  // Information of a linear statistic w: (w . u)^2 / sum w^2 var; of the best in a span, u^T W (W^T V W)^-1 W^T u; here of its columns and 1.
  const columns = [
    new Float64Array(bins).fill(1),
    ...Array.from({ length: K }, (_, k) => Float64Array.from({ length: bins }, (_, c) => basis[c * K + k])),
  ];
  // Gram-Schmidt in the metric V.
  let information = 0;
  const done: Float64Array[] = [];
  for (const column of columns) {
    const w = column.slice();
    for (const d of done) {
      const along = w.reduce((sum, v, c) => sum + v * d[c] * variance[c], 0);
      for (let c = 0; c < bins; c++) w[c] -= along * d[c];
    }
    const norm = Math.sqrt(w.reduce((sum, v, c) => sum + v * v * variance[c], 0));
    if (norm < 1e-9) continue;
    for (let c = 0; c < bins; c++) w[c] /= norm;
    done.push(w);
    information += w.reduce((sum, v, c) => sum + v * u[c], 0) ** 2;
  }
  const best = u.reduce((sum, v, c) => sum + (v * v) / variance[c], 0);
  const total = u.reduce((a, b) => a + b, 0) ** 2 / variance.reduce((a, b) => a + b, 0);
  expect(K).toBeLessThanOrEqual(2);
  expect(total / best).toBeLessThan(0.8);
  expect(information / best).toBeGreaterThan(0.99);
});
