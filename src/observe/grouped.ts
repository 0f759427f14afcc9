import { type Group, groupedScale, type Spectrum, sumGroups } from "../ogip/index.ts";
import { rowsOf } from "./channels.ts";
import type { Weight } from "./types.ts";
import { weighed } from "./weight.ts";

/** Sums of a spectrum over C groups. */
export interface Grouped {
  readonly counts: Float64Array;
  /** Variance of the counts by the weight, systematic errors included. */
  readonly variance: Float64Array;
  /** The part of it that is systematic. */
  readonly systematic: Float64Array;
  readonly areascal: Float64Array;
  readonly backscal: Float64Array;
}

/**
 * Sums of `spectrum` over `groups` (C), rows of quality 1 (of the source, which rules both it and its background) left out.
 *
 *   variance = sum of counts, or of STAT_ERR^2, or as `weight` says, + (largest SYS_ERR)^2 (sum of counts)^2
 *
 * A scale of a group is the harmonic mean of its channels' values weighted by counts, sum c / sum(c/a), so that the
 * sum of the channels' counts/scale is kept; unweighted where there are no counts; their mean for background-subtracted
 * spectra. As XSPEC.
 */
export function groupSums(
  spectrum: Spectrum,
  groups: readonly Group[],
  quality: Int16Array,
  weight: Weight = "standard",
): Grouped {
  const counts = sumGroups(spectrum.counts, groups, quality);
  const rows = groups.map((group) => rowsOf(group, quality));
  const scaleOf = (scale: Float64Array) =>
    Float64Array.from(groups, ({ first, last }) =>
      groupedScale(scale, spectrum.counts, {
        ...{ first, last, use: (row) => quality[row] !== 1 },
        net: spectrum.net === true,
      }),
    );
  const systematic = counts.map((sum, c) => (largestSystematic(spectrum, rows[c]) * sum) ** 2);
  const stated = counts.map((_, c) => statedVariance(spectrum, rows[c]));
  const statistical = weighed(weight, { counts, stated, channels: rows.map(({ length }) => length) });
  return {
    counts,
    variance: statistical.map((each, c) => each + systematic[c]),
    systematic,
    areascal: scaleOf(spectrum.areascal),
    backscal: scaleOf(spectrum.backscal),
  };
}

/** Sum of the channels' counts, or of STAT_ERR^2. */
function statedVariance({ poissonErrors, counts, statErr }: Spectrum, rows: readonly number[]): number {
  return rows.reduce((sum, row) => sum + (poissonErrors ? counts[row] : (statErr?.[row] ?? 0) ** 2), 0);
}

function largestSystematic({ sysErr }: Spectrum, rows: readonly number[]): number {
  return rows.reduce((most, row) => Math.max(most, sysErr?.[row] ?? 0), 0);
}
