import { describe, expect, it } from "vitest";
import { leastSquares } from "../math/least-squares.ts";
import { stream } from "../math/random.ts";
import { features } from "./features.ts";
import { sufficientBasis } from "./sufficient.ts";

const C = 30;
const N = 300;

/** ln mu = 3 - c/20 + a f_c + b g_c: an exponential family whose scores are f and g. */
const f = Float64Array.from({ length: C }, (_, c) => Math.sin(c / 5));
const g = Float64Array.from({ length: C }, (_, c) => Math.exp(-c / 8));
const spectrum = (a: number, b: number) =>
  Float64Array.from({ length: C }, (_, c) => Math.exp(3 - c / 20 + a * f[c] + b * g[c]));

/** A curved family: a power law behind an absorber. */
const curved = (slope: number, column: number) =>
  Float64Array.from({ length: C }, (_, c) => {
    const energy = 0.3 * 1.12 ** c;
    return 400 * energy ** -slope * Math.exp(-column / energy);
  });

function family(of: (a: number, b: number) => Float64Array, low: number, high: number): Float64Array {
  const mu = new Float64Array(N * C);
  for (let i = 0; i < N; i++) {
    const rng = stream(1, "family", i);
    const between = () => low + (high - low) * rng.uniform();
    mu.set(of(between(), between()), i * C);
  }
  return mu;
}

/** Coefficients of 1 and the columns of the basis for a curve (C), and what they leave of it. */
function decompose(curve: Float64Array, basis: Float64Array) {
  const K = basis.length / C;
  const design = Float64Array.from({ length: C * (K + 1) }, (_, i) => {
    const [c, k] = [Math.floor(i / (K + 1)), i % (K + 1)];
    return k === 0 ? 1 : basis[c * K + k - 1];
  });
  const coefficients = leastSquares(design, curve, C, K + 1, 1, { ridge: 0 });
  const left = curve.map(
    (v, c) => v - coefficients.reduce((sum, x, k) => sum + x * design[c * (K + 1) + k], 0),
  );
  return { coefficients, left };
}

describe("the basis of an exponential family", () => {
  const basis = sufficientBasis(family(spectrum, -1, 1), C);

  it("has as many columns as there are parameters of the shape, and holds their scores", () => {
    expect(basis.length / C).toBe(2);
    for (const score of [f, g]) {
      const { left } = decompose(score, basis);
      // Rounding of a Gram matrix, whose smallest eigenvalue here is 1e-3 of the largest.
      left.forEach((v) => {
        expect(Math.abs(v)).toBeLessThan(1e-9);
      });
    }
  });

  it("gives features from which the likelihood follows as from the spectrum itself", () => {
    const map = {
      kind: "sufficient",
      bins: C,
      basis,
      mean: new Float64Array(3),
      sd: Float64Array.of(1, 1, 1),
    } as const;
    for (let i = 0; i < 20; i++) {
      const rng = stream(2, "spectrum", i);
      const x = spectrum(0.5, -0.3).map((mean) => rng.poisson(mean));
      const [a, b] = [2 * rng.uniform() - 1, 2 * rng.uniform() - 1];
      const [mu, mu0] = [spectrum(a, b), spectrum(0, 0)];
      const sumOf = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0);
      const exact = x.reduce((sum, n, c) => sum + n * Math.log(mu[c] / mu0[c]), 0);
      const [p, q, logTotal] = features(map, x);
      const total = Math.exp(logTotal) - 0.5;
      const { coefficients } = decompose(
        mu.map((v, c) => Math.log(v / mu0[c])),
        basis,
      );
      const known = total * (coefficients[0] + coefficients[1] * p + coefficients[2] * q);
      expect(Math.abs(known - exact)).toBeLessThan(1e-8 * sumOf(x));
    }
  });
});

describe("the basis of a curved family", () => {
  const mu = family(curved, 0.2, 2);

  /** Half the mean chi-squared between spectra and what the basis holds of them. */
  function information(basis: Float64Array): number {
    const weight = new Float64Array(C);
    for (let i = 0; i < mu.length; i++) weight[i % C] += mu[i] / N;
    const K = basis.length / C;
    // The columns are orthonormal under the weight.
    const curves = centred(weight);
    let sum = 0;
    for (let i = 0; i < N; i++) {
      const y = curves.subarray(i * C, (i + 1) * C);
      for (let c = 0; c < C; c++) sum += (0.5 * weight[c] * y[c] ** 2) / N;
      for (let k = 0; k < K; k++) {
        let p = 0;
        for (let c = 0; c < C; c++) p += weight[c] * y[c] * basis[c * K + k];
        sum -= (0.5 * p * p) / N;
      }
    }
    return sum;
  }

  /** ln mu without its weighted mean over bins and without its mean over spectra (N, C). */
  function centred(weight: Float64Array): Float64Array {
    const total = weight.reduce((a, b) => a + b);
    const y = mu.map(Math.log);
    const mean = new Float64Array(C);
    for (let i = 0; i < N; i++) {
      let centre = 0;
      for (let c = 0; c < C; c++) centre += (weight[c] * y[i * C + c]) / total;
      for (let c = 0; c < C; c++) y[i * C + c] -= centre;
      for (let c = 0; c < C; c++) mean[c] += y[i * C + c] / N;
    }
    return y.map((v, i) => v - mean[i % C]);
  }

  it("drops less information than is allowed, and not a column less would do", () => {
    for (const dropped of [1, 0.02, 1e-4]) {
      const basis = sufficientBasis(mu, C, { dropped });
      expect(information(basis)).toBeLessThan(dropped);
      const K = basis.length / C;
      const fewer = basis.filter((_, i) => i % K < K - 1);
      expect(information(fewer)).toBeGreaterThanOrEqual(dropped);
    }
  });

  it("has at most as many columns as are allowed, and at least one", () => {
    expect(sufficientBasis(mu, C, { dropped: 0, maximum: 3 }).length).toBe(3 * C);
    const constant = Float64Array.from(mu, () => 5);
    expect(sufficientBasis(constant, C).length).toBe(C);
  });

  it("takes bins that can be empty, or always are", () => {
    const holes = mu.map((v, i) => (i % C === 0 || (i % C === 1 && i % 2 === 0) ? 0 : v));
    const basis = sufficientBasis(holes, C);
    expect(basis.every((v) => Number.isFinite(v))).toBe(true);
    const K = basis.length / C;
    expect(basis.subarray(0, K).every((v) => v === 0)).toBe(true);
  });
});
