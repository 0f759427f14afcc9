import type { Group, Spectrum } from "../ogip/types.ts";
import { rowsOf } from "./channels.ts";

/** Sums of a spectrum over C groups. */
export interface Grouped {
  readonly counts: Float64Array;
  /** Variance of the counts, systematic errors included. */
  readonly variance: Float64Array;
  readonly areascal: Float64Array;
  readonly backscal: Float64Array;
}

/**
 * Sums of `spectrum` over `groups` (C), rows of quality 1 (of the source, which rules both it and its background) left out.
 *
 *   variance = sum of counts, or of STAT_ERR^2, + (largest SYS_ERR)^2 (sum of counts)^2
 *
 * A scale of a group is the harmonic mean of its channels' values weighted by counts, sum c / sum(c/a), so that the
 * sum of the channels' counts/scale is kept; unweighted where there are no counts. As XSPEC.
 */
export function groupSums(spectrum: Spectrum, groups: readonly Group[], quality: ArrayLike<number>): Grouped {
  const size = groups.length;
  const sums: Grouped = {
    counts: new Float64Array(size),
    variance: new Float64Array(size),
    areascal: new Float64Array(size),
    backscal: new Float64Array(size),
  };
  groups.forEach((group, c) => {
    const rows = rowsOf(group, quality);
    const counts = rows.reduce((sum, row) => sum + spectrum.counts[row], 0);
    sums.counts[c] = counts;
    sums.variance[c] = variance(spectrum, rows, counts);
    sums.areascal[c] = harmonicMean(spectrum.areascal, spectrum.counts, rows);
    sums.backscal[c] = harmonicMean(spectrum.backscal, spectrum.counts, rows);
  });
  return sums;
}

function variance(spectrum: Spectrum, rows: readonly number[], counts: number): number {
  let statistical = 0;
  let systematic = 0;
  for (const row of rows) {
    if (spectrum.poissonErrors) statistical += spectrum.counts[row];
    else statistical += (spectrum.statErr?.[row] ?? 0) ** 2;
    systematic = Math.max(systematic, spectrum.sysErr?.[row] ?? 0);
  }
  return statistical + (systematic * counts) ** 2;
}

function harmonicMean(scale: Float64Array, counts: Float64Array, rows: readonly number[]): number {
  const first = scale[rows[0]];
  if (rows.every((row) => scale[row] === first)) return first;
  const weighted = rows.every((row) => counts[row] >= 0) && rows.some((row) => counts[row] > 0);
  let weight = 0;
  let inverse = 0;
  for (const row of rows) {
    const w = weighted ? counts[row] : 1;
    weight += w;
    if (w !== 0) inverse += w / scale[row];
  }
  return weight / inverse;
}
