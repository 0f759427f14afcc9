import { plainVectorMath } from "../math/vector.ts";
import { parseExpression } from "../model/index.ts";
import { fold, statistic } from "../observe/index.ts";
import type { ReadFile } from "../ogip/index.ts";
import { loadObservations } from "./load.ts";
import type { FitConfig, SpectrumInput } from "./types.ts";

/** The statistic of one spectrum at the settings' fixed values, XSPEC's defaults elsewhere. */
export async function statisticAt(config: FitConfig, input: SpectrumInput, readFile: ReadFile) {
  const expression = parseExpression(config.model);
  const theta = expression.parameters.map((parameter) => config.fixed[parameter.path] ?? parameter.default);
  const [observation] = await loadObservations({ ...config, spectra: [input] }, readFile);
  const { file, counts, warnings, folding, scale } = observation;
  const chosen = statistic(config.statistic ?? "cstat", observation);
  const settings = { abund: config.abund, xsect: config.xsect, vector: plainVectorMath };
  const photons = new Float64Array(folding.edges.length - 1);
  expression.prepare(folding.edges, settings)(photons, theta);
  const rate = new Float64Array(scale.length);
  fold(rate, folding, photons);
  return {
    file,
    name: chosen.name,
    value: chosen.value(rate.map((each, c) => each * scale[c])),
    bins: counts.length,
    counts: counts.reduce((sum, n) => sum + n, 0),
    warnings,
  };
}
