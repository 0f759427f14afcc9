import type { ParameterResult, RunResult } from "../fit/types.ts";
import { duration, grouped } from "./progress.ts";
import { formatTable, formatValue } from "./table.ts";

/** What a run found, for people: parameters, fit, evidence, how far to trust it, warnings. */
export function formatSummary(result: RunResult): string {
  const lines = [
    `${result.model}, ${spectraText(result)}`,
    "",
    parameterTable(result.parameters),
    "",
    fact("fit", statisticText(result)),
    ...(result.evidence === undefined ? [] : [fact("log Z", evidenceText(result.evidence))]),
    fact("trust", trustText(result)),
    fact("time", timeText(result)),
    ...result.warnings.map((warning) => fact("warning", warning)),
  ];
  return lines.join("\n");
}

function fact(label: string, text: string): string {
  return `${label.padEnd(8)} ${text}`;
}

function spectraText({ spectra, method, seed }: RunResult): string {
  const bins = spectra.reduce((sum, spectrum) => sum + spectrum.bins, 0);
  const counts = spectra.reduce((sum, spectrum) => sum + spectrum.counts, 0);
  const files = spectra.length === 1 ? spectra[0].file : `${spectra.length} spectra`;
  return `${files}: ${grouped(Math.round(counts))} counts in ${bins} bins; ${method}, seed ${seed}`;
}

function parameterTable(parameters: readonly ParameterResult[]): string {
  const refined = parameters.some((parameter) => parameter.unrefined !== undefined);
  const known = parameters.some((parameter) => parameter.truth !== undefined);
  const heading = ["parameter", "unit", "median", "68 % interval", "best"];
  if (refined) heading.push("network alone");
  if (known) heading.push("truth", "off by");
  const rows = parameters.map((parameter) => {
    const { name, unit, median, interval68, best, unrefined, truth } = parameter;
    const width = (interval68[1] - interval68[0]) / 2;
    const text = (value: number) => formatValue(value, width);
    return [
      name,
      unit,
      text(median),
      `${text(interval68[0])} to ${text(interval68[1])}`,
      text(best),
      ...(refined ? [unrefined === undefined ? "" : text(unrefined.median)] : []),
      ...(known ? [truth === undefined ? "" : String(truth), sigmaText(offset(parameter))] : []),
    ];
  });
  return formatTable(heading, rows);
}

/** (median - truth) in units of the half-interval on the truth's side; in log10 for logarithmic parameters. */
export function offset({ median, interval68, log10, truth }: ParameterResult): number | undefined {
  if (truth === undefined) return undefined;
  const [middle, [lower, upper], value] =
    log10 === undefined ? [median, interval68, truth] : [log10.median, log10.interval68, Math.log10(truth)];
  const half = value < middle ? middle - lower : upper - middle;
  return half > 0 ? (middle - value) / half : undefined;
}

function sigmaText(sigma: number | undefined): string {
  return sigma === undefined ? "" : `${sigma < 0 ? "-" : "+"}${Math.abs(sigma).toFixed(1)} sigma`;
}

function statisticText({ statistic }: RunResult): string {
  const { name, best, atMedian, expected, expectedSd, deviation, bins } = statistic;
  const parts = [
    `${name} ${best.toFixed(1)} at the best parameters, ${atMedian.toFixed(1)} at the median, ${bins} bins`,
  ];
  if (expected !== undefined && expectedSd !== undefined) {
    parts.push(`expected ${expected.toFixed(1)} +- ${expectedSd.toFixed(1)}`);
  }
  if (deviation !== undefined) parts.push(`off by ${sigmaText(deviation)}`);
  return parts.join("; ");
}

function evidenceText({ logZ, logZError }: NonNullable<RunResult["evidence"]>): string {
  return `${formatValue(logZ, logZError)} +- ${formatValue(logZError, logZError)}`;
}

function trustText({ importance, nested, mcmc }: RunResult): string {
  if (importance !== undefined) {
    const percent = (value: number) => `${(100 * value).toFixed(value < 0.1 ? 1 : 0)} %`;
    return (
      `efficiency ${percent(importance.efficiencyFlow)} of the network, ${percent(importance.efficiency)} of the mixture; ` +
      `${grouped(Math.round(importance.ess))} effective draws; Pareto k ${importance.paretoK.toFixed(2)} (good below 0.7)`
    );
  }
  if (mcmc !== undefined) {
    return (
      `R-hat ${mcmc.rhat.toFixed(3)} (good below 1.01), ${grouped(Math.round(mcmc.ess))} effective draws of ${grouped(mcmc.length)} ` +
      `after ${grouped(mcmc.burn)} dropped; ${mcmc.ensembles} x ${mcmc.walkers} walkers, ${(100 * mcmc.acceptance).toFixed(0)} % accepted`
    );
  }
  if (nested === undefined) return "no measure";
  return (
    `${nested.livePoints} live points, ${grouped(nested.iterations)} iterations, ` +
    `${grouped(nested.evaluations)} likelihoods, ${grouped(Math.round(nested.ess))} effective draws`
  );
}

function timeText({ timings }: RunResult): string {
  const { total, ...stages } = timings;
  const parts = Object.entries(stages).map(([stage, seconds]) => `${stage} ${duration(seconds)}`);
  return total === undefined ? parts.join(", ") : `${duration(total)} (${parts.join(", ")})`;
}
