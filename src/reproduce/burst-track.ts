import { stream } from "../math/random.ts";

/** Parameters of the 23 spectra of 0.25 s along an expansion: the radius grows while the black body cools, and both go back. */
export interface BurstTrack {
  /** Seconds from the beginning, middle of each spectrum (23). */
  readonly time: Float64Array;
  /** NormPL, kT, NormBB (23, 3). */
  readonly theta: Float64Array;
}

const SPECTRA = 23;
const EXPOSURE = 0.25;

/** Knots: spectrum, NormPL (photons/keV/cm2/s), kT (keV), radius (km at 8 kpc). 400 to 5000 counts, like the published track. */
const KNOTS = [
  [0, 0.9, 1.6, 4.5],
  [4, 1.2, 2, 8],
  [8, 3, 1.15, 26],
  [12, 4.8, 0.82, 54],
  [16, 3.6, 1.25, 29],
  [22, 1.6, 2.1, 10.5],
] as const;

/** Distance of 4U 1820-303, kpc: radius R = sqrt(NormBB) D / 10 kpc in km. */
const DISTANCE = 8;

/** R in km of NormBB. */
export const radius = (norm: number) => (DISTANCE / 10) * Math.sqrt(norm);

/** The track, interpolated between its knots in the logarithms. */
export function burstTrack(): BurstTrack {
  const theta = new Float64Array(SPECTRA * 3);
  for (let i = 0; i < SPECTRA; i++) {
    const k = KNOTS.findIndex(([at]) => at >= i);
    const [to, from] = [KNOTS[k], KNOTS[Math.max(0, k - 1)]];
    const f = to[0] === from[0] ? 0 : (i - from[0]) / (to[0] - from[0]);
    const [norm, kT, km] = [1, 2, 3].map((j) => from[j] * (to[j] / from[j]) ** f);
    theta.set([norm, kT, (km / (DISTANCE / 10)) ** 2], 3 * i);
  }
  const time = Float64Array.from({ length: SPECTRA }, (_, i) => (i + 0.5) * EXPOSURE);
  return { time, theta };
}

/** Poisson counts (n, C) of expected ones. */
export function trackCounts(mu: Float64Array, bins: number, seed: number): Float64Array {
  const counts = new Float64Array(mu.length);
  for (let i = 0; i < mu.length / bins; i++) {
    const rng = stream(seed, "reproduce/track", i);
    for (let c = 0; c < bins; c++) counts[i * bins + c] = rng.poisson(mu[i * bins + c]);
  }
  return counts;
}
