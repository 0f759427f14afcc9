import { plainVectorMath } from "../math/vector.ts";
import { splitGroup } from "../model/group-path.ts";
import { parseExpression } from "../model/index.ts";
import { checkLimits, linkParameters } from "../model/links.ts";
import type { ModelExpression } from "../model/types.ts";
import { fold, statistic } from "../observe/index.ts";
import type { ReadFile } from "../ogip/index.ts";
import { alone } from "./config-ranges.ts";
import { loadObservations } from "./load.ts";
import { modelOf } from "./problem.ts";
import type { FitConfig } from "./types.ts";

/** The statistic of spectrum number `k` (from 0) at the settings' fixed values (those that free parameters start from, XSPEC's defaults elsewhere); and of its background, where that has a model. */
export async function statisticAt(config: FitConfig, k: number, readFile: ReadFile) {
  return (await expectedAt(config, k, readFile)).map(({ observation, mu }) => {
    const { file, counts, warnings } = observation;
    const chosen = statistic(config.statistic ?? "cstat", observation);
    return {
      file,
      name: chosen.name,
      value: chosen.value(mu),
      bins: counts.length,
      counts: counts.reduce((sum, n) => sum + n, 0),
      warnings,
    };
  });
}

/**
 * Spectrum number `k` (from 0), and its expected counts (C) at the settings' fixed values, XSPEC's defaults elsewhere; behind it its background
 * where that has a model.
 */
export async function expectedAt(config: FitConfig, k: number, readFile: ReadFile) {
  const expression = parseExpression(config.model);
  const observations = await loadObservations(alone(config, k), readFile);
  const theta = valuesOf(config, expression, k);
  const settings = { abund: config.abund, xsect: config.xsect, vector: plainVectorMath };
  const expected = observations.map((observation) => {
    const { folding, scale, isBackground } = observation;
    const photons = new Float64Array(folding.edges.length - 1);
    modelOf(expression, isBackground).prepare(folding.edges, settings)(photons, theta);
    const rate = new Float64Array(scale.length);
    fold(rate, folding, photons);
    return { observation, mu: rate.map((each, c) => each * scale[c]) };
  });
  return expected.map(({ observation, mu }, i) => {
    const { behind } = observation;
    return {
      observation,
      mu: behind === undefined ? mu : mu.map((v, c) => v + behind.ratio[c] * expected[i + 1].mu[c]),
    };
  });
}

/** Values of all parameters for spectrum k. */
function valuesOf(
  { fixed, start = {}, ties = {}, groups: given, spectra }: FitConfig,
  expression: ModelExpression,
  k: number,
): Float64Array {
  const groups = given ?? spectra.map((_, i) => i + 1);
  const said: Readonly<Record<string, number>> = { ...start, ...fixed };
  const values = expression.parameters.map((parameter) => said[parameter.path] ?? parameter.default);
  const later = Object.fromEntries(Object.entries(said).filter(([path]) => splitGroup(path).group > 1));
  const linked = linkParameters(expression, values, [], { groups, values: later, ties });
  linked.set([], 0);
  checkLimits(expression, linked.rows);
  return linked.rows[groups[k] - 1];
}
