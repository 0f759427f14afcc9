import type { BestFitResult } from "../fit/mle-types.ts";
import { duration, grouped } from "./progress.ts";
import { formatTable } from "./table.ts";

/** A number with the digits that XSPEC prints. */
const six = (value: number) => String(Number(value.toPrecision(6)));

/** What a best fit found, for people: the fit's log, parameters, covariance, other minima, goodness. */
export function formatBestFit(result: BestFitResult): string {
  const { model, spectra, seed, parameters, fit, statistic, warnings } = result;
  const bins = spectra.reduce((sum, spectrum) => sum + spectrum.bins, 0);
  const counts = spectra.reduce((sum, spectrum) => sum + spectrum.counts, 0);
  const files = spectra.length === 1 ? spectra[0].file : `${spectra.length} spectra`;
  const names = parameters.map(({ name }) => name);
  return [
    `${model}, ${files}: ${grouped(Math.round(counts))} counts in ${bins} bins; mle, seed ${seed}`,
    "",
    formatTable(
      [statistic.name, "|beta|/N", "level", ...names],
      fit.log.map(({ statistic: value, gradient, level, values }) =>
        [value, gradient, level, ...values].map(six),
      ),
    ),
    "",
    parameterTable(result),
    "",
    "covariance",
    formatTable(
      ["", ...names],
      result.covariance.map((row, i) => [names[i], ...row.map((value) => value.toExponential(3))]),
    ),
    "",
    ...fitLines(result),
    ...warnings.map((warning) => fact("warning", warning)),
  ].join("\n");
}

function fact(label: string, text: string): string {
  return `${label.padEnd(8)} ${text}`;
}

function parameterTable({ parameters }: BestFitResult): string {
  const known = parameters.some(({ truth }) => truth !== undefined);
  return formatTable(
    ["parameter", "unit", "best", "error", ...(known ? ["truth"] : [])],
    parameters.map(({ name, unit, best, error, atLimit, truth }) => [
      name,
      unit,
      six(best),
      error === undefined ? (atLimit === undefined ? "none" : `on its ${atLimit} limit`) : six(error),
      ...(known ? [truth === undefined ? "" : String(truth)] : []),
    ]),
  );
}

function fitLines({ statistic: s, fit, timings }: BestFitResult): string[] {
  const goodness = [
    `${s.name} ${s.best.toFixed(3)}${s.penalty === undefined ? "" : ` (with the priors' ${s.penalty.toFixed(3)}: ${(s.best + s.penalty).toFixed(3)})`}, ${s.bins} bins, ${s.degreesOfFreedom} degrees of freedom`,
  ];
  if (s.reduced !== undefined) goodness.push(`reduced ${s.reduced.toPrecision(5)}`);
  if (s.nullProbability !== undefined)
    goodness.push(`null hypothesis probability ${s.nullProbability.toPrecision(7)}`);
  if (s.expected !== undefined && s.expectedSd !== undefined)
    goodness.push(
      `expected ${s.expected.toFixed(1)} +- ${s.expectedSd.toFixed(1)}${
        s.expectedCorrected === undefined ? "" : `, ${s.expectedCorrected.toFixed(1)} once fitted`
      }`,
    );
  if (s.deviation !== undefined) goodness.push(`off by ${s.deviation.toFixed(1)} sigma`);
  const [own, ...others] = fit.minima;
  const reached = own === undefined ? 0 : own.starts;
  const also = others
    .slice(0, 5)
    .map(
      ({ statistic, starts, values }) =>
        `${statistic.toFixed(2)} at (${values.map(six).join(", ")}), ${starts} starts`,
    );
  return [
    fact("fit", goodness.join("; ")),
    fact(
      "starts",
      `${reached} of ${fit.starts} came to this minimum${fit.lost > 0 ? `, ${fit.lost} to none` : ""}`,
    ),
    ...also.map((text) => fact("minimum", text)),
    ...(others.length > 5 ? [fact("", `and ${others.length - 5} more`)] : []),
    fact(
      "prior",
      s.penalty === undefined
        ? "only its support counts, as limits"
        : "-2 ln prior is part of what was minimised, of log, minima and errors",
    ),
    ...(timings.total === undefined ? [] : [fact("time", duration(timings.total))]),
  ];
}
