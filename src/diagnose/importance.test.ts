import { expect, it } from "vitest";
import { stream } from "../math/random.ts";
import { ess, evidenceFromWeights, fitPareto, normaliseLogWeights, psis } from "./index.ts";

const pareto = (n: number, k: number, sigma: number, seed: number) => {
  const rng = stream(seed, "pareto");
  return Float64Array.from({ length: n }, () => (sigma * Math.expm1(-k * Math.log(rng.uniform()))) / k);
};

it("the effective size is N for equal weights, 1 for one weight, and does not depend on scale", () => {
  expect(ess(new Float64Array(10).fill(3))).toBe(10);
  expect(ess([0, 7, 0])).toBe(1);
  expect(ess([1, 2, 3])).toBe(36 / 14);
  expect(ess([0, 0])).toBe(0);
});

it("log weights normalise whatever their size", () => {
  const weights = normaliseLogWeights([-5000, -5000 + Math.log(3), -Infinity]);
  weights.forEach((weight, i) => {
    expect(weight).toBeCloseTo([0.25, 0.75, 0][i], 12);
  });
  expect(Array.from(normaliseLogWeights([-Infinity]))).toEqual([0]);
});

// Normal draws of sd s against a standard normal target: w = s exp(-x^2 (1 - 1/s^2)/2), E w = 1,
// E w^2 = s^2 / sqrt(2 s^2 - 1). False alarm of 4 standard errors: 6e-5.
it("the evidence of importance weights is exact within its error, and the error is the known one", () => {
  const [n, s] = [20_000, 1.5];
  const rng = stream(1, "evidence");
  const logWeights = Float64Array.from({ length: n }, () => {
    const x = s * rng.normal();
    return 7 + Math.log(s) - 0.5 * x * x * (1 - 1 / (s * s));
  });
  const { logZ, logZError } = evidenceFromWeights(logWeights);
  expect(Math.abs(logZ - 7) / logZError).toBeLessThan(4);
  const exactError = Math.sqrt((s * s) / Math.sqrt(2 * s * s - 1) - 1) / Math.sqrt(n);
  expect(logZError / exactError).toBeCloseTo(1, 1);
});

it("draws of weight zero count in the evidence", () => {
  const { logZ } = evidenceFromWeights([0, 0, -Infinity, -Infinity]);
  expect(logZ).toBeCloseTo(-Math.LN2, 14);
  expect(evidenceFromWeights([-Infinity]).logZError).toBe(Infinity);
});

// The estimator's standard error is (1 + k)/sqrt(M) at best: 0.02-0.04 here; 4 of them.
it.each([-0.3, 0.2, 0.5, 0.9, 1.5])("a generalised Pareto sample of k = %d gives back k and sigma", (k) => {
  const fit = fitPareto(pareto(5000, k, 3, 7).sort());
  expect(Math.abs(fit.k - k)).toBeLessThan((4 * (1 + Math.abs(k))) / Math.sqrt(5000));
  expect(Math.abs(fit.sigma / 3 - 1)).toBeLessThan(4 * Math.sqrt((2 + 2 * Math.abs(k)) / 5000));
});

// M = 3 sqrt N = 949 tail draws: standard error (1 + k)/31, and the pull towards 0.5 is below 1 %.
it.each([0.2, 0.5, 0.8])("Pareto-distributed weights of index %d have that k", (k) => {
  const { k: found } = psis(pareto(100_000, k, 1, 11).map((x) => Math.log(1 + k * x)));
  expect(Math.abs(found - k)).toBeLessThan((4 * (1 + k)) / Math.sqrt(949) + 0.01);
});

it("normal draws that are too narrow have the k of theory, 1 - s^2", () => {
  // w ~ exp(x^2 (1/s^2 - 1)/2) with x ~ N(0, s): tail index 1 - s^2, to the slowly varying factor of the chi-square law.
  const rng = stream(3, "narrow");
  const s = Math.sqrt(0.5);
  const weights = Float64Array.from(
    { length: 100_000 },
    () => 0.5 * (s * rng.normal()) ** 2 * (1 / (s * s) - 1),
  );
  expect(Math.abs(psis(weights).k - 0.5)).toBeLessThan(0.15);
});

it("smoothing keeps all but the tail, the order, and the largest weight as bound", () => {
  const logWeights = pareto(1000, 0.7, 1, 5).map(Math.log);
  const { logWeights: smoothed } = psis(logWeights);
  const order = Array.from(logWeights.keys()).sort((i, j) => logWeights[i] - logWeights[j]);
  const largest = logWeights[order[999]];
  order.forEach((i, place) => {
    if (place < 1000 - 95) expect(smoothed[i]).toBe(logWeights[i]);
    else expect(smoothed[i]).toBeGreaterThanOrEqual(smoothed[order[place - 1]]);
    expect(smoothed[i]).toBeLessThanOrEqual(largest);
  });
});

it("a constant on all log weights changes nothing but that constant", () => {
  const logWeights = pareto(500, 0.4, 1, 6).map(Math.log);
  const plain = psis(logWeights);
  const shifted = psis(logWeights.map((w) => w - 3000));
  expect(shifted.k).toBeCloseTo(plain.k, 8);
  shifted.logWeights.forEach((w, i) => {
    expect(w + 3000).toBeCloseTo(plain.logWeights[i], 8);
  });
});

it("equal weights have no tail, and too few draws no known one", () => {
  expect(psis(new Float64Array(100)).k).toBe(0);
  expect(psis([0, 1, 2]).k).toBe(Infinity);
  expect(psis(new Float64Array(100).fill(-Infinity)).k).toBe(Infinity);
});
