import type { FitConfig, SpectrumInput } from "../fit/types.ts";
import { plainVectorMath } from "../math/vector.ts";
import { parseExpression } from "../model/index.ts";
import type { Evaluate } from "../model/types.ts";
import { fold, observe, statistic } from "../observe/index.ts";
import type { Observation } from "../observe/types.ts";
import { groupChannels, loadSpectrum, type ReadFile, selectGroups } from "../ogip/index.ts";

/** A spectrum of the settings with its companions, grouped and cut to the noticed energies. */
export async function loadObservation(
  { file, ...companions }: SpectrumInput,
  { notice, ignore, bins }: Pick<FitConfig, "notice" | "ignore" | "bins">,
  readFile: ReadFile,
): Promise<Observation> {
  const loaded = await loadSpectrum(file, readFile, companions);
  const groups = groupChannels(loaded.spectrum);
  const kept = selectGroups({
    groups,
    rows: loaded.rows,
    response: loaded.redistribution,
    notice,
    ignore,
    rule: bins,
  });
  return observe(loaded, kept);
}

/** Expected source counts (C) of a model prepared on the folding's edges. */
export function expectedCounts(
  { folding, scale }: Observation,
  evaluate: Evaluate,
  theta: ArrayLike<number>,
): Float64Array {
  const photons = new Float64Array(folding.edges.length - 1);
  evaluate(photons, theta);
  const mu = new Float64Array(scale.length);
  fold(mu, folding, photons);
  return mu.map((rate, c) => rate * scale[c]);
}

/** The statistic of one spectrum at the settings' fixed values, XSPEC's defaults elsewhere. */
export async function statisticAt(config: FitConfig, input: SpectrumInput, readFile: ReadFile) {
  const expression = parseExpression(config.model);
  const theta = expression.parameters.map((parameter) => config.fixed[parameter.path] ?? parameter.default);
  const observation = await loadObservation(input, config, readFile);
  const chosen = statistic(config.statistic ?? "cstat", observation);
  const settings = { abund: config.abund, xsect: config.xsect, vector: plainVectorMath };
  const mu = expectedCounts(observation, expression.prepare(observation.folding.edges, settings), theta);
  const { file, counts, warnings } = observation;
  return {
    file,
    name: chosen.name,
    value: chosen.value(mu),
    bins: counts.length,
    counts: counts.reduce((sum, n) => sum + n, 0),
    warnings,
  };
}
