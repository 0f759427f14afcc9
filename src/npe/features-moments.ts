import type { BackgroundLaw } from "./background.ts";

/** What every kind of features ends with: each feature minus its mean over the training set, over its deviation. */
export interface Standardisation {
  /** Counts that make the data, L: those of the bins, and of the background where it is shown. */
  readonly bins: number;
  /** How the background is simulated and whether it is shown; absent: there is none. */
  readonly background?: BackgroundLaw;
  /** (F). */
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

/** In place: (value - mean) / sd of each feature. */
export function standardise(
  values: Float64Array,
  { mean, sd }: { mean: Float64Array; sd: Float64Array },
): Float64Array {
  const F = mean.length;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean[i % F]) / sd[i % F];
  return values;
}

/** Mean and standard deviation of each of F features over rows (n, F); a constant feature gets sd 1. */
export function featureMoments(values: Float64Array, F: number): { mean: Float64Array; sd: Float64Array } {
  const mean = new Float64Array(F);
  const m2 = new Float64Array(F);
  const n = values.length / F;
  for (let i = 0; i < n; i++)
    for (let f = 0; f < F; f++) {
      const step = values[i * F + f] - mean[f];
      mean[f] += step / (i + 1);
      m2[f] += step * (values[i * F + f] - mean[f]);
    }
  return { mean, sd: m2.map((v) => Math.sqrt(v / n) || 1) };
}

/** Columns of rows (n, C) whose values are not the same in all rows: bins, or features. */
export function varying(values: ArrayLike<number>, C: number): Int32Array {
  const found: number[] = [];
  for (let c = 0; c < C; c++)
    for (let i = c; i < values.length; i += C)
      if (values[i] !== values[c]) {
        found.push(c);
        break;
      }
  return Int32Array.from(found);
}
