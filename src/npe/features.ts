/**
 * What a network sees of a spectrum's counts x (C). Plain data, stored with the network.
 *
 * - `sufficient`: the shape projections (x . b_k) / sum(x) for the K columns of `basis`, and ln(sum(x) + 1/2);
 * - `raw`, `sqrt`: x or the Anscombe transform 2 sqrt(x + 3/8) of the bins listed in `bins`.
 *
 * Each feature is then standardised with `mean` and `sd`.
 */
export type FeatureMap = SufficientFeatures | BinFeatures;

interface Standardisation {
  /** Bins of a spectrum. */
  readonly bins: number;
  /** (F). */
  readonly mean: Float64Array;
  readonly sd: Float64Array;
}

export interface SufficientFeatures extends Standardisation {
  readonly kind: "sufficient";
  /** (C, K). */
  readonly basis: Float64Array;
}

export interface BinFeatures extends Standardisation {
  readonly kind: "raw" | "sqrt";
  /** Bins used: those that are not constant in the training set. */
  readonly used: Int32Array;
}

/** Number of features F. */
export function featureCount(map: FeatureMap): number {
  return map.mean.length;
}

/** Features (n, F) of counts (n, C). */
export function features(map: FeatureMap, counts: ArrayLike<number>): Float64Array {
  const C = map.bins;
  const n = counts.length / C;
  if (map.kind === "sufficient") {
    const K = map.basis.length / C;
    const projections = new Float64Array(n * K);
    const totals = new Float64Array(n);
    for (let i = 0; i < n; i++)
      for (let c = 0; c < C; c++) {
        const x = counts[i * C + c];
        if (x === 0) continue;
        totals[i] += x;
        for (let k = 0; k < K; k++) projections[i * K + k] += x * map.basis[c * K + k];
      }
    return standardise(sufficientFeatures(projections, totals, K), map);
  }
  return standardise(binFeatures(map.kind, map.used, counts, C), map);
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

/** Unstandardised raw or Anscombe features (n, U) of the used bins of counts (n, C). */
export function binFeatures(
  kind: "raw" | "sqrt",
  used: Int32Array,
  counts: ArrayLike<number>,
  C: number,
): Float64Array {
  const n = counts.length / C;
  const U = used.length;
  const out = new Float64Array(n * U);
  for (let i = 0; i < n; i++)
    for (let u = 0; u < U; u++) {
      const x = counts[i * C + used[u]];
      out[i * U + u] = kind === "raw" ? x : 2 * Math.sqrt(x + 0.375);
    }
  return out;
}

/** In place: (value - mean) / sd of each feature. */
export function standardise(
  values: Float64Array,
  { mean, sd }: { mean: Float64Array; sd: Float64Array },
): Float64Array {
  const F = mean.length;
  for (let i = 0; i < values.length; i++) values[i] = (values[i] - mean[i % F]) / sd[i % F];
  return values;
}

/** Mean and standard deviation of each of F features over rows (n, F); a constant feature gets sd 1. */
export function featureMoments(values: Float64Array, F: number): { mean: Float64Array; sd: Float64Array } {
  const mean = new Float64Array(F);
  const m2 = new Float64Array(F);
  const n = values.length / F;
  for (let i = 0; i < n; i++)
    for (let f = 0; f < F; f++) {
      const step = values[i * F + f] - mean[f];
      mean[f] += step / (i + 1);
      m2[f] += step * (values[i * F + f] - mean[f]);
    }
  return { mean, sd: m2.map((v) => Math.sqrt(v / n) || 1) };
}

/** Bins whose counts are not the same in all rows of counts (n, C). */
export function varyingBins(counts: ArrayLike<number>, C: number): Int32Array {
  const varying: number[] = [];
  for (let c = 0; c < C; c++)
    for (let i = c; i < counts.length; i += C)
      if (counts[i] !== counts[c]) {
        varying.push(c);
        break;
      }
  return Int32Array.from(varying);
}
