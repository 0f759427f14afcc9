import type { Weight } from "./types.ts";

/** Counts of C groups, as weights see them. */
export interface WeighedCounts {
  readonly counts: Float64Array;
  /** Sum of the channels' own variances: their counts, or STAT_ERR^2 (C). */
  readonly stated: Float64Array;
  /** Channels of each group (C). */
  readonly channels: ArrayLike<number>;
}

/** Counts that a mean over neighbours is taken from. */
const ENOUGH = 25;

/**
 * Statistical variance of the counts N of each group (C), for chi:
 *
 *   standard   sum of the counts, or of STAT_ERR^2
 *   gehrels    (1 + sqrt(N + 0.75))^2, an upper limit's error (Gehrels 1986, ApJ 303, 336)
 *   churazov   expected counts from neighbours: see `smoothed`
 *
 * The two last do not look at STAT_ERR, nor does `model`, whose variance is not the data's to say; here it is as `standard`.
 */
export function weighed(weight: Weight, { counts, stated, channels }: WeighedCounts): Float64Array {
  if (weight === "gehrels") return counts.map((n) => (1 + Math.sqrt(Math.max(0, n) + 0.75)) ** 2);
  if (weight === "churazov") return smoothed(counts, channels);
  return stated.slice();
}

/**
 * Counts that a group's neighbourhood makes expect (C): counts per channel of the smallest window around it, the same number of groups on both
 * sides and at least one, that holds 25 counts, times its channels. The window is cut at the ends of the spectrum; where all of it holds less, all
 * of it is the window. After Churazov et al. 1996 (ApJ 471, 673), who weigh by a mean over surrounding channels; the 25 are a choice made here.
 */
function smoothed(counts: Float64Array, channels: ArrayLike<number>): Float64Array {
  const C = counts.length;
  const before = { counts: new Float64Array(C + 1), channels: new Float64Array(C + 1) };
  for (let c = 0; c < C; c++) {
    before.counts[c + 1] = before.counts[c] + Math.max(0, counts[c]);
    before.channels[c + 1] = before.channels[c] + channels[c];
  }
  return counts.map((_, c) => {
    for (let reach = 1; ; reach++) {
      const from = Math.max(0, c - reach);
      const to = Math.min(C, c + reach + 1);
      const sum = before.counts[to] - before.counts[from];
      if (sum < ENOUGH && to - from < C) continue;
      return (channels[c] * sum) / (before.channels[to] - before.channels[from]);
    }
  });
}
