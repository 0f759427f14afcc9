import type { Prior } from "../prior/types.ts";
import { type Base, baseMap } from "./base.ts";
import { type FeatureMap, features } from "./features.ts";
import type { Draws } from "./refine.ts";
import { type Target, targetMap } from "./targets.ts";

/** What turns a flow over z given features into a posterior over parameters given counts. Plain data. */
export interface PosteriorSpec {
  readonly features: FeatureMap;
  readonly targets: readonly Target[];
  readonly base: Base;
}

/** The part of a conditional flow that a posterior needs: z (n, D) given features x (F). */
export interface ConditionalDensity {
  /** Draws numbered first .. first + n - 1 of a stream; the same number gives the same draw, however they are asked for. */
  sample(
    x: Float64Array,
    n: number,
    stream: { readonly seed: number; readonly name: string; readonly first: number },
  ): { readonly z: Float64Array; readonly logProb: Float64Array };
  logProb(z: Float64Array, x: Float64Array): Float64Array;
}

/** q(theta | counts), amortised: any counts (C), in milliseconds. Densities are in the declared parameters. */
export interface AmortisedPosterior {
  sample(counts: ArrayLike<number>, n: number, stream: { seed: number; name: string; first: number }): Draws;
  /** ln q of theta (n, D); -Infinity where a logit target does not exist. */
  logProb(counts: ArrayLike<number>, theta: Float64Array): Float64Array;
}

/** Joins the pieces: theta <- targets <- base <- flow, with every Jacobian in ln q. */
export function amortisedPosterior(
  { features: map, targets, base }: PosteriorSpec,
  priors: readonly Prior[],
  flow: ConditionalDensity,
): AmortisedPosterior {
  const change = targetMap(targets, priors);
  const { restore, standardise } = baseMap(base);
  return {
    sample(counts, n, stream) {
      const x = features(map, counts);
      const drawn = flow.sample(x, n, stream);
      const t = restore(x, drawn.z);
      const theta = change.inverse(t);
      const jacobian = change.logJacobian(theta);
      const { logDet } = standardise(x, t);
      return { theta, logProb: drawn.logProb.map((l, i) => l + logDet[i] + jacobian[i]) };
    },
    logProb(counts, theta) {
      const x = features(map, counts);
      const jacobian = change.logJacobian(theta);
      const t = change.forward(theta).map((v) => (Number.isFinite(v) ? v : 0));
      const { z, logDet } = standardise(x, t);
      return flow.logProb(z, x).map((l, i) => l + logDet[i] + jacobian[i]);
    },
  };
}
