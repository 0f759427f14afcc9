import { gammaQ } from "../math/incomplete-gamma.ts";
import { normalCdf, normalQuantile } from "../math/normal.ts";
import { holm } from "./holm.ts";

/** Something that is known from the data alone, by which spectra are put in order. */
export interface Sorting {
  readonly name: string;
  /** One number a spectrum (N). */
  readonly values: ArrayLike<number>;
}

/** How a parameter's posterior does in one bin of spectra. */
export interface LocalCalibration {
  readonly parameter: string;
  /** Mean of (truth - posterior) in standard deviations of the posterior; 0 where it is right. */
  readonly bias: number;
  /** Root mean square of the same about its mean: what widths must be multiplied by; 1 where they are right. */
  readonly width: number;
  /** Corrected for all bins and parameters (Holm): either of the two is off. */
  readonly adjusted: number;
}

export interface SortedBin {
  /** Range of the sorting value among the bin's spectra. */
  readonly low: number;
  readonly high: number;
  /** Numbers of its spectra. */
  readonly members: readonly number[];
  readonly parameters: readonly LocalCalibration[];
}

export interface Localised {
  readonly by: string;
  readonly bins: readonly SortedBin[];
}

/**
 * Where a posterior fails: ranks (D arrays of N) as normal deviates z = Phi^-1(rank), looked at in bins of equally many spectra, sorted
 * by something that the data alone tell, such as the total counts or a posterior median. A right posterior has z ~ N(0, 1) in every
 * such bin, so that in a bin of n
 *
 *   mean z ~ N(0, 1/n),   sum z^2 ~ chi^2(n)
 *
 * (Sorting by the true values would not do: where the truth is low, posteriors lie above it even if they are right.)
 */
export function localise(
  ranks: readonly { readonly name: string; readonly values: ArrayLike<number> }[],
  sortings: readonly Sorting[],
  bins: number,
): Localised[] {
  const deviates = ranks.map(({ name, values }) => ({ name, z: Float64Array.from(values, normalQuantile) }));
  const raw = sortings.map(({ name, values }) => ({
    by: name,
    bins: equalBins(values, bins).map((members) => ({
      low: values[members[0]],
      high: values[members[members.length - 1]],
      members,
      parameters: deviates.map(({ name: parameter, z }) => ({ parameter, ...moments(z, members) })),
    })),
  }));
  const all = raw.flatMap((sorted) => sorted.bins.flatMap(({ parameters }) => parameters));
  const adjusted = holm(all.flatMap(({ pBias, pSquares }) => [pBias, pSquares]));
  const corrected = new Map(all.map((one, i) => [one, Math.min(adjusted[2 * i], adjusted[2 * i + 1])]));
  return raw.map(({ by, bins: sorted }) => ({
    by,
    bins: sorted.map((bin) => ({
      ...bin,
      parameters: bin.parameters.map((one) => ({
        parameter: one.parameter,
        bias: one.bias,
        width: one.width,
        adjusted: corrected.get(one) ?? 1,
      })),
    })),
  }));
}

function equalBins(values: ArrayLike<number>, bins: number): number[][] {
  const n = values.length;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const count = Math.max(1, Math.min(bins, n));
  return Array.from({ length: count }, (_, b) =>
    order.slice(Math.round((b * n) / count), Math.round(((b + 1) * n) / count)),
  );
}

function moments(z: Float64Array, members: readonly number[]) {
  const n = members.length;
  const bias = members.reduce((sum, i) => sum + z[i], 0) / n;
  const squares = members.reduce((sum, i) => sum + z[i] ** 2, 0);
  const upper = gammaQ(n / 2, squares / 2);
  return {
    bias,
    width: Math.sqrt(Math.max(0, squares / n - bias * bias)),
    pBias: 2 * normalCdf(-Math.abs(bias) * Math.sqrt(n)),
    pSquares: 2 * Math.min(upper, 1 - upper),
  };
}
