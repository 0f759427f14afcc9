import { quantiles } from "../math/quantile.ts";
import { stream } from "../math/random.ts";
import { isEverything } from "../npe/window.ts";
import type { Observation } from "../observe/types.ts";
import type { JointPrior } from "../prior/types.ts";
import { resample } from "../sample/resample.ts";
import { componentCounts } from "./component-counts.ts";
import { type NpeRun, type PreparedNetwork, priorDraws } from "./npe.ts";
import type { FigureData, PredictiveData } from "./output-figures.ts";
import type { Pool } from "./pool.ts";
import type { ProblemSpec } from "./problem.ts";

type SpectrumSeries = NonNullable<FigureData["spectra"]>[number];

export interface FigureInput {
  readonly observations: readonly Observation[];
  readonly problem: ProblemSpec;
  readonly prior: JointPrior;
  readonly seed: number;
}

/** Posterior draws behind the band of the spectrum figure. */
const BAND = 400;
/** Simulations shown in the predictive figure, and draws in the figure of the priors. */
const SHOWN = 2000;

/** What the figures of any method show: spectra with the best model and the posterior's band. */
export async function posteriorFigures(
  pool: Pool,
  input: FigureInput,
  draws: { readonly theta: Float64Array; readonly weight: Float64Array },
  best: Float64Array,
): Promise<FigureData> {
  const D = best.length;
  const picked = resample(draws.weight, BAND, stream(input.seed, "figures/band"));
  const theta = new Float64Array(BAND * D);
  for (const [i, m] of picked.entries()) theta.set(draws.theta.subarray(m * D, (m + 1) * D), i * D);
  const bands = await pool.run(0, { kind: "mu", theta });
  const model = await pool.run(0, { kind: "mu", theta: best });
  const parts = componentCounts(input.problem, best);
  const C = model.length;
  let at = 0;
  const spectra = input.observations.map((observation): SpectrumSeries => {
    const bins = observation.counts.length;
    const series = oneSpectrum(observation, model, bands, at, C, parts);
    at += bins;
    return input.problem.statistic === "chi" ? { ...series, ...gaussianErrors(observation) } : series;
  });
  return { spectra };
}

function oneSpectrum(
  observation: Observation,
  model: Float64Array,
  bands: Float64Array,
  at: number,
  C: number,
  parts: readonly { readonly label: string; readonly mu: Float64Array }[],
): SpectrumSeries {
  const { file, counts, scale, energyLow, energyHigh, background } = observation;
  const bins = counts.length;
  const behind =
    background === undefined
      ? undefined
      : background.counts.map((b, c) => (b * scale[c]) / background.scale[c]);
  const lower = new Float64Array(bins);
  const upper = new Float64Array(bins);
  const column = new Float64Array(bands.length / C);
  for (let c = 0; c < bins; c++) {
    for (let i = 0; i < column.length; i++) column[i] = bands[i * C + at + c];
    [lower[c], upper[c]] = quantiles(column, [0.158655, 0.841345]);
  }
  return {
    label: file.split("/").pop() ?? file,
    energyLow,
    energyHigh,
    counts,
    scale,
    model: model.slice(at, at + bins),
    band: { lower, upper },
    ...areaScaling(observation),
    ...(parts.length > 1 && {
      components: parts.map(({ label, mu }) => ({ label, model: mu.slice(at, at + bins) })),
    }),
    ...(behind &&
      background && { background: behind, backgroundRatio: scale.map((t, c) => t / background.scale[c]) }),
  };
}

/** Errors as chi has them. */
function gaussianErrors({
  variance,
  background,
  scale,
}: Observation): Pick<SpectrumSeries, "error" | "backgroundError"> {
  return {
    error: variance.map(Math.sqrt),
    ...(background && {
      backgroundError: background.variance.map((v, c) => (Math.sqrt(v) * scale[c]) / background.scale[c]),
    }),
  };
}

/** AREASCAL, on average, where it is not 1. */
function areaScaling({ scale, exposure }: Observation): Pick<SpectrumSeries, "areaScaling"> {
  const mean = scale.reduce((sum, value) => sum + value, 0) / scale.length / exposure;
  return Math.abs(mean - 1) > 1e-6 ? { areaScaling: mean } : {};
}

/** The figures of a network besides those of the posterior. */
export async function networkFigures(
  pool: Pool,
  input: FigureInput,
  run: PreparedNetwork & Partial<Pick<NpeRun, "unrefined">>,
): Promise<FigureData> {
  const { bank, trained, unrefined, window, region } = run;
  const { prior, seed, observations } = input;
  const D = prior.priors.length;
  const shown = Math.min(SHOWN, bank.rows);
  const restricted = region !== undefined || !isEverything(window);
  const { background } = trained.posterior.features;
  const counts = await pool.run(0, {
    kind: "counts",
    seed,
    name: "noise/figures",
    from: 0,
    to: shown,
    background,
  });
  const { history } = trained;
  return {
    ...(unrefined && { unrefined }),
    prior: {
      declared: priorDraws(prior, shown, seed),
      ...(restricted && { restricted: bank.theta.slice(0, shown * D) }),
    },
    predictive: predictiveData(observations, counts, counts.length / shown),
    training: {
      epoch: history.map(({ epoch }) => epoch),
      training: history.map(({ training }) => training),
      validation: history.map(({ validation }) => validation),
    },
  };
}

/** Simulated counts beside the observed ones, for the first spectrum. */
function predictiveData(
  observations: readonly Observation[],
  simulated: Float32Array,
  L: number,
): PredictiveData {
  const [{ energyLow, energyHigh, scale, counts }] = observations;
  const bins = counts.length;
  const own = new Float32Array((simulated.length / L) * bins);
  for (let i = 0; i < simulated.length / L; i++) own.set(simulated.subarray(i * L, i * L + bins), i * bins);
  return { energyLow, energyHigh, scale, simulated: own, observed: counts };
}
