import { type Group, groupedScale, type Spectrum, sumGroups } from "../ogip/index.ts";
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
export function groupSums(spectrum: Spectrum, groups: readonly Group[], quality: Int16Array): Grouped {
  const counts = sumGroups(spectrum.counts, groups, quality);
  const scaleOf = (scale: Float64Array) =>
    Float64Array.from(groups, ({ first, last }) =>
      groupedScale(scale, spectrum.counts, { first, last, use: (row) => quality[row] !== 1 }),
    );
  return {
    counts,
    variance: counts.map((sum, c) => variance(spectrum, rowsOf(groups[c], quality), sum)),
    areascal: scaleOf(spectrum.areascal),
    backscal: scaleOf(spectrum.backscal),
  };
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
