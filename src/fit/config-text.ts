import { parseExpression } from "../model/index.ts";
import { groupParameter } from "../model/links.ts";
import { COMPANIONS } from "./config-files.ts";
import { formatRange, formatSelection } from "./config-ranges.ts";
import { formatRestriction } from "./config-words.ts";
import type { FitConfig, SpectrumInput } from "./types.ts";

/**
 * The configuration as YAML that repeats the run, with every default written out. The number of workers is left out:
 * it belongs to the machine and does not change the result.
 */
export async function formatConfig(config: FitConfig, version: string): Promise<string> {
  const { stringify } = await import("yaml");
  const body = {
    xnpe: version,
    seed: config.seed,
    spectra: config.spectra.map((spectrum) =>
      Object.keys(spectrum).length === 1 ? spectrum.file : spectrumRecord(spectrum),
    ),
    ...(config.select !== undefined && { select: config.select.map(formatSelection) }),
    ...(config.notice.length > 0 ? { notice: config.notice.map(formatRange) } : {}),
    ...(config.ignore.length > 0 ? { ignore: config.ignore.map(formatRange) } : {}),
    bins: config.bins,
    model: config.model,
    abund: config.abund,
    xsect: config.xsect,
    parameters: parametersInOrder(config),
    ...(config.groups !== undefined && { groups: [...config.groups] }),
    ...(config.statistic === undefined ? {} : { statistic: config.statistic }),
    ...(config.weight !== undefined && { weight: config.weight }),
    ...(config.systematic !== undefined && { systematic: config.systematic }),
    method: config.method,
    preset: config.preset,
    features: config.features,
    ...(config.estimator !== undefined && { estimator: config.estimator }),
    ...(config.steps !== undefined && { steps: config.steps }),
    ...(config.batch !== undefined && { batch: config.batch }),
    ensemble: config.ensemble,
    restrict: formatRestriction(config.restrict),
    "restrict-simulations": config.restriction.simulations,
    "restrict-rounds": config.restriction.rounds,
    "restrict-stop": config.restriction.stop,
    simulations: config.simulations,
    rounds: config.rounds,
    proposal: config.proposal,
    atoms: config.atoms,
    "combined-loss": config.combinedLoss,
    samples: config.samples,
    "live-points": config.livePoints,
    ...(config.walkers !== undefined && { walkers: config.walkers }),
    ...(config.burn !== undefined && { burn: config.burn }),
    ...(config.length !== undefined && { length: config.length }),
    ...(config.bayes === true && { bayes: true }),
    starts: config.starts,
    ...(config.start !== undefined && { start: config.start }),
  };
  return `# Repeats this run: xnpe fit --config config.yml\n${stringify(body, { lineWidth: 0 })}`;
}

function spectrumRecord(spectrum: SpectrumInput): Record<string, string> {
  const files = Object.entries(COMPANIONS).map(([key, field]) => [key, spectrum[field]] as const);
  return {
    file: spectrum.file,
    ...Object.fromEntries(
      files.filter((entry): entry is [(typeof entry)[0], string] => entry[1] !== undefined),
    ),
  };
}

function parametersInOrder({ model, fixed, priors, ties }: FitConfig): Record<string, number | string> {
  const settings: Readonly<Record<string, number | string>> = { ...fixed, ...priors, ...ties };
  const expression = parseExpression(model);
  const order = (path: string) => {
    const { group, index } = groupParameter(expression, path);
    return group * expression.parameters.length + index;
  };
  const paths = Object.keys(settings).sort((a, b) => order(a) - order(b));
  return Object.fromEntries(paths.map((path) => [path, settings[path]]));
}
