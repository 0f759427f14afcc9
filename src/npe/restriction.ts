import { quantiles } from "../math/quantile.ts";

/**
 * What theta has to meet: how far (n, K) draws are from meeting it, in K ways of which one suffices. Smaller is nearer; which value is near
 * enough is known only when all draws are (a C statistic is judged by the lowest one found).
 */
export interface Criterion {
  /** For sentences: "expected counts from 100 to 1000". */
  readonly words: string;
  readonly ways: number;
  /** Distances (n, K) of theta (n, D) with expected counts mu (n, C); +Infinity where there is no telling. */
  distances(theta: Float64Array, mu: Float32Array): Promise<Float64Array>;
  /** Value (K) up to which a distance meets the criterion, given those of all draws (N, K). */
  reach(distances: Float64Array): Float64Array;
  /** Least share of the draws in the present region that are taken as members, the nearest ones, before the criterion itself is reached. */
  readonly share: number;
  /** True where the cut says something to a reader: a value of the statistic. */
  readonly telling?: boolean;
}

export interface Labels {
  /** 1 for members (N). */
  readonly member: Uint8Array;
  /** Largest distance (K) of a member. */
  readonly cut: Float64Array;
  /** True where the members are those that meet the criterion itself. */
  readonly final: boolean;
}

/**
 * Labels the draws of all rounds (N, K) by one cut:
 *
 *   cut_k = max(reach_k, the `share` quantile of the distances of all draws in the present region)
 *
 * Draws of any round that lie in the present region are draws of the same restricted prior, so the quantile is that of one law, whichever round
 * they come from, and it falls from round to round as the region shrinks: each round keeps the nearest `share` of what the one before
 * left, until the criterion itself is reached. The labels of earlier draws change with it.
 */
export function labelDraws(
  { ways: K, reach, share }: Pick<Criterion, "ways" | "reach" | "share">,
  distances: Float64Array,
  inRegion: Uint8Array,
): Labels {
  const N = inRegion.length;
  const floor = reach(distances);
  const cut = floor.map((least, k) => {
    if (share === 0) return least;
    const inside = Float64Array.from({ length: N }, (_, i) => distances[i * K + k]).filter(
      (v, i) => inRegion[i] === 1 && v < Number.POSITIVE_INFINITY,
    );
    return inside.length === 0 ? least : Math.max(least, quantiles(inside, [share])[0]);
  });
  return {
    member: meets(distances, cut),
    cut,
    final: cut.every((v, k) => v === floor[k]),
  };
}

/** Rows (N, K) that are within the cut in one of the ways. */
export function meets(distances: Float64Array, cut: Float64Array): Uint8Array {
  const K = cut.length;
  const out = new Uint8Array(distances.length / K);
  distances.forEach((v, i) => {
    if (v <= cut[i % K]) out[Math.floor(i / K)] = 1;
  });
  return out;
}

/** How far each draw's total (n) of expected counts (n, C) is from a range, in ln; 0 inside. */
export function countsDistance(mu: Float32Array, bins: number, lower: number, upper: number): Float64Array {
  const totals = new Float64Array(mu.length / bins);
  for (let i = 0; i < mu.length; i++) totals[Math.floor(i / bins)] += mu[i];
  return totals.map((t) =>
    t > 0 ? Math.max(0, Math.log(lower / t), Math.log(t / upper)) : lower > 0 ? Infinity : 0,
  );
}

/** Standard normal quantile of 1 - 1e-6. */
const BEYOND = 4.753424;

/**
 * How far above its lowest value -2 ln L may lie anywhere in a posterior of D parameters, but for a share of 1e-6: that quantile of chi^2 with D
 * degrees of freedom (Gaussian posterior), in the approximation of Wilson & Hilferty (1931), which is within 16 % of it and above it.
 */
export function posteriorReach(D: number): number {
  const v = 2 / (9 * D);
  return D * (1 - v + BEYOND * Math.sqrt(v)) ** 3;
}
