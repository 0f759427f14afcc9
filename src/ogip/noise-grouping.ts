import { InputError } from "../errors.ts";
import { groupRuns, type Regroupable } from "./regroup.ts";

/** Background of each channel, scaled to the source: expected counts and their variance. */
export interface ScaledBackground {
  readonly counts: Float64Array;
  readonly variance: Float64Array;
}

/**
 * GROUPING flags of groups with at least a signal-to-noise ratio: channels are added until
 *
 *   (N - B) / sqrt(N + var B) >= ratio
 *
 * with N the counts and B the scaled background of the group. Channels left at the end of a run of good quality join
 * its last group. Channels of bad quality stay single.
 */
export function noiseGrouping(
  spectrum: Regroupable,
  ratio: number,
  background?: ScaledBackground,
): Int16Array {
  if (!(ratio > 0 && ratio < Infinity))
    throw new InputError(`groups of a signal-to-noise ratio of ${ratio}; expected a positive number`);
  return groupRuns(spectrum, (from, to) => {
    const starts: number[] = [];
    let full = true;
    let net = 0;
    let variance = 0;
    for (let row = from; row < to; row++) {
      if (full) {
        starts.push(row);
        net = 0;
        variance = 0;
      }
      net += spectrum.counts[row] - (background?.counts[row] ?? 0);
      variance += spectrum.counts[row] + (background?.variance[row] ?? 0);
      full = variance > 0 && net >= ratio * Math.sqrt(variance);
    }
    return !full && starts.length > 1 ? starts.slice(0, -1) : starts;
  });
}

/**
 * A background spectrum scaled to its source:  B = b r,  var B = b r^2,  r = exposure x areascal x backscal of the source over those
 * of the background, channel by channel (C).
 */
export function scaledBackground(
  source: { readonly exposure: number; readonly areascal: Float64Array; readonly backscal: Float64Array },
  background: {
    readonly counts: Float64Array;
    readonly exposure: number;
    readonly areascal: Float64Array;
    readonly backscal: Float64Array;
  },
): ScaledBackground {
  const ratio = background.counts.map(
    (_, c) =>
      (source.exposure * source.areascal[c] * source.backscal[c]) /
      (background.exposure * background.areascal[c] * background.backscal[c]),
  );
  return {
    counts: background.counts.map((b, c) => b * ratio[c]),
    variance: background.counts.map((b, c) => b * ratio[c] ** 2),
  };
}
