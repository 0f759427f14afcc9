import { INK } from "./palette.ts";
import { type Rebin, rebinText } from "./rebin.ts";
import { drawnBins, type SpectrumSeries, view } from "./spectrumView.ts";

/** Points that a figure of this width can show apart, and counts a bin above which each is worth a point of its own. */
const READABLE = { points: 150, counts: 20 };

/** With a background: bins worth a point are 3 sigma above it, unless that takes more than a 25th of the spectrum. */
const NET = { sigma: 3, share: 25 } as const;

/**
 * Where many bins are empty, or more than can be told apart, and faint: joined to so many counts that about 150 are left, at least 5. With a
 * background, or errors of their own: where many bins are less than 1.5 sigma above it, to 3 sigma.
 */
export function readableRebin(series: readonly SpectrumSeries[]): Rebin {
  if (series.some(({ background, error }) => background !== undefined || error !== undefined)) {
    const faint = series.some((one) => {
      const { counts, error } = view(drawnBins(one, {}), one, INK);
      const low = counts.filter((n, i) => n < 1.5 * error[i]).length;
      return low > 0.25 * counts.length || (low > 0 && counts.length > 2 * READABLE.points);
    });
    const bins = Math.max(...series.map(({ counts }) => counts.length));
    return faint ? { sigma: NET.sigma, most: Math.max(2, Math.ceil(bins / NET.share)) } : {};
  }
  const least = Math.max(...series.map(readableMinimum));
  return least > 0 ? { counts: least } : {};
}

function readableMinimum({ counts }: SpectrumSeries): number {
  let total = 0;
  let empty = 0;
  for (let i = 0; i < counts.length; i++) {
    total += counts[i];
    if (counts[i] === 0) empty++;
  }
  const crowded = counts.length > 2 * READABLE.points && total < READABLE.counts * counts.length;
  return Math.max(empty > 0.1 * counts.length ? 5 : 0, crowded ? Math.ceil(total / READABLE.points) : 0);
}

function hasLimits(series: readonly SpectrumSeries[]): boolean {
  const rule = readableRebin(series);
  return series.some((one) => view(drawnBins(one, rule), one, INK).counts.some((n) => n <= 0));
}

/** What a caption has to say of how a spectrum is drawn, as sentences. */
export function spectrumCaption(series: readonly SpectrumSeries[]): string {
  const net = series.some(({ background }) => background !== undefined);
  const joined = rebinText(readableRebin(series));
  const areas = [
    ...new Set(series.flatMap(({ areaScaling = 1 }) => (areaScaling === 1 ? [] : [areaScaling]))),
  ];
  return [
    ...(net
      ? ["Counts less the background, with the errors of both; the model is that of the source alone."]
      : []),
    ...(areas.length > 0
      ? [`Rates are divided by AREASCAL (${areas.map((value) => Number(value.toPrecision(6))).join(", ")}).`]
      : []),
    ...(hasLimits(series)
      ? ["Bars with a stem below and no point are upper ends of errors of bins in which nothing is left."]
      : []),
    ...(joined === "" ? [] : [`Bins are ${joined} for display; the fit has them as they are.`]),
  ].join(" ");
}
