import { stream } from "../math/random.ts";
import { compensatedSum } from "../math/sum.ts";
import type { BandMatrix } from "./physics-band.ts";
import type { StreamKey } from "./physics-poisson.ts";

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
