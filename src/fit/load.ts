import { InputError } from "../errors.ts";
import { hasBackgroundModel, parseExpression } from "../model/expression.ts";
import { splitGroup } from "../model/group-path.ts";
import { groupParameter, type ParameterLinks } from "../model/links.ts";
import { tablesOf } from "../model/registry.ts";
import { observe } from "../observe/observation.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import { observeWithBackground } from "../observe/with-background.ts";
import { groupChannels } from "../ogip/grouping.ts";
import { type LoadedSpectrum, loadBackgroundResponse, loadSpectrum } from "../ogip/load.ts";
import { selectGroups } from "../ogip/select.ts";
import type { Group, ReadFile } from "../ogip/types.ts";
import { alone, selectionOf } from "./config-ranges.ts";
import type { ProblemSpec } from "./problem.ts";
import type { FitConfig, SpectrumInput } from "./types.ts";

export type DataConfig = Pick<
  FitConfig,
  "spectra" | "notice" | "ignore" | "select" | "bins" | "weight" | "systematic" | "model"
>;

/**
 * Reads, groups and selects every spectrum of a configuration: one observation a spectrum, followed by that of its background where the model has a
 * background's.
 */
export async function loadObservations(config: DataConfig, readFile: ReadFile): Promise<Observation[]> {
  if (config.spectra.length === 0) throw new InputError("no spectrum is given; name at least one PHA file");
  const observations: Observation[] = [];
  for (const [k, input] of config.spectra.entries())
    observations.push(...(await loadSpectrumAndBackground(input, alone(config, k), readFile)));
  return observations;
}

async function loadSpectrumAndBackground(
  input: SpectrumInput,
  config: DataConfig,
  readFile: ReadFile,
): Promise<Observation[]> {
  const { file, response, arf, background, backgroundResponse, backgroundArf } = input;
  const loaded = await loadSpectrum(file, readFile, {
    ...(response !== undefined && { response }),
    ...(arf !== undefined && { arf }),
    ...(background !== undefined && { background }),
  });
  if (!hasBackgroundModel(config.model)) {
    if (backgroundResponse !== undefined || backgroundArf !== undefined)
      throw new InputError(
        "a response or ARF of the background is for a background model, and there is none; give one (--background-model), or take it out",
        { file },
      );
    return [observeSelected(loaded, config)];
  }
  const own = await loadBackgroundResponse(loaded, readFile, {
    ...(backgroundResponse !== undefined && { response: backgroundResponse }),
    ...(backgroundArf !== undefined && { arf: backgroundArf }),
  });
  const { weight, systematic } = config;
  const pair = observeWithBackground(loaded, own, keptGroups(loaded, config), { weight, systematic });
  return pair.map((each, k) => withWarnings(each, k === 0 ? loaded.warnings : []));
}

/** The kept bins of a loaded spectrum, the first of the settings. */
export function observeSelected(
  loaded: LoadedSpectrum,
  config: Omit<DataConfig, "spectra" | "model">,
): Observation {
  const { weight, systematic } = config;
  const observation = observe(loaded, keptGroups(loaded, config), { weight, systematic });
  return withWarnings(observation, loaded.warnings);
}

function withWarnings(observation: Observation, warnings: readonly string[]): Observation {
  return { ...observation, warnings: [...new Set([...warnings, ...observation.warnings])] };
}

function keptGroups(
  { spectrum, redistribution, rows }: LoadedSpectrum,
  config: Omit<DataConfig, "spectra" | "model">,
): Group[] {
  const groups = groupChannels(spectrum);
  return named(spectrum.file, () =>
    selectGroups({
      groups,
      rows,
      response: redistribution,
      ...selectionOf(config, 0),
      rule: config.bins,
    }),
  );
}

/** Puts the file in front of a selection's fault, which knows no file. */
function named<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof InputError && error.where.file === undefined)
      throw new InputError(error.message, { file }, { cause: error });
    throw error;
  }
}

/** Statistic in use: the one asked for, else wstat where a background file is in use, else cstat. */
export function chooseStatistic(
  observations: readonly Observation[],
  wanted: StatisticName | undefined,
): StatisticName {
  const name =
    wanted ?? (observations.some(({ background }) => background !== undefined) ? "wstat" : "cstat");
  for (const observation of observations) statistic(name, observation);
  return name;
}

/** What simulating and the likelihood need, from a configuration and its observations. */
export function problemOf(
  config: Pick<
    FitConfig,
    "model" | "abund" | "xsect" | "priors" | "fixed" | "statistic" | "ties" | "groups" | "bayes"
  >,
  observations: readonly Observation[],
): ProblemSpec {
  const expression = parseExpression(config.model);
  const values = expression.parameters.map((parameter) => parameter.default);
  const P = values.length;
  const later: Record<string, number> = {};
  for (const [given, value] of Object.entries(config.fixed)) {
    const { group, index, path } = groupParameter(expression, given);
    if (group === 1) values[index] = value;
    else later[path] = value;
  }
  const free = Object.entries(config.priors)
    .map(([given, prior]) => ({ ...groupParameter(expression, given), prior }))
    .sort((a, b) => a.group * P + a.index - (b.group * P + b.index))
    .map(({ path, prior }) => ({ path, prior }));
  const links = linksOf(config, observations, later);
  const tables = tablesOf(config.model);
  return {
    model: config.model,
    abund: config.abund,
    xsect: config.xsect,
    statistic: chooseStatistic(observations, config.statistic),
    observations,
    free,
    values,
    ...(links !== undefined && { links }),
    ...(tables.length > 0 && { tables }),
    ...(config.bayes === true && { bayes: true }),
  };
}

/** What parameters of groups and ties there are; undefined where all spectra have the same, untied ones. */
function linksOf(
  { groups, ties = {}, priors }: Pick<FitConfig, "groups" | "ties" | "priors">,
  observations: readonly Observation[],
  later: Readonly<Record<string, number>>,
): ParameterLinks | undefined {
  const paths = [...Object.keys(priors), ...Object.keys(later), ...Object.keys(ties)];
  if (Object.keys(ties).length === 0 && paths.every((path) => splitGroup(path).group === 1)) return undefined;
  const spectra = spectrumNumbers(observations);
  return { groups: spectra.map((k) => groups?.[k] ?? k + 1), values: later, ties };
}

/** Number (from 0) of the spectrum that each observation is, or is the background of. */
export function spectrumNumbers(observations: readonly Observation[]): number[] {
  let k = -1;
  return observations.map(({ isBackground }) => (isBackground ? k : ++k));
}
