import { stream } from "../math/random.ts";
import { compensatedSum } from "../math/sum.ts";
import type { BandMatrix } from "./physics-band.ts";
import type { StreamKey } from "./physics-poisson.ts";
import type { Projection } from "./physics-project.ts";

// The kernels of physics.ts in plain TypeScript, for tests and for reading: what, not how fast.

/** out[i, c] = sum_e matrix[c, e] photons[i, e]; `out` (n, C), `photons` (n, E). */
export function foldReference(out: Float64Array, band: BandMatrix, photons: Float64Array, n: number): void {
  const { start, length, offset, values, columns } = band;
  const rows = start.length;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < rows; c++) {
      const terms = new Float64Array(length[c]);
      for (let j = 0; j < length[c]; j++)
        terms[j] = values[offset[c] + j] * photons[i * columns + start[c] + j];
      out[i * rows + c] = compensatedSum(terms);
    }
  }
}

/** Poisson counts (n, C) with means mu (n, C); row i from the stream firstIndex + i. */
export function poissonReference(out: Float64Array, mu: Float64Array, n: number, key: StreamKey): void {
  const { seed, name, firstIndex = 0 } = key;
  const bins = mu.length / n;
  for (let i = 0; i < n; i++) {
    const rng = stream(seed, name, firstIndex + i);
    for (let c = 0; c < bins; c++) out[i * bins + c] = rng.poisson(mu[i * bins + c]);
  }
}

/** Projections of counts (n, C) on a basis (C, K), summed in order of the bins, and totals. */
export function projectReference(
  out: Projection,
  counts: Float64Array,
  basis: Float64Array,
  n: number,
): void {
  const bins = counts.length / n;
  const columns = basis.length / bins;
  for (let i = 0; i < n; i++) {
    const row = counts.subarray(i * bins, (i + 1) * bins);
    out.totals[i] = row.reduce((sum, count) => sum + count, 0);
    for (let k = 0; k < columns; k++) {
      out.features[i * columns + k] = row.reduce((sum, count, c) => sum + count * basis[c * columns + k], 0);
    }
  }
}

/**
 * C-stat of each row of mu (n, C) against its row of counts (n, C): 2 sum m - s + s ln(s / m), m = max(mu,
 * 1e-5).
 */
export function cstatReference(out: Float64Array, mu: Float64Array, counts: Float64Array, n: number): void {
  const bins = mu.length / n;
  for (let i = 0; i < n; i++) {
    const terms = mu.subarray(i * bins, (i + 1) * bins).map((mean, c) => {
      const m = Math.max(mean, 1e-5);
      const s = counts[i * bins + c];
      return s > 0 ? m - s - s * Math.log(m / s) : m;
    });
    out[i] = 2 * compensatedSum(terms);
  }
}
