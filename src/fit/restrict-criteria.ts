import { type Criterion, countsDistance, posteriorReach } from "../npe/restriction.ts";
import type { Observation } from "../observe/types.ts";
import { poolLogLike } from "./log-like.ts";
import type { Pool } from "./pool.ts";

/** Whether theta (D) with expected counts mu (C) is wanted: yes or no, or how far it is from being so (0 or less: it is). */
export type Label = (theta: Float64Array, mu: Float32Array) => boolean | number;

/** Where less of the prior is wanted than this, the nearest this much is learnt first. */
const NEAREST = 0.1;

/** Total expected counts in a range. */
export function countsCriterion(bins: number, lower: number, upper: number): Criterion {
  return {
    words: `expected counts from ${lower} to ${upper}`,
    ways: 1,
    share: NEAREST,
    distances: async (_, mu) => countsDistance(mu, bins, lower, upper),
    reach: () => new Float64Array(1),
  };
}

/**
 * The fraction of lowest statistic against one of several data sets of the open problem's set-up: each round the best of what the last one left,
 * but never less than the posterior needs.
 */
export function statisticCriterion(
  pool: Pool,
  D: number,
  fraction: number,
  alternatives: readonly (readonly Observation[])[],
): Criterion {
  const K = alternatives.length;
  return {
    words: `the ${100 * fraction} % of lowest statistic`,
    ways: K,
    share: fraction,
    telling: true,
    async distances(theta) {
      const out = new Float64Array((theta.length / D) * K);
      for (const [k, data] of alternatives.entries()) {
        if (K > 1) await pool.all({ kind: "observe", data });
        const logLike = await poolLogLike(pool, theta, D);
        logLike.forEach((l, i) => {
          out[i * K + k] = -2 * l;
        });
      }
      if (K > 1) await pool.all({ kind: "observe", data: alternatives[0] });
      return out;
    },
    reach(distances) {
      const best = new Float64Array(K).fill(Number.POSITIVE_INFINITY);
      distances.forEach((v, i) => {
        best[i % K] = Math.min(best[i % K], v);
      });
      return best.map((v) => v + posteriorReach(D));
    },
  };
}

/** Any function of theta and its expected counts. */
export function labelCriterion(label: Label, D: number, bins: number): Criterion {
  return {
    words: "the given condition",
    ways: 1,
    share: 0,
    async distances(theta, mu) {
      return Float64Array.from({ length: theta.length / D }, (_, i) => {
        const verdict = label(theta.slice(i * D, (i + 1) * D), mu.slice(i * bins, (i + 1) * bins));
        return typeof verdict === "number" ? verdict : verdict ? 0 : Number.POSITIVE_INFINITY;
      });
    },
    reach: () => new Float64Array(1),
  };
}
