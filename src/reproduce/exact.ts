import { runNested } from "../fit/nested.ts";
import { bestIndex, logarithmicDeviations } from "../fit/summary.ts";
import { stream } from "../math/random.ts";
import { resample } from "../sample/resample.ts";
import { type Moments, momentsOf } from "./moments.ts";
import { type Session, timed } from "./session.ts";

/** The exact posterior by nested sampling: what networks are judged by. Plain data. */
export interface Exact {
  readonly moments: readonly Moments[];
  readonly logZ: number;
  readonly logZError: number;
  /** Effective draws. */
  readonly ess: number;
  readonly evaluations: number;
  readonly livePoints: number;
  /** Parameters and value of the least statistic. */
  readonly best: readonly number[];
  readonly cstat: number;
  /** Equally weighted draws (n, D) for figures. */
  readonly draws: readonly number[];
  readonly seconds: number;
}

/** Live points of a full run: some 9000 effective draws, 0.01 sigma in means and 1 % in widths. */
const LIVE_POINTS = 2000;
const SHOWN = 3000;

/** The session's exact posterior, sampled once a run. */
export function exactPosterior(session: Session): Promise<Exact> {
  const { lab, setup } = session;
  return lab.kept(`exact/${setup.name}`, () => sample(session, lab.size(LIVE_POINTS, 24)));
}

async function sample(session: Session, livePoints: number): Promise<Exact> {
  const { lab, pool, prior, dimensions: D } = session;
  const { seed, control } = lab;
  const { value: run, seconds } = await timed(lab, () =>
    runNested(pool, { dimensions: D, livePoints, seed }, control),
  );
  const { theta, weight, logLike, logZ, logZError, ess, evaluations } = run;
  const at = bestIndex(logLike);
  const start = theta.slice(at * D, (at + 1) * D);
  const sd = logarithmicDeviations(theta, prior, weight);
  const best = await pool.run(0, { kind: "polish", start, sd });
  const picked = resample(weight, SHOWN, stream(seed, "reproduce/exact"));
  return {
    moments: momentsOf(theta, prior, weight),
    ...{ logZ, logZError, ess, evaluations, livePoints, seconds },
    best: Array.from(best.theta),
    cstat: best.value,
    draws: Array.from(picked).flatMap((m) => Array.from(theta.subarray(m * D, (m + 1) * D))),
  };
}
