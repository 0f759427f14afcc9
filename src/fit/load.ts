import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { splitGroup } from "../model/group-path.ts";
import { groupParameter, type ParameterLinks } from "../model/links.ts";
import { tablesOf } from "../model/registry.ts";
import { observe } from "../observe/observation.ts";
import { statistic } from "../observe/statistic.ts";
import type { Observation, StatisticName } from "../observe/types.ts";
import { groupChannels } from "../ogip/grouping.ts";
import { type LoadedSpectrum, loadSpectrum } from "../ogip/load.ts";
import { selectGroups } from "../ogip/select.ts";
import type { ReadFile } from "../ogip/types.ts";
import type { ProblemSpec } from "./problem.ts";
import type { FitConfig, SpectrumInput } from "./types.ts";

export type DataConfig = Pick<FitConfig, "spectra" | "notice" | "ignore" | "bins" | "weight" | "systematic">;

/** Reads, groups and selects every spectrum of a configuration. */
export async function loadObservations(config: DataConfig, readFile: ReadFile): Promise<Observation[]> {
  if (config.spectra.length === 0) throw new InputError("no spectrum is given; name at least one PHA file");
  const observations: Observation[] = [];
  for (const input of config.spectra) observations.push(await loadObservation(input, config, readFile));
  return observations;
}

async function loadObservation(
  input: SpectrumInput,
  config: DataConfig,
  readFile: ReadFile,
): Promise<Observation> {
  const { file, response, arf, background } = input;
  const loaded = await loadSpectrum(file, readFile, {
    ...(response !== undefined && { response }),
    ...(arf !== undefined && { arf }),
    ...(background !== undefined && { background }),
  });
  return observeSelected(loaded, config);
}

/** The kept bins of a loaded spectrum. */
export function observeSelected(
  loaded: LoadedSpectrum,
  { notice, ignore, bins, weight, systematic }: Omit<DataConfig, "spectra">,
): Observation {
  const { spectrum, redistribution, rows, warnings } = loaded;
  const groups = groupChannels(spectrum);
  const kept = named(spectrum.file, () =>
    selectGroups({ groups, rows, response: redistribution, notice, ignore, rule: bins }),
  );
  const observation = observe(loaded, kept, { weight, systematic });
  return { ...observation, warnings: [...new Set([...warnings, ...observation.warnings])] };
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
  const links = linksOf(config, observations.length, later);
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
  spectra: number,
  later: Readonly<Record<string, number>>,
): ParameterLinks | undefined {
  const paths = [...Object.keys(priors), ...Object.keys(later), ...Object.keys(ties)];
  if (Object.keys(ties).length === 0 && paths.every((path) => splitGroup(path).group === 1)) return undefined;
  return { groups: groups ?? Array.from({ length: spectra }, (_, i) => i + 1), values: later, ties };
}
