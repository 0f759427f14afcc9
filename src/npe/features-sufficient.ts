import type { BackgroundLaw } from "./background.ts";
import { backgroundSpectra } from "./background.ts";
import type { Standardisation } from "./features-moments.ts";

/**
 * Without background counts: projections (x . b_k) / sum(x) on the K columns of a basis (`sufficientBasis`), and ln(sum(x) + 1/2). With them:
 * `netFeatures` of projections on the columns of a `netBasis`.
 */
export interface SufficientFeatures extends Standardisation {
  readonly kind: "sufficient";
  /** (L, K). */
  readonly basis: Float64Array;
}

/** Projections (n, K) of counts (n, C) on the columns of a basis (C, K), and the total counts (n). */
export function projectCounts(
  basis: Float64Array,
  counts: ArrayLike<number>,
  C: number,
): { projections: Float64Array; totals: Float64Array } {
  const n = counts.length / C;
  const K = basis.length / C;
  const projections = new Float64Array(n * K);
  const totals = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < C; c++) {
      const x = counts[i * C + c];
      if (x === 0) continue;
      totals[i] += x;
      for (let k = 0; k < K; k++) projections[i * K + k] += x * basis[c * K + k];
    }
  return { projections, totals };
}

/** Unstandardised sufficient features (n, K + 1) of projections (n, K) and totals (n). */
export function sufficientFeatures(projections: Float64Array, totals: Float64Array, K: number): Float64Array {
  const F = K + 1;
  const out = new Float64Array(totals.length * F);
  for (let i = 0; i < totals.length; i++) {
    const total = Math.max(totals[i], 1);
    for (let k = 0; k < K; k++) out[i * F + k] = projections[i * K + k] / total;
    out[i * F + K] = Math.log(totals[i] + 0.5);
  }
  return out;
}

/** Number of columns of a net basis after those of the modes, for O spectra with a background. */
const besides = (O: number) => 2 + O;

/**
 * The linear statistics of source and background counts (s, b) that features are made of, as a basis (2C, K + 2 + O):
 *
 *   (s - r b) . b_k,   N = sum(s - r b),   V = sum(s + r^2 b),   and  sum(b) of each of the O spectra with a background
 *
 * @param basis modes b_k (C, K)
 */
export function netBasis(basis: Float64Array, law: BackgroundLaw): Float64Array {
  const { ratio } = law;
  const C = ratio.length;
  const K = basis.length / C;
  const spectra = backgroundSpectra(law);
  const width = K + besides(spectra.length);
  const out = new Float64Array(2 * C * width);
  for (let c = 0; c < C; c++) {
    const source = out.subarray(c * width, (c + 1) * width);
    const background = out.subarray((C + c) * width, (C + c + 1) * width);
    for (let k = 0; k < K; k++) {
      source[k] = basis[c * K + k];
      background[k] = -ratio[c] * basis[c * K + k];
    }
    source.set([1, 1], K);
    background.set([-ratio[c], ratio[c] ** 2], K);
    spectra.forEach(([from, to], o) => {
      if (c >= from && c < to) background[K + 2 + o] = 1;
    });
  }
  return out;
}

/**
 * Unstandardised features (n, K + 1 + O) of projections (n, K + 2 + O) on a net basis:
 *
 *   (s - r b) . b_k / D,   ln D,   ln(sum(b) + 1/2) of each spectrum with a background,   D = (N + sqrt(N^2 + 4 V + 4)) / 2
 *
 * D is the net counts N where these are many, and of the size of their error, sqrt(V), where they are few or less than none.
 */
export function netFeatures(projections: Float64Array, law: BackgroundLaw, width: number): Float64Array {
  const O = backgroundSpectra(law).length;
  const K = width - besides(O);
  const F = K + 1 + O;
  const n = projections.length / width;
  const out = new Float64Array(n * F);
  for (let i = 0; i < n; i++) {
    const own = projections.subarray(i * width, (i + 1) * width);
    const [net, variance] = [own[K], Math.max(0, own[K + 1]) + 1];
    const root = Math.sqrt(net * net + 4 * variance);
    const D = net > 0 ? 0.5 * (net + root) : (2 * variance) / (root - net);
    for (let k = 0; k < K; k++) out[i * F + k] = own[k] / D;
    out[i * F + K] = Math.log(D);
    for (let o = 0; o < O; o++) out[i * F + K + 1 + o] = Math.log(Math.max(0, own[K + 2 + o]) + 0.5);
  }
  return out;
}
