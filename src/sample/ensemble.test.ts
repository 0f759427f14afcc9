import { expect, it } from "vitest";
import { columnMeans, covariance } from "../math/moments.ts";
import { stream } from "../math/random.ts";
import { type BatchDensity, initEnsemble, type LogDensity, stepEnsemble } from "./index.ts";

/** Chain (steps * walkers, D) after `burn` steps. */
const sample = (
  logDensity: LogDensity,
  start: Float64Array,
  d: number,
  steps: number,
  seed = 1,
  burn = 100,
) => {
  const state = initEnsemble(logDensity, start, d, { seed });
  for (let i = 0; i < burn; i++) stepEnsemble(state, logDensity);
  const chain = new Float64Array(steps * start.length);
  for (let i = 0; i < steps; i++) chain.set(stepEnsemble(state, logDensity).theta, i * start.length);
  return { chain, state };
};

const ball = (walkers: number, d: number, seed = 7) => {
  const rng = stream(seed, "ball");
  return Float64Array.from({ length: walkers * d }, () => 0.5 + 0.1 * rng.normal());
};

/** Bivariate normal with unit variances and correlation 0.9. */
const correlated: LogDensity = ([x, y]) => (-0.5 * (x * x - 1.8 * x * y + y * y)) / 0.19;

// 40 walkers x 4000 steps at an autocorrelation time of about 30 steps: 5000 independent draws, standard errors of 0.014
// (mean) and 0.02 (variance); 4 of them.
it("a correlated normal law is recovered with its mean and covariance", () => {
  const { chain, state } = sample(correlated, ball(40, 2), 2, 4000);
  const n = chain.length / 2;
  columnMeans(chain, n, 2).forEach((mean) => {
    expect(Math.abs(mean)).toBeLessThan(0.06);
  });
  const found = covariance(chain, n, 2);
  [1, 0.9, 0.9, 1].forEach((entry, i) => {
    expect(Math.abs(found[i] - entry)).toBeLessThan(0.08);
  });
  expect(state.accepted / state.proposed).toBeGreaterThan(0.5);
  expect(state.accepted / state.proposed).toBeLessThan(0.9);
});

it("a law cut at a wall keeps its mean: exponential, D = 1", () => {
  const { chain } = sample(([x]) => (x < 0 ? -Infinity : -x), ball(20, 1).map(Math.abs), 1, 8000);
  // About 160 000 / 15 independent draws of sd 1: 4 standard errors.
  expect(Math.abs(columnMeans(chain, chain.length, 1)[0] - 1)).toBeLessThan(0.04);
  expect(chain.every((x) => x >= 0)).toBe(true);
});

it("the sampler is affine invariant: a stretched problem gives the stretched chain", () => {
  const stretch = 1024;
  const start = ball(12, 2);
  const plain = sample(correlated, start, 2, 20).chain;
  const scaled: LogDensity = ([x, y]) => correlated(Float64Array.of(x / stretch, y));
  const moved = sample(
    scaled,
    start.map((x, i) => (i % 2 === 0 ? stretch * x : x)),
    2,
    20,
  ).chain;
  // Powers of two scale without rounding: equal to the last bit.
  expect(moved.map((x, i) => (i % 2 === 0 ? x / stretch : x))).toEqual(plain);
});

it("a density of many points at once gives the same chain as one of single points", () => {
  const sampled = (density: LogDensity | BatchDensity) => {
    const state = initEnsemble(density, ball(8, 2), 2, { seed: 5 });
    for (let i = 0; i < 20; i++) stepEnsemble(state, density);
    return state;
  };
  const many: BatchDensity = {
    logDensities(out, theta, n) {
      for (let w = 0; w < n; w++) out[w] = correlated(theta.subarray(2 * w, 2 * w + 2));
    },
  };
  expect(sampled(many)).toEqual(sampled(correlated));
});

it("the same seed gives the same chain, another one another", () => {
  const start = ball(8, 2);
  expect(sample(correlated, start, 2, 5, 3).chain).toEqual(sample(correlated, start, 2, 5, 3).chain);
  expect(sample(correlated, start, 2, 5, 4).chain).not.toEqual(sample(correlated, start, 2, 5, 3).chain);
});

it("walkers that are too few, odd in number or outside the support are refused, NaN names its theta", () => {
  expect(() => initEnsemble(correlated, ball(3, 2), 2)).toThrow(/even number of at least 4 walkers, found 3/);
  expect(() => initEnsemble(correlated, ball(7, 2), 2)).toThrow(/even number/);
  expect(() => initEnsemble(() => -Infinity, ball(8, 2), 2)).toThrow(/walker 0 starts at .* density is zero/);
  expect(() => initEnsemble(() => Number.NaN, ball(8, 2), 2)).toThrow(/NaN at theta = \(/);
});
