import type { ClassicalFit } from "../search/levenberg-marquardt.ts";
import { fitFrom } from "./classical-fits.ts";
import { priorPenalty } from "./classical-prior.ts";
import { type Basin, basins } from "./mle-minima.ts";
import { type StartsInput, startingPoints } from "./mle-starts.ts";
import type { Pool } from "./pool.ts";
import type { Control } from "./types.ts";

export interface MleRun {
  readonly fit: ClassicalFit;
  /** Starting points that were tried. */
  readonly starts: number;
  /** Minima that they came to, the lowest first. */
  readonly minima: readonly Basin[];
  readonly warnings: readonly string[];
}

/** Fall of the statistic that ends a fit, as XSPEC's. */
const CRITICAL = 0.01;

/**
 * The best fit of the pool's problem: Levenberg-Marquardt as XSPEC's `fit` from several starting points, the lowest minimum wins. The fit
 * shown is the first one that came to within 0.01 of it, so the user's own start where that is as good as any. A fit that stalls far from a
 * minimum is polished and goes on from there; so does the winner where the polish finds the statistic lower by more than 0.01. With
 * `bayes` the statistic everywhere includes -2 ln prior.
 */
export async function runMle(pool: Pool, input: StartsInput, { onProgress }: Control = {}): Promise<MleRun> {
  const D = input.prior.priors.length;
  const points = await startingPoints(pool, input);
  const starts = points.length / D;
  const onDone = (done: number) => onProgress?.({ stage: "fit", done, total: starts });
  const ends = await unstalled(pool, await fitFrom(pool, points, D, { onDone }), input);
  const minima = await basins(pool, ends.theta, ends.statistic, D, penaltyOf(input));
  if (minima.length === 0)
    return { fit: await logged(pool, points.slice(0, D)), starts, minima, warnings: [] };
  const [{ fits, statistic: lowest }] = minima;
  const winner = Math.min(...fits.filter((i) => ends.statistic[i] <= lowest + CRITICAL));
  const row = (rows: Float64Array) => rows.slice(winner * D, (winner + 1) * D);
  const start = ends.polished.has(winner) ? ends.polished.get(winner)! : row(points);
  const fit = await logged(pool, start, !ends.polished.has(winner));
  return { ...(await settled(pool, fit, input)), starts, minima };
}

/** What is added to -2 ln L. */
const penaltyOf = ({ prior, config: { bayes } }: StartsInput) =>
  bayes === true ? (theta: Float64Array) => priorPenalty(prior, theta) : undefined;

const logged = (pool: Pool, start: Float64Array, renormalise = true) =>
  pool.run(0, { kind: "classicalFit", start, renormalise });

interface Ends {
  readonly theta: Float64Array;
  readonly statistic: Float64Array;
  /** Points from which stalled fits went on, by the number of the fit. */
  readonly polished: ReadonlyMap<number, Float64Array>;
}

/** The ends of fits, those that did not converge polished and fitted on. */
async function unstalled(
  pool: Pool,
  { theta, statistic, converged }: Awaited<ReturnType<typeof fitFrom>>,
  { prior, config: { bayes = false } }: StartsInput,
): Promise<Ends> {
  const D = prior.priors.length;
  const stalled = Array.from(statistic.keys()).filter((i) => !converged[i] && Number.isFinite(statistic[i]));
  const points = await pool.map(
    stalled.map((i) => ({
      kind: "polish" as const,
      start: theta.slice(i * D, (i + 1) * D),
      sd: new Float64Array(D),
      bayes,
    })),
  );
  stalled.forEach((i, k) => {
    theta.set(points[k].theta, i * D);
    statistic[i] = points[k].value;
  });
  return { theta, statistic, polished: new Map(stalled.map((i, k) => [i, points[k].theta])) };
}

/** The fit, gone on from a polished point where XSPEC's rule stopped it too early. */
async function settled(
  pool: Pool,
  fit: ClassicalFit,
  { prior, config: { bayes = false } }: StartsInput,
): Promise<Pick<MleRun, "fit" | "warnings">> {
  const D = fit.x.length;
  const sd = Float64Array.from(fit.x, (value, d) => {
    const sigma = Math.sqrt(Math.max(0, fit.covariance[d * (D + 1)]));
    return prior.priors[d].logarithmic ? sigma / (Math.abs(value) * Math.LN10) : sigma;
  });
  const polished = await pool.run(0, { kind: "polish", start: fit.x, sd, bayes });
  const gain = fit.statistic - polished.value;
  if (!(gain > CRITICAL)) return { fit, warnings: [] };
  const further = await logged(pool, polished.theta, false);
  const warning = `XSPEC's rule stopped the fit ${gain.toPrecision(2)} above the minimum; it was polished and fitted on`;
  return { fit: { ...further, iterations: [...fit.iterations, ...further.iterations] }, warnings: [warning] };
}
