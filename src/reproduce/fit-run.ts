import { runFit } from "../fit/analysis.ts";
import { problemPrior } from "../fit/problem.ts";
import type { FitConfig, RunResult } from "../fit/types.ts";
import { stream } from "../math/random.ts";
import { parseExpression } from "../model/expression.ts";
import { resample } from "../sample/resample.ts";
import { type Moments, momentsOf } from "./moments.ts";
import { fitConfig, timed } from "./session.ts";
import type { Setup } from "./setups.ts";
import type { Lab } from "./types.ts";

/** A run as `xnpe fit` makes it, without its files. Plain data. */
export interface FitSummary {
  readonly moments: readonly Moments[];
  /** Of the network's own draws. */
  readonly unrefined: readonly Moments[];
  readonly statistic: RunResult["statistic"];
  readonly importance?: RunResult["importance"];
  readonly evidence?: RunResult["evidence"];
  readonly network?: RunResult["network"];
  readonly timings: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Equally weighted draws (n, D) for figures, and the network's own. */
  readonly draws: readonly number[];
  readonly flowDraws: readonly number[];
  readonly warnings: readonly string[];
}

const SHOWN = 3000;

/** Fits a set-up with changed settings, once a run; the name tells it from others. */
export function fitRun(
  lab: Lab,
  setup: Setup,
  name: string,
  changes: Partial<FitConfig>,
): Promise<FitSummary> {
  return lab.kept(`fits/${setup.name}-${name}`, async () => {
    const config = fitConfig(lab, setup, changes);
    const { data, clock, spawn, control } = lab;
    const io = { readFile: data.readFile, clock, ...(spawn && { spawn }) };
    const { value, seconds } = await timed(lab, () => runFit(config, io, control));
    const { result, draws, figures } = value;
    const free = draws.names.map((path) => ({ path, prior: setup.priors[path] }));
    const prior = problemPrior(parseExpression(setup.model), free);
    const D = free.length;
    const picked = resample(draws.weight, SHOWN, stream(lab.seed, "reproduce/fit"));
    const flow = figures.unrefined ?? new Float64Array(0);
    return {
      moments: momentsOf(draws.theta, prior, draws.weight),
      unrefined: flow.length > 0 ? momentsOf(flow, prior) : [],
      statistic: result.statistic,
      ...(result.importance && { importance: result.importance }),
      ...(result.evidence && { evidence: result.evidence }),
      ...(result.network && { network: result.network }),
      timings: result.timings,
      seconds,
      draws: Array.from(picked).flatMap((m) => Array.from(draws.theta.subarray(m * D, (m + 1) * D))),
      flowDraws: Array.from(flow.subarray(0, SHOWN * D)),
      warnings: result.warnings,
    };
  });
}
