import type { ParameterLinks } from "../model/links.ts";
import type { Coverage } from "../npe/coverage.ts";
import type { Recipe } from "../npe/recipe.ts";
import type { Region } from "../npe/region.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import { type ModelContents, modelContents } from "./model-contents.ts";
import type { ProblemSpec } from "./problem.ts";
import { problemHash } from "./problem-hash.ts";
import type { FitConfig, Interval } from "./types.ts";

/** Energies that are kept, the rule for bins at their ends, and how chi weighs them. */
export type Selection = Pick<FitConfig, "notice" | "ignore" | "select" | "bins" | "weight" | "systematic">;

/** The instrument's set-up of one spectrum, for sentences about what differs. */
export interface DataSetup {
  readonly file: string;
  readonly response: string;
  readonly arf?: string;
  /** Seconds. */
  readonly exposure: number;
  readonly bins: number;
  /** keV. */
  readonly band: Interval;
  readonly background: boolean;
  /** True for the background of the spectrum before, which is fitted jointly. */
  readonly isBackground?: boolean;
}

/** What a network was trained for. */
export interface NetworkOrigin {
  readonly model: string;
  readonly abund: string;
  readonly xsect: string;
  readonly statistic: StatisticName;
  /** Values of all parameters of the model (P); placeholders for the free ones. */
  readonly values: readonly number[];
  /** Free parameters in the order of theta, with their priors. */
  readonly free: readonly { readonly path: string; readonly prior: string }[];
  /** Ties, and what later data groups have of their own. */
  readonly links?: ParameterLinks;
  /** What the expression does not say, where there is something: see modelContents. */
  readonly contents?: ModelContents;
  /** Range of expected source counts that was simulated. */
  readonly window: CountsWindow;
  /** The part of the prior inside it that was simulated; absent: all of it. */
  readonly region?: Region;
  /** What the training spectra looked like. */
  readonly coverage?: Coverage;
  /** One record a spectrum of the data set: several only where they were fitted together. */
  readonly data: readonly DataSetup[];
  readonly selection: Selection;
  /** See problemHash: energies, folding, scale. */
  readonly responseHash: string;
  readonly seed: number;
  readonly recipe: Recipe;
}

/** The record of what a network is trained for. */
export async function networkOrigin(
  problem: ProblemSpec,
  config: Selection & Pick<FitConfig, "seed">,
  { window, recipe, region, coverage }: Pick<NetworkOrigin, "window" | "recipe" | "region" | "coverage">,
): Promise<NetworkOrigin> {
  const { model, abund, xsect, statistic, values, free, links, observations } = problem;
  const { notice, ignore, select, bins, weight, systematic, seed } = config;
  const described = { model, abund, xsect, statistic, values, free, ...(links !== undefined && { links }) };
  const data = observations.map(dataSetup);
  const contents = await modelContents({ ...described, data });
  return {
    ...described,
    ...(Object.keys(contents).length > 0 && { contents }),
    window,
    ...(region !== undefined && { region }),
    ...(coverage !== undefined && { coverage }),
    data,
    selection: {
      ...{ notice, ignore, bins },
      ...(select !== undefined && { select }),
      ...(weight !== undefined && { weight }),
      ...(systematic !== undefined && { systematic }),
    },
    responseHash: await problemHash(observations),
    ...{ seed, recipe },
  };
}

export function dataSetup(observation: Observation): DataSetup {
  const { file, responseFile, ancillaryFile, exposure, counts, background, isBackground } = observation;
  return {
    file,
    response: responseFile,
    ...(ancillaryFile !== undefined && { arf: ancillaryFile }),
    exposure,
    bins: counts.length,
    band: bandOf(observation),
    background: background !== undefined,
    ...(isBackground && { isBackground }),
  };
}

/** Lowest and highest energy of the kept bins, keV. */
export function bandOf({ energyLow, energyHigh }: Pick<Observation, "energyLow" | "energyHigh">): Interval {
  return [energyLow.reduce((a, b) => Math.min(a, b)), energyHigh.reduce((a, b) => Math.max(a, b))];
}
