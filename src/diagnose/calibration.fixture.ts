import { stream } from "../math/random.ts";
import type { CalibrationCase } from "./calibration-case.ts";
import type { DensityCase } from "./coverage.ts";

export interface GaussianOptions {
  readonly seed: number;
  readonly cases: number;
  readonly draws: number;
  /** Width of the given posterior in units of the exact one, and its shift in units of the exact width. */
  readonly width?: number;
  readonly shift?: number;
}

export interface GaussianCase extends CalibrationCase {
  readonly density: DensityCase;
}

/**
 * Two parameters theta ~ N(0, 1), data x = theta + N(0, s), s = 0.5 and 2: the exact posterior is N(x/(1 + s^2), s^2/(1 + s^2)).
 */
export function gaussianCases({ seed, cases, draws, width = 1, shift = 0 }: GaussianOptions): GaussianCase[] {
  return Array.from({ length: cases }, (_, n) => {
    const rng = stream(seed, "gaussian cases", n);
    const truth = [rng.normal(), rng.normal()];
    const noise = [0.5, 2];
    const exact = noise.map((s) => s / Math.sqrt(1 + s * s));
    const mean = truth.map((t, j) => (t + noise[j] * rng.normal()) / (1 + noise[j] ** 2) + shift * exact[j]);
    const sd = exact.map((s) => s * width);
    const all = Float64Array.from({ length: 2 * draws }, (_, i) => mean[i % 2] + sd[i % 2] * rng.normal());
    const logDensity = (theta: ArrayLike<number>, row: number) =>
      -0.5 * ((theta[2 * row] - mean[0]) / sd[0]) ** 2 - 0.5 * ((theta[2 * row + 1] - mean[1]) / sd[1]) ** 2;
    const density = {
      truth: logDensity(truth, 0),
      draws: Float64Array.from({ length: draws }, (_, i) => logDensity(all, i)),
    };
    return { truth, draws: all, density };
  });
}
