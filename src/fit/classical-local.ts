import { restarted } from "../search/fit-problem.ts";
import { levenbergMarquardt } from "../search/levenberg-marquardt.ts";
import { simulatorProblem } from "./classical-simulator.ts";
import type { ProblemSpec } from "./problem.ts";
import type { Simulator } from "./simulator.ts";

/** Where fits ended, one row a start. */
export interface LocalFits {
  /** (n, D). */
  readonly theta: Float64Array;
  /** The statistic, -2 ln L (n). */
  readonly statistic: Float64Array;
  /** 1 where the fit converged; 0 where it stalled, failed or was stopped after 100 iterations (n). */
  readonly converged: Uint8Array;
}

export interface LocalFitsInput {
  /** (n, D). */
  readonly starts: Float64Array;
  /** In place of the observed counts, a spectrum a start (n, C). C statistic only. */
  readonly counts?: Float64Array;
  /** Fall of the statistic that ends a fit. 0.01, as XSPEC. */
  readonly criticalDelta?: number;
}

/** One Levenberg-Marquardt fit from each start. */
export function localFits(
  simulator: Pick<Simulator, "prior" | "mu" | "dimensions" | "bins">,
  problem: ProblemSpec,
  { starts, counts, criticalDelta = 0.01 }: LocalFitsInput,
): LocalFits {
  const { dimensions: D, bins: C } = simulator;
  const n = starts.length / D;
  const theta = new Float64Array(starts.length);
  const statistic = new Float64Array(n);
  const converged = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const local = simulatorProblem(simulator, problem, counts?.slice(i * C, (i + 1) * C));
    const fit = levenbergMarquardt(restarted(local, starts.subarray(i * D, (i + 1) * D)), { criticalDelta });
    theta.set(fit.x, i * D);
    statistic[i] = fit.statistic;
    converged[i] = fit.converged ? 1 : 0;
  }
  return { theta, statistic, converged };
}
