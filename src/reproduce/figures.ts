import { posteriorFigures } from "../fit/figures.ts";
import type { NamedFigure } from "../fit/output-figures.ts";
import { quantiles } from "../math/quantile.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import {
  type CornerParameter,
  type CornerSamples,
  corner,
  type HistogramOptions,
  histogram,
  parameterLabel,
  predictive,
  recovery,
  spectrum,
} from "../plot/index.ts";
import { columns } from "./moments.ts";
import type { Posterior } from "./posterior.ts";
import type { Session } from "./session.ts";
import type { TestSet } from "./test-set.ts";

/** Symbols and units of the session's parameters. */
export function labels({ prior, problem }: Pick<Session, "prior" | "problem">) {
  const expression = parseExpression(problem.model);
  return prior.names.map((name, d) => {
    const { unit } = expression.parameters[findParameter(expression, name)];
    return parameterLabel(name, unit, { logarithmic: prior.priors[d].logarithmic, among: prior.names });
  });
}

/** Draws of a posterior or prior with the name that the legend gives them. */
export interface DrawSet {
  readonly label: string;
  /** (M, D). */
  readonly theta: ArrayLike<number>;
  readonly weights?: Float64Array;
  readonly points?: boolean;
  readonly color?: string;
  readonly dash?: readonly number[];
}

interface CornerChoice {
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly sets: readonly DrawSet[];
  /** Axes reach so far as the first set does, instead of holding all. */
  readonly first?: boolean;
  readonly truth?: readonly number[];
}

/** Corner plot of several sets of draws. */
export function cornerFigure(session: Session, choice: CornerChoice): NamedFigure {
  const { prior } = session;
  const { name, title, caption, sets, first = false, truth } = choice;
  const samples = sets.map(
    ({ label, theta, weights, points = false, color, dash }): CornerSamples => ({
      label,
      columns: columns(theta, prior),
      ...(weights && { weights }),
      ...(points && { pairs: "points" as const }),
      ...(color && { color }),
      ...(dash && { dash }),
    }),
  );
  const parameters = labels(session).map((label, d): CornerParameter => {
    const [low, high] = quantiles(samples[0].columns[d], [0.002, 0.998], samples[0].weights);
    const room = 0.15 * (high - low);
    const value = truth?.[d];
    return {
      ...label,
      ...(first && high > low && { range: [low - room, high + room] as const }),
      ...(value !== undefined && { truth: prior.priors[d].logarithmic ? Math.log10(value) : value }),
    };
  });
  const titles = !sets.some(({ points }) => points);
  return { name, title, caption, scene: corner({ parameters, samples, titles, title }) };
}

/** In-out plots of a test set. */
export function recoveryFigure(session: Session, tests: TestSet, caption: string): NamedFigure {
  const parameters = labels(session).map((label, d) => ({ ...label, ...tests.recovered[d] }));
  return {
    name: "in-out",
    title: "Recovered against true parameters",
    caption,
    scene: recovery({ parameters }),
  };
}

/** The session's spectrum with the folded model, the refined posterior's band, and residuals. */
export async function spectrumFigure(
  session: Session,
  found: Posterior,
  caption: string,
): Promise<NamedFigure> {
  const { pool, observation, problem, prior, lab } = session;
  const input = { observations: [observation], problem, prior, seed: lab.seed };
  const { spectra = [] } = await posteriorFigures(pool, input, found.refined, found.best);
  const { expected, expectedSd } = found.atMedian;
  const known = expected !== undefined && expectedSd !== undefined;
  const statistic = {
    name: "cstat",
    value: found.cstat,
    bins: found.atMedian.bins,
    ...(known && { expected, expectedSd, deviation: (found.cstat - expected) / expectedSd }),
  };
  const scene = spectrum({ series: spectra, statistic });
  return { name: "spectrum", title: "Spectrum", caption, scene };
}

/** Observed counts over the range of simulated ones (N, C). */
export function predictiveFigure(
  { observation }: Session,
  simulated: ArrayLike<number>,
  { from, caption }: { readonly from: string; readonly caption: string },
): NamedFigure {
  const { energyLow, energyHigh, scale, counts } = observation;
  const scene = predictive({ energyLow, energyHigh, scale, simulated, observed: counts, from });
  return { name: "predictive", title: "Predictive check", caption, scene };
}

/** Histograms of several samples. */
export function histogramFigure(
  name: string,
  title: string,
  caption: string,
  options: HistogramOptions,
): NamedFigure {
  return { name, title, caption, scene: histogram({ ...options, title }) };
}
