/** Range of expected (noise-free) source counts, summed over the kept bins of all spectra. */
export interface CountsWindow {
  readonly lower: number;
  readonly upper: number;
}

/** Everything: no restriction. */
export const everything: CountsWindow = { lower: 0, upper: Number.POSITIVE_INFINITY };

export const isEverything = ({ lower, upper }: CountsWindow): boolean =>
  lower <= 0 && upper === Number.POSITIVE_INFINITY;

/**
 * The window around an observation: 0.7 to 1.4 times its net counts, and at least 7 standard deviations (plus 10
 * counts) to either side, so that no part of the posterior is cut off while every simulation lies near the data.
 *
 * @param source counts in the source region
 * @param background expected background counts in it, and their variance
 */
export function windowAround(
  source: number,
  background: { readonly expected: number; readonly variance: number },
): CountsWindow {
  const net = Math.max(0, source - background.expected);
  const reach = 7 * Math.sqrt(source + background.variance + 1) + 10;
  return { lower: Math.max(0, Math.min(0.7 * net, net - reach)), upper: Math.max(1.4 * net, net + reach) };
}
