import { scaleInto } from "./array-loops.ts";

/**
 * Scales a spectrum (E) so that its flux over a band is `wanted`: sum over bins of photons times the share of the bin in the band, times
 * `weight` of the overlapping part's ends. Zero stays zero where the band holds nothing.
 */
export function scaleToFlux(
  out: Float64Array,
  edges: Float64Array,
  band: { readonly low: number; readonly high: number },
  wanted: number,
  weight: (low: number, high: number) => number,
): void {
  const flux = bandFlux(out, edges, band, weight);
  scaleInto(out, flux > 0 ? wanted / flux : 0, out);
}

/** Sum over bins of photons (E) times the share of the bin that lies in the band, times `weight` of the overlapping part's ends. */
export function bandFlux(
  photons: Float64Array,
  edges: Float64Array,
  { low, high }: { readonly low: number; readonly high: number },
  weight: (low: number, high: number) => number,
): number {
  let flux = 0;
  for (let i = 0; i < photons.length; i++) {
    const from = Math.max(low, edges[i]);
    const to = Math.min(high, edges[i + 1]);
    if (to > from) flux += ((photons[i] * (to - from)) / (edges[i + 1] - edges[i])) * weight(from, to);
  }
  return flux;
}
