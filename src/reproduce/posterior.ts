import { type Goodness, goodness } from "../fit/goodness.ts";
import { pickRows, rowsInside } from "../fit/inside-prior.ts";
import { projectOnModel, refineObservation } from "../fit/npe.ts";
import { sampleFlow } from "../fit/proposal.ts";
import { bestIndex, logarithmicDeviations } from "../fit/summary.ts";
import type { Refined } from "../npe/refine.ts";
import { type Moments, momentsOf } from "./moments.ts";
import type { Network } from "./network.ts";
import { type Session, timed } from "./session.ts";

/** A network's answer to one spectrum. */
export interface Posterior {
  /** The flow's draws inside the prior (M, D), and their summary. */
  readonly unrefined: Float64Array;
  readonly unrefinedMoments: readonly Moments[];
  readonly refined: Refined;
  readonly moments: readonly Moments[];
  /** At the least statistic. */
  readonly best: Float64Array;
  readonly cstat: number;
  /** At the median of the flow's own draws, as the paper quotes it. */
  readonly atMedian: Goodness;
  /** Seconds for all draws, weights included, and for the flow's draws alone. */
  readonly seconds: number;
  readonly sampleSeconds: number;
}

export const SAMPLES = 20_000;

/** The posterior of the session's own spectrum by the open network: the flow's draws, and the refined ones. */
export async function posteriorAt(session: Session, network: Network): Promise<Posterior> {
  const { lab, pool, prior, observation, problem, dimensions: D } = session;
  const { seed } = lab;
  const { counts } = observation;
  const samples = lab.size(SAMPLES, 1000);
  const projected = await timed(lab, () =>
    network.plain ? Promise.resolve(counts) : projectOnModel(pool, { counts, prior, seed }),
  );
  const seen = projected.value;
  const drawn = await timed(lab, async () => {
    const { theta } = await sampleFlow(pool, seen, samples, seed);
    return pickRows(theta, rowsInside(theta, prior), D);
  });
  const { posterior } = network;
  const weighed = await timed(lab, () => refineObservation(pool, { seen, prior, posterior, samples, seed }));
  const { theta, logLike, weight } = weighed.value;
  const at = bestIndex(logLike);
  const start = theta.slice(at * D, (at + 1) * D);
  const best = await pool.run(0, { kind: "polish", start, sd: logarithmicDeviations(theta, prior, weight) });
  const unrefinedMoments = momentsOf(drawn.value, prior);
  return {
    unrefined: drawn.value,
    unrefinedMoments,
    refined: weighed.value,
    moments: momentsOf(theta, prior, weight),
    best: best.theta,
    cstat: best.value,
    atMedian: goodness(
      [observation],
      problem.statistic,
      await expected(session, medians(session, unrefinedMoments)),
    ),
    seconds: projected.seconds + weighed.seconds,
    sampleSeconds: drawn.seconds,
  };
}

/** Medians in the declared parameters (D). */
export function medians({ prior }: Session, moments: readonly Moments[]): Float64Array {
  return Float64Array.from(moments, ({ median }, d) => (prior.priors[d].logarithmic ? 10 ** median : median));
}

/** Expected counts (n, C) of theta (n, D). */
export function expected({ pool }: Session, theta: Float64Array): Promise<Float64Array> {
  return pool.run(0, { kind: "mu", theta });
}
