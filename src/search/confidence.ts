import { InputError } from "../errors.ts";
import { type FitProblem, restarted } from "./fit-problem.ts";
import { type ClassicalFit, levenbergMarquardt } from "./levenberg-marquardt.ts";
import { nextTrial, type ProfilePoint } from "./profile-trial.ts";

export interface ConfidenceOptions {
  /** Rise of the statistic at the ends of the range. XSPEC: 2.706, 90 % of one parameter. */
  readonly delta?: number;
  /** How far from `delta` the rise at the ends may be. XSPEC: 0.01. */
  readonly tolerance?: number;
  /** Refits a side. XSPEC: 20. */
  readonly trials?: number;
  /** Fall of the statistic that ends a fit. XSPEC: 0.01. */
  readonly criticalDelta?: number;
  /** Bins less free parameters: ranges are refused where the statistic is more than `maximum` times that. Absent: not checked. */
  readonly degreesOfFreedom?: number;
  /** XSPEC: 2. */
  readonly maximum?: number;
}

/** One end of a confidence range. */
export interface ConfidenceEnd {
  /** The parameter there; 0 where it came to a hard limit, as XSPEC reports it. */
  readonly value: number;
  /** Rise of the statistic there. */
  readonly rise: number;
  readonly status: "found" | "limit" | "trials";
  /** Whether the statistic rose all the way, at the distances that were looked at. */
  readonly monotonic: boolean;
}

export interface Confidence {
  readonly lower: ConfidenceEnd;
  readonly upper: ConfidenceEnd;
  /** The best fit: the one given, or a better one met on the way, which the range then belongs to. */
  readonly fit: ClassicalFit;
}

/**
 * Confidence range of parameter `index`: where the statistic, minimised over the other parameters, has risen by `delta`.
 * XSPEC's `error`. The first trial of a side is sigma sqrt(delta) away (where sigma is 0 or that crosses a limit, the
 * lesser of the parameter's delta and half the way to the limit), then twice as far until the rise exceeds `delta`, then
 * as `nextTrial` says. A minimum more than `tolerance` below the best one starts everything anew from there.
 *
 * Throws InputError for a frozen parameter, and where the fit is too bad (`degreesOfFreedom`).
 */
export function confidence(
  problem: FitProblem,
  best: ClassicalFit,
  index: number,
  options: ConfidenceOptions = {},
): Confidence {
  const { degreesOfFreedom, maximum = 2, criticalDelta = 0.01 } = options;
  if (degreesOfFreedom !== undefined && best.statistic > maximum * degreesOfFreedom) {
    throw new InputError(
      `the reduced statistic is ${(best.statistic / degreesOfFreedom).toPrecision(3)}, above ${maximum}: confidence ranges mean nothing there; improve the model first`,
    );
  }
  if (problem.parameters[index].frozen) {
    throw new InputError(
      `parameter ${index + 1} is frozen and has no confidence range; free it and fit first`,
    );
  }
  let fit = best;
  for (let restart = 0; restart < 20; restart++) {
    const lower = findEnd(problem, fit, index, -1, options);
    const upper = lower.better ? lower : findEnd(problem, fit, index, 1, options);
    if (!lower.better && !upper.better) return { lower: lower.end, upper: upper.end, fit };
    const from = restarted(problem, (upper.better ?? lower.better)!);
    fit = levenbergMarquardt(from, { criticalDelta, renormalise: false });
  }
  throw new Error("internal: the minimum fell 20 times during one search for a confidence range");
}

/** An end, or a point below the best fit. */
interface EndOrBetter {
  readonly end: ConfidenceEnd;
  readonly better?: Float64Array;
}

function findEnd(
  problem: FitProblem,
  fit: ClassicalFit,
  index: number,
  side: -1 | 1,
  { delta = 2.706, tolerance = 0.01, trials = 20, criticalDelta = 0.01 }: ConfidenceOptions,
): EndOrBetter {
  const center = fit.x[index];
  const room = roomOf(problem, index, center, side);
  const points: ProfilePoint[] = [{ distance: 0, rise: 0 }];
  const end = (status: ConfidenceEnd["status"]): EndOrBetter => {
    const { distance, rise } = points[points.length - 1];
    const value = status === "limit" ? 0 : center + side * distance;
    return { end: { value, rise, status, monotonic: isMonotonic(points, tolerance) } };
  };
  if (!(room > 0)) return end("limit");
  let distance = firstDistance(problem, fit, index, delta, room);
  let from = fit.x;
  for (let trial = 0; trial < trials; trial++) {
    const start = from.with(
      index,
      distance === room ? limitOf(problem, index, side) : center + side * distance,
    );
    const refit = levenbergMarquardt(restarted(problem, start, [index]), {
      criticalDelta,
      renormalise: false,
    });
    const rise = refit.statistic - fit.statistic;
    if (rise < -tolerance) return { ...end("trials"), better: refit.x };
    points.push({ distance, rise });
    if (Math.abs(rise - delta) <= tolerance) return end("found");
    if (distance === room && rise < delta) return end("limit");
    if (Number.isFinite(rise)) from = refit.x;
    distance = nextTrial(points, delta, room);
  }
  return end("trials");
}

/** Distance to the hard limit on one side. */
function roomOf(problem: FitProblem, index: number, center: number, side: -1 | 1): number {
  return side * (limitOf(problem, index, side) - center);
}

function limitOf({ parameters }: FitProblem, index: number, side: -1 | 1): number {
  return side < 0 ? parameters[index].lower : parameters[index].upper;
}

function firstDistance(
  { parameters }: FitProblem,
  { x, covariance }: ClassicalFit,
  index: number,
  delta: number,
  room: number,
): number {
  const sigma = Math.sqrt(Math.max(0, covariance[index * (x.length + 1)]));
  const guess = sigma * Math.sqrt(delta);
  return guess > 0 && guess < room ? guess : Math.min(parameters[index].delta, room / 2);
}

/** A fall of the rise by more than what a fit may stop above its minimum is a real one. */
function isMonotonic(points: readonly ProfilePoint[], tolerance: number): boolean {
  const ordered = [...points].sort((a, b) => a.distance - b.distance);
  return ordered.every(({ rise }, k) => k === 0 || !(rise < ordered[k - 1].rise - 2 * tolerance));
}
