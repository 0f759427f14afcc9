import { InputError } from "../errors.ts";
import { groupRuns, type Regroupable } from "./regroup.ts";
import { resolution } from "./resolution.ts";
import type { Redistribution } from "./types.ts";

export interface OptimalGroupingOptions {
  /** EBOUNDS row of each row of the spectrum, see `channelRows`. */
  readonly rows: Int32Array;
  /** Least counts of a group; 0: none required. */
  readonly least?: number;
}

/** Counts inside the FWHM of a Gaussian, to all of them. */
const OUTSIDE = 1.314;

/**
 * GROUPING flags of optimal bins: as wide as the resolution where counts are few, finer where many counts locate
 * features better than the resolution.
 *
 *   N_i = 1.314 x counts within FWHM_i,   ln R = ln(1 + sum 1/FWHM_i),   x = ln(N_i (1 + 0.20 ln R))
 *   width_i / FWHM_i = 1 for x <= 2.119, else (0.08 x + 7.0 + 1.8/x) / (x + 5.9)
 *
 * A group from channel i ends at the least of k + b_k - 1 over the b_i channels k from i, b = floor(width) + 1: rounded up, as in
 * the published NICER spectra that were grouped by ftgrouppha (91 and 79 groups between channels 60 and 1000 where those have 91
 * and 77; rounding down gives 102 and 87). With
 * `least`, groups grow until they hold so many counts. A last group that falls short of that, or of two thirds
 * of its width, joins the one before. Bad channels stay single.
 *
 * Reference: Kaastra & Bleeker 2016, A&A 587, A151.
 */
export function optimalGrouping(
  spectrum: Regroupable,
  response: Redistribution,
  { rows, least = 0 }: OptimalGroupingOptions,
): Int16Array {
  if (!(least >= 0 && least < Infinity))
    throw new InputError(`groups of at least ${least} counts; expected a number >= 0`);
  const fwhm = resolution(response);
  const widths = binWidths(
    spectrum.counts,
    Float64Array.from(rows, (row) => fwhm[row]),
  );
  return groupRuns(spectrum, (from, to) => walk(spectrum.counts, widths, { from, to, least }));
}

/** Optimal width of a bin at each channel, in whole channels. */
function binWidths(counts: Float64Array, fwhm: Float64Array): Int32Array {
  const elements = 1 + fwhm.reduce((sum, width) => sum + 1 / width, 0);
  const within = windowSums(counts, fwhm);
  return Int32Array.from(fwhm, (width, i) => {
    const x = Math.log(OUTSIDE * within[i] * (1 + 0.2 * Math.log(elements)));
    const fraction = x > 2.119 ? (0.08 * x + 7 + 1.8 / x) / (x + 5.9) : 1;
    return Math.floor(fraction * width) + 1;
  });
}

/** Counts in channels i - width/2 .. i + width/2, channels at the ends in proportion. */
function windowSums(counts: Float64Array, widths: Float64Array): Float64Array {
  const cumulative = new Float64Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) cumulative[i + 1] = cumulative[i] + counts[i];
  const upTo = (position: number) => {
    const clipped = Math.min(counts.length, Math.max(0, position));
    const whole = Math.min(counts.length - 1, Math.floor(clipped));
    return cumulative[whole] + (clipped - whole) * counts[whole];
  };
  return widths.map((width, i) => upTo(i + 0.5 + width / 2) - upTo(i + 0.5 - width / 2));
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly least: number;
}

function walk(counts: Float64Array, widths: Int32Array, { from, to, least }: Run): number[] {
  const starts: number[] = [];
  let sum = 0;
  let wanted = 0;
  let row = from;
  while (row < to) {
    starts.push(row);
    let end = row + widths[row] - 1;
    for (let k = row; k <= Math.min(end, to - 1); k++) end = Math.min(end, k + widths[k] - 1);
    wanted = end - row + 1;
    sum = 0;
    for (; row < to && (row < starts[starts.length - 1] + wanted || sum < least); row++) sum += counts[row];
  }
  const last = starts[starts.length - 1];
  const short = sum < least || to - last < (2 / 3) * wanted;
  return short && starts.length > 1 ? starts.slice(0, -1) : starts;
}
