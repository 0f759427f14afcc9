import type { PhysicsCore } from "./physics-core.ts";
import { type AnyArray, doubles, inPieces, pieceRows, placed, withScratch } from "./physics-place.ts";

/** XSPEC's floor of the expected counts of a bin: rate >= 1e-5 / t. */
const FLOOR = 1e-5;

/**
 * out[i] = factor sum_c m - s + s ln(s / m), m = max(mu[i, c], 1e-5): C-stat for factor 2, log L for -1.
 * `counts` s: (C) for all rows, or (n, C).
 */
export function deviances(
  core: PhysicsCore,
  out: Float64Array,
  mu: AnyArray,
  counts: AnyArray,
  n: number,
  factor: number,
): void {
  if (n === 0) return;
  const bins = mu.length / n;
  const shared = counts.length === bins;
  if (!Number.isInteger(bins) || out.length < n || !(shared || counts.length === mu.length)) {
    throw new Error(`internal: deviances of ${n} rows: ${mu.length} means, ${counts.length} counts`);
  }
  withScratch(core, (take) => {
    const size = 8 * pieceRows(n, bins) * bins;
    const [means, observed, result] = [take(size), take(size), take(8 * pieceRows(n, bins))];
    const common = shared ? placed(core, counts, 0, bins, observed) : 0;
    inPieces(n, bins, (first, rows) => {
      const x = placed(core, mu, first * bins, rows * bins, means);
      const s = shared ? common : placed(core, counts, first * bins, rows * bins, observed);
      core.kernels.deviances(result, x, s, shared ? 0 : 8 * bins, rows, bins, FLOOR, factor);
      out.set(doubles(core, result, rows), first);
    });
  });
}
