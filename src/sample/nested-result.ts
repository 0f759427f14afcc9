import { stream } from "../math/random.ts";
import { bootstrapCounts } from "./bootstrap.ts";
import { logFiniteFraction } from "./nested.ts";
import type { NestedState, Points } from "./nested-types.ts";
import { copyPoint, emptyPoints } from "./points.ts";
import { evidenceWeights, type OrderedPoints } from "./shrinkage.ts";

const BOOTSTRAP_ROUNDS = 200;

/** Evidence and weighted posterior of one run, or of several merged. Points in ascending order of likelihood. */
export interface NestedResult {
  readonly dimension: number;
  readonly logZ: number;
  /** Standard error of logZ from bootstrapping the chains of live points. */
  readonly logZError: number;
  /** Kullback-Leibler divergence of posterior from prior, nats. */
  readonly information: number;
  /** Kish's effective sample size of the weights. */
  readonly ess: number;
  readonly livePoints: number;
  readonly iterations: number;
  readonly evaluations: number;
  /** Parameters (M, D) and their places in the unit cube (M, D). */
  readonly theta: Float64Array;
  readonly u: Float64Array;
  readonly logLike: Float64Array;
  /** Posterior weights (M), sum 1. */
  readonly weight: Float64Array;
  /** Place of each new point among the live ones, in [0, 1); uniform where sampling is right. */
  readonly insertion: Float64Array;
  readonly warnings: readonly string[];
}

/**
 * What a run gives; of a run that is not done, what it gives if it ends here. Several runs of the same problem with
 * different `run` (or seed) are merged as one with the sum of their live points: the same answer quality as one large run,
 * on several processors (Higson, Handley, Hobson & Lasenby 2019, Stat. Comp. 29, 891).
 *
 * The error of logZ is the standard deviation over 200 bootstraps of the chains, so it holds both the unknown shrinkage
 * and the scatter of the points (Higson, Handley, Hobson & Lasenby 2018, Bayesian Analysis 13, 873), and the uncertainty of
 * the fraction of the prior with a finite likelihood.
 */
export function nestedResult(...runs: readonly NestedState[]): NestedResult {
  const { points, ordered } = gather(runs);
  const d = points.u.length / points.logLike.length;
  const livePoints = ordered.threads;
  const priorDraws = sum(runs.map((run) => run.priorDraws));
  const logVolume = logFiniteFraction(livePoints, priorDraws);
  const terms = new Float64Array(points.count);
  const logZ = evidenceWeights(terms, ordered, logVolume);
  const weight = terms.map((term) => Math.exp(term - logZ));
  return {
    dimension: d,
    logZ,
    logZError: Math.hypot(bootstrapError(ordered, runs[0].options.seed), volumeError(livePoints, priorDraws)),
    information: Math.max(0, sum(weight.map((w, i) => (w > 0 ? w * points.logLike[i] : 0))) - logZ),
    ess: 1 / sum(weight.map((w) => w * w)),
    livePoints,
    iterations: sum(runs.map((run) => run.iteration)),
    evaluations: sum(runs.map((run) => run.evaluations)),
    theta: points.theta,
    u: points.u,
    logLike: points.logLike,
    weight,
    insertion: Float64Array.from(runs.flatMap((run) => run.insertion)),
    warnings: runs.flatMap((run) => (run.warning === undefined ? [] : [run.warning])),
  };
}

function sum(x: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i];
  return total;
}

/** Relative error of a fraction known from n successes in m draws. */
function volumeError(n: number, m: number): number {
  return Math.sqrt((1 - n / m) / n);
}

/** Dead and live points of all runs in one list, sorted; the threads of later runs are numbered on. */
function gather(runs: readonly NestedState[]): { readonly points: Points; readonly ordered: OrderedPoints } {
  const d = runs[0].dimension;
  const all = emptyPoints(d, sum(runs.map((run) => run.dead.count + run.live.count)));
  const lastFlags: number[] = [];
  let threads = 0;
  for (const { dead, live, options } of runs) {
    for (const [list, flag] of [
      [dead, 0],
      [live, 1],
    ] as const) {
      for (let i = 0; i < list.count; i++) {
        copyPoint(all, list, i, d);
        all.thread[all.count - 1] += threads;
        lastFlags.push(flag);
      }
    }
    threads += options.livePoints;
  }
  const order = Uint32Array.from({ length: all.count }, (_, i) => i).sort(
    (i, j) => all.logLike[i] - all.logLike[j] || lastFlags[i] - lastFlags[j],
  );
  const points = emptyPoints(d, all.count);
  order.forEach((i) => {
    copyPoint(points, all, i, d);
  });
  const last = Uint8Array.from(order, (i) => lastFlags[i]);
  return { points, ordered: { ...points, threads, last } };
}

function bootstrapError(ordered: OrderedPoints, seed: number): number {
  const scratch = new Float64Array(ordered.count);
  const rng = stream(seed, "nested/error");
  const values = Float64Array.from({ length: BOOTSTRAP_ROUNDS }, () =>
    evidenceWeights(scratch, ordered, 0, bootstrapCounts(ordered.threads, rng)),
  );
  const mean = sum(values) / BOOTSTRAP_ROUNDS;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (BOOTSTRAP_ROUNDS - 1));
}
