import type { Standardisation } from "./features-moments.ts";

/**
 * Summary statistics of each spectrum by itself. With B bands of counts b_i:
 *
 *   mean, standard deviation and sum of the bins' counts,  b_1 .. b_B,  the ratios b_(i+1) / (b_i + 1)  and the contrasts
 *   (b_i - b_(i+1)) / (b_i + b_(i+1) + 1) of neighbouring bands
 *
 * - `summary`: 9 bands of equal width in energy, so 28 statistics, those of the paper's published code;
 * - `bands`: up to 19 bands evenly spaced in log energy (20 edges, as SIXSA II, A&A 699 A179), so that absorption is not within one band.
 *
 * Other than there, a bin that crosses the edge of a band is not dropped: it counts where its middle lies.
 */
export interface SummaryFeatures extends Standardisation {
  readonly kind: "summary" | "bands";
  readonly bands: Bands;
  /** Statistics used: those that are not constant in the training set. */
  readonly used: Int32Array;
}

/** Which band each bin belongs to. */
export interface Bands {
  /** Bins of each spectrum. */
  readonly sizes: Int32Array;
  /** Bands of each spectrum. */
  readonly counts: Int32Array;
  /** Band of each bin within its spectrum (C). */
  readonly band: Int32Array;
}

/** Energies of one spectrum's bins, keV. */
export interface BinEnergies {
  readonly energyLow: ArrayLike<number>;
  readonly energyHigh: ArrayLike<number>;
}

const LINEAR_BANDS = 9;
const LOG_BANDS = 19;

/** ln E; a bin that begins at no energy begins at 10 eV. */
const logEnergy = (e: number): number => Math.log(Math.max(e, 0.01));

/** The bands of spectra with the given bins; a band without bins is left out. */
export function bandsOf(kind: SummaryFeatures["kind"], spectra: readonly BinEnergies[]): Bands {
  const [scale, most] = kind === "summary" ? [(e: number) => e, LINEAR_BANDS] : [logEnergy, LOG_BANDS];
  const parts = spectra.map(({ energyLow, energyHigh }) => {
    const low = Array.from(energyLow, scale);
    const high = Array.from(energyHigh, scale);
    const first = low.reduce((a, b) => Math.min(a, b));
    const width = (high.reduce((a, b) => Math.max(a, b)) - first) / most;
    const wanted = low.map((v, c) => Math.min(most - 1, Math.floor((0.5 * (v + high[c]) - first) / width)));
    const present = [...new Set(wanted)].sort((a, b) => a - b);
    return { band: wanted.map((b) => present.indexOf(b)), count: present.length };
  });
  return {
    sizes: Int32Array.from(parts, ({ band }) => band.length),
    counts: Int32Array.from(parts, ({ count }) => count),
    band: Int32Array.from(parts.flatMap(({ band }) => band)),
  };
}

/** Statistics of all spectra together. */
export const statisticCount = ({ counts }: Bands): number => counts.reduce((sum, B) => sum + 3 * B + 1, 0);

/** Unstandardised statistics (n, S) of counts (n, C), spectrum by spectrum. */
export function summaryStatistics(bands: Bands, counts: ArrayLike<number>): Float64Array {
  const C = bands.band.length;
  const n = counts.length / C;
  const S = statisticCount(bands);
  const out = new Float64Array(n * S);
  for (let i = 0; i < n; i++) {
    let bin = 0;
    let at = i * S;
    for (const [k, size] of bands.sizes.entries()) {
      const B = bands.counts[k];
      const spectrum = Float64Array.from({ length: size }, (_, c) => counts[i * C + bin + c]);
      writeStatistics(out.subarray(at, at + 3 * B + 1), spectrum, bands.band.subarray(bin, bin + size), B);
      bin += size;
      at += 3 * B + 1;
    }
  }
  return out;
}

function writeStatistics(out: Float64Array, x: Float64Array, band: Int32Array, B: number): void {
  let sum = 0;
  const b = out.subarray(3, 3 + B);
  for (let c = 0; c < x.length; c++) {
    sum += x[c];
    b[band[c]] += x[c];
  }
  const mean = sum / x.length;
  let squares = 0;
  for (let c = 0; c < x.length; c++) squares += (x[c] - mean) ** 2;
  out.set([mean, Math.sqrt(squares / x.length), sum]);
  for (let i = 0; i + 1 < B; i++) {
    out[3 + B + i] = b[i + 1] / (b[i] + 1);
    out[2 + 2 * B + i] = (b[i] - b[i + 1]) / (b[i] + b[i + 1] + 1);
  }
}

/** Columns `used` of rows (n, S). */
export function columnsOf(values: Float64Array, S: number, used: Int32Array): Float64Array {
  const n = values.length / S;
  const out = new Float64Array(n * used.length);
  for (let i = 0; i < n; i++)
    for (let u = 0; u < used.length; u++) out[i * used.length + u] = values[i * S + used[u]];
  return out;
}
