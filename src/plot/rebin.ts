import type { Numbers } from "./scene.ts";

/**
 * When neighbouring bins are drawn as one, for display only: until they hold `counts`, or the value is `sigma` times its error, or `most` bins are
 * joined, whichever comes first. `sigma` and `most` are XSPEC's `setplot rebin`.
 */
export interface Rebin {
  readonly counts?: number;
  readonly sigma?: number;
  readonly most?: number;
}

/** What decides where bins are joined, each (C). */
export interface RebinInput {
  /** keV. */
  readonly energyLow: Numbers;
  readonly energyHigh: Numbers;
  /** All counts of a bin, those of the background included. */
  readonly counts: Numbers;
  /** What is drawn, counts less background, and its variance; default the counts. */
  readonly net?: Numbers;
  readonly variance?: Numbers;
}

/** Bins touch where their edges agree to this. */
const GAP = 1e-6;

/** First bin of each drawn bin, and one past the last. Only bins that touch are joined. */
export function joinBins(
  { energyLow, energyHigh, counts, net = counts, variance = counts }: RebinInput,
  { counts: least, sigma, most = Number.POSITIVE_INFINITY }: Rebin,
): number[] {
  const starts: number[] = [];
  const plain = !(least !== undefined && least > 0) && sigma === undefined;
  let [held, value, square, size] = [0, 0, 0, 0];
  const full = () =>
    plain ||
    size >= most ||
    (least !== undefined && held >= least) ||
    (sigma !== undefined && value > 0 && value * value >= sigma * sigma * square);
  for (let i = 0; i < counts.length; i++) {
    const gap = i > 0 && Math.abs(energyLow[i] - energyHigh[i - 1]) > GAP * energyHigh[i - 1];
    if (i === 0 || gap || full()) {
      starts.push(i);
      [held, value, square, size] = [0, 0, 0, 0];
    }
    held += counts[i];
    value += net[i];
    square += variance[i];
    size++;
  }
  return [...(full() ? starts : withoutScrap(starts, counts.length, energyLow, energyHigh)), counts.length];
}

/** What is left at the end joins the bin before it, where it is a scrap beside that. */
function withoutScrap(
  starts: readonly number[],
  end: number,
  energyLow: Numbers,
  energyHigh: Numbers,
): readonly number[] {
  const [before, last] = starts.slice(-2);
  if (starts.length < 2 || Math.abs(energyLow[last] - energyHigh[last - 1]) > GAP * energyHigh[last - 1])
    return starts;
  return 3 * (end - last) <= last - before ? starts.slice(0, -1) : starts;
}

/** The rule in words, such as `joined to ≥ 5 counts`; nothing where no bins are joined. */
export function rebinText({ counts = 0, sigma, most }: Rebin): string {
  const until = [
    ...(counts > 0 ? [`≥ ${counts} counts`] : []),
    ...(sigma !== undefined ? [`≥ ${sigma} σ`] : []),
  ];
  if (until.length === 0) return "";
  return `joined to ${until.join(" or ")}${most === undefined ? "" : ` or ${most} bins`}`;
}
