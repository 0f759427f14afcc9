import { quantiles } from "../math/quantile.ts";
import {
  type CornerParameter,
  type CornerSamples,
  corner,
  parameterColumns,
  parameterLabel,
  predictive,
  type Scene,
  type SpectrumSeries,
  spectrum,
  spectrumCaption,
  type TrainingOptions,
  training,
  weights,
} from "../plot/index.ts";
import type { PosteriorDraws, RunResult } from "./types.ts";

/** Counts drawn from the (restricted) prior, beside the observed ones of one spectrum. */
export interface PredictiveData {
  readonly energyLow: Float64Array;
  readonly energyHigh: Float64Array;
  readonly scale: Float64Array;
  /** (N, C). */
  readonly simulated: Float64Array | Float32Array;
  readonly observed: Float64Array;
}

/** What the figures show besides result and draws; what a method does not have is absent, and so is its figure. */
export interface FigureData {
  /** Observed and folded spectra at the best parameters, with the posterior's 68 % band. */
  readonly spectra?: readonly SpectrumSeries[];
  /** The flow's own draws (M, D), before importance sampling. */
  readonly unrefined?: Float64Array;
  /** Draws (N, D) of the declared prior and of the part that was simulated. */
  readonly prior?: { readonly declared: Float64Array; readonly restricted?: Float64Array };
  readonly predictive?: PredictiveData;
  readonly training?: TrainingOptions;
}

export interface NamedFigure {
  /** File name without ending: `corner`. */
  readonly name: string;
  readonly title: string;
  readonly caption: string;
  readonly scene: Scene;
}

/** The figures of a run, in the order of the report. */
export function runFigures(result: RunResult, draws: PosteriorDraws, data: FigureData): NamedFigure[] {
  const figures: NamedFigure[] = [
    {
      name: "corner",
      title: "Posterior",
      caption: "Posterior: densities, and contours of 68 and 95 %.",
      scene: posterior(result, draws, data),
    },
  ];
  if (data.spectra !== undefined && data.spectra.length > 0) {
    const { name, best, bins, expected, expectedSd, deviation } = result.statistic;
    const statistic = { name, value: best, bins, ...defined({ expected, expectedSd, deviation }) };
    figures.push({
      name: "spectrum",
      title: "Spectrum",
      caption:
        `Spectrum with the folded model, and residuals in units of the error. ${spectrumCaption(data.spectra)}`.trim(),
      scene: spectrum({ series: data.spectra, statistic }),
    });
  }
  if (data.prior !== undefined) {
    figures.push({
      name: "prior",
      title: "Prior",
      caption: "Prior, and the part of it that was simulated.",
      scene: priors(result, data.prior),
    });
  }
  if (data.predictive !== undefined) {
    figures.push({
      name: "prior-predictive",
      title: "Prior predictive check",
      caption: "Observed spectrum over the range of the simulated ones.",
      scene: predictive({ ...data.predictive, from: "simulations" }),
    });
  }
  if (data.training !== undefined) {
    figures.push({
      name: "training",
      title: "Training",
      caption: "Training and validation loss.",
      scene: training(data.training),
    });
  }
  if (result.importance !== undefined) {
    figures.push({
      name: "weights",
      title: "Importance weights",
      caption: "Importance weights of the draws.",
      scene: weights({ weights: draws.weight, paretoK: result.importance.paretoK }),
    });
  }
  return figures;
}

/** Names, units and truths for a corner plot; logarithmic parameters in log10. */
export function cornerParameters(result: Pick<RunResult, "parameters">): CornerParameter[] {
  const names = result.parameters.map((parameter) => parameter.name);
  return result.parameters.map(({ name, unit, log10, truth }) => {
    const label = parameterLabel(name, unit, { logarithmic: log10 !== undefined, among: names });
    if (truth === undefined) return label;
    return { ...label, truth: log10 === undefined ? truth : Math.log10(truth) };
  });
}

/** Columns of draws (M, D) for a corner plot; logarithmic parameters in log10. */
export function cornerColumns(
  theta: Float64Array,
  { parameters }: Pick<RunResult, "parameters">,
): Float64Array[] {
  return parameterColumns(
    theta,
    parameters.map(({ log10 }) => log10 !== undefined),
  );
}

function posterior(result: RunResult, draws: PosteriorDraws, { unrefined }: FigureData): Scene {
  const samples: CornerSamples[] = [
    { label: "posterior", columns: cornerColumns(draws.theta, result), weights: draws.weight },
  ];
  if (unrefined === undefined)
    return corner({ parameters: cornerParameters(result), samples, title: "Posterior" });
  samples.push({ label: "network alone", columns: cornerColumns(unrefined, result), dash: [3, 2] });
  const parameters = cornerParameters(result).map((parameter, d) => ({
    ...parameter,
    range: shownRange(samples[0].columns[d], draws.weight, samples[1].columns[d]),
  }));
  return corner({ parameters, samples, title: "Posterior" });
}

/** Axis of a parameter: the posterior's bulk, and of the network's what lies within the posterior's width of it. */
export function shownRange(
  posterior: ArrayLike<number>,
  weight: ArrayLike<number>,
  network: ArrayLike<number>,
): [number, number] {
  const [low, high] = quantiles(posterior, [0.003, 0.997], weight);
  const [first, last] = quantiles(network, [0.02, 0.98]);
  const width = high - low || Math.abs(low) || 1;
  const from = Math.max(low - width, Math.min(low, first));
  const to = Math.min(high + width, Math.max(high, last));
  return [from - 0.08 * (to - from), to + 0.08 * (to - from)];
}

function priors(result: RunResult, { declared, restricted }: NonNullable<FigureData["prior"]>): Scene {
  const samples: CornerSamples[] = [
    { label: "prior", columns: cornerColumns(declared, result), pairs: "points", color: "#999999" },
  ];
  if (restricted !== undefined)
    samples.push({ label: "simulated", columns: cornerColumns(restricted, result), pairs: "points" });
  return corner({ parameters: cornerParameters(result), samples, titles: false, title: "Prior" });
}

function defined<T extends Record<string, number | undefined>>(values: T): { [K in keyof T]?: number } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: number;
  };
}
