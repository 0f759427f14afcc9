import type { Rng } from "../math/rng.ts";
import { drawGamma } from "./gamma-variate.ts";

/**
 * How the background of a set-up is simulated. With its expected counts g_c in the background spectrum and ratio r_c of scales, counts
 * are drawn of
 *
 *   source      S_c ~ Poisson(mu_c + r_c g_c)
 *   background  B_c ~ Poisson(g_c),  or normal with variance e_c around g_c,  or g_c itself where it is known without error
 *
 * g has a prior that is broad against what B tells of it,  g_c = F_o m_c y_c:  y_c ~ Gamma(k_c)/k_c of every bin for itself, with
 * k_c = m_c^2 / (10 var(B_c)) + 1/2,  and  ln F_o ~ Normal(0, spread)  for each spectrum o. Drawing g from what the measured B
 * allows would count B twice, once there and once as data. Plain data, kept with a network.
 */
export interface BackgroundLaw {
  readonly kind: "poisson" | "gaussian" | "known";
  /** Bins of each spectrum. */
  readonly sizes: Int32Array;
  /** r: source scale over background scale (C); 0 where a spectrum has no background. */
  readonly ratio: Float64Array;
  /** m: background counts around which backgrounds are drawn (C). */
  readonly mean: Float64Array;
  /** e (C); gaussian only. */
  readonly variance?: Float64Array;
  /** Deviation of ln F. */
  readonly spread: number;
}

/** A law whose background counts are data of the network. */
export type ShownLaw = BackgroundLaw & { readonly kind: "poisson" | "gaussian" };

/** Widths of the prior of g over those of B, squared. */
const BROADER = 10;

/** Whether background counts are data of the network: what is known without error tells nothing. */
export function isShown(law: BackgroundLaw | undefined): law is ShownLaw {
  return law !== undefined && law.kind !== "known";
}

/**
 * Length L of what a network is shown of C bins: the source counts, and, where they are shown, the background counts of the same bins after
 * them, 0 in those without a background.
 */
export function dataLength(bins: number, law: BackgroundLaw | undefined): number {
  return isShown(law) ? 2 * bins : bins;
}

/** Number of spectra whose background counts are shown. */
export function backgroundsShown(law: BackgroundLaw | undefined): number {
  return isShown(law) ? backgroundSpectra(law).length : 0;
}

/** First and last bin + 1 of each spectrum that has a background. */
export function backgroundSpectra({ sizes, ratio }: BackgroundLaw): [number, number][] {
  const found: [number, number][] = [];
  let at = 0;
  for (const size of sizes) {
    if (ratio.subarray(at, at + size).some((r) => r > 0)) found.push([at, at + size]);
    at += size;
  }
  return found;
}

/**
 * Mean background counts that measured ones (C) of one spectrum stand for: m_c = (b_c + 1/2) (sum(b) + 1/2) / (sum(b) + C/2). Bins without a count may
 * get some, and the total stays (but for the 1/2 that a background without a count needs), however few the counts are.
 */
export function meanBackground(counts: ArrayLike<number>): Float64Array {
  const positive = Float64Array.from(counts, (b) => Math.max(0, b));
  const total = positive.reduce((sum, b) => sum + b, 0);
  return positive.map((b) => ((b + 0.5) * (total + 0.5)) / (total + 0.5 * positive.length));
}

/** A draw of g / F (C), the part of the background that each bin has for itself. */
export function drawShape(out: Float64Array, { kind, ratio, mean, variance }: BackgroundLaw, rng: Rng): void {
  for (let c = 0; c < out.length; c++) {
    const known = kind === "known" || variance?.[c] === 0;
    const spread = variance === undefined ? mean[c] : variance[c];
    const shape = mean[c] ** 2 / (BROADER * spread) + 0.5;
    out[c] = ratio[c] > 0 ? mean[c] : 0;
    if (!known && out[c] > 0) out[c] *= drawGamma(rng, shape) / shape;
  }
}

/** Multiplies the spectra of a shape (C) by a factor F each. */
export function drawStrength(shape: Float64Array, law: BackgroundLaw, rng: Rng): void {
  if (law.kind === "known") return;
  for (const [from, to] of backgroundSpectra(law)) {
    const factor = Math.exp(law.spread * rng.normal());
    for (let c = from; c < to; c++) shape[c] *= factor;
  }
}

/**
 * What a network is shown (L) in place of `data` (L): the counts that a model expects. Background counts stay, and the source counts become mu + r b, so
 * that counts less background are exactly the model's.
 */
export function modelData(
  law: BackgroundLaw | undefined,
  mu: Float64Array,
  data: ArrayLike<number>,
): Float64Array {
  if (law === undefined) return mu;
  const C = mu.length;
  const out = new Float64Array(data.length);
  for (let c = 0; c < C; c++) {
    const b = isShown(law) ? data[C + c] : law.mean[c];
    out[c] = mu[c] + law.ratio[c] * b;
    if (isShown(law)) out[C + c] = b;
  }
  return out;
}

/**
 * What the background adds to the variance of counts less background, r (1 + r) m (C). As s - r b has the variance mu + r (1 + r) g, the score of a
 * spectrum with a background is that of one without whose expected counts are mu + r (1 + r) g: the projection of s - r b on ln of these.
 */
export function netVariance({ kind, ratio, mean }: BackgroundLaw): Float64Array {
  return mean.map((m, c) => ratio[c] * (kind === "known" ? 1 : 1 + ratio[c]) * m);
}

/**
 * Adds to expected source counts `mu` (C) a background as the background spectrum allows it: its expected counts are
 * drawn from their posterior, Gamma(B + 1/2), and scaled to the source region.
 *
 * @param counts background counts (C); @param ratio source scale over background scale (C); 0 where there is no background
 */
export function addBackground(mu: Float64Array, counts: Float64Array, ratio: Float64Array, rng: Rng): void {
  for (let c = 0; c < mu.length; c++) if (ratio[c] > 0) mu[c] += ratio[c] * drawGamma(rng, counts[c] + 0.5);
}
