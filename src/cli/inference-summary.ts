import { InputError } from "../errors.ts";
import type { InferenceResult } from "../fit/infer-output.ts";
import type { InferredParameter } from "../fit/infer-types.ts";
import { duration, grouped } from "./progress.ts";
import { formatTable, formatValue } from "./table.ts";

/** Rows that a terminal is shown; the table in the folder has all. */
const SHOWN = 30;

/** What was inferred, for people: a line a spectrum. */
export function formatInference({
  model,
  spectra = [],
  done,
  refined,
  samples,
  seed,
  timings,
  warnings,
}: InferenceResult): string {
  const names =
    spectra[0]?.parameters.map(({ name, log10 }) => (log10 === undefined ? name : `log10 ${name}`)) ?? [];
  const fit = spectra.some(({ statistic }) => statistic.deviation !== undefined);
  const judged = spectra.some(({ goodness }) => goodness !== undefined);
  const heading = [
    "spectrum",
    "counts",
    ...names,
    ...(fit ? ["C", "off by"] : ["statistic"]),
    ...(refined ? ["efficiency"] : []),
    ...(judged ? ["goodness"] : []),
  ];
  const rows = spectra.slice(0, SHOWN).map((one) => {
    const { file, counts, parameters, statistic, importance, goodness, warnings: own } = one;
    return [
      (file.split("/").pop() ?? file) + (own.length > 0 ? " (!)" : ""),
      String(counts),
      ...parameters.map(valueText),
      statistic.best.toFixed(1),
      ...(fit ? [statistic.deviation === undefined ? "" : `${statistic.deviation.toFixed(1)} sigma`] : []),
      ...(refined ? [importance === undefined ? "" : `${(100 * importance.efficiency).toFixed(0)} %`] : []),
      ...(judged ? [goodness === undefined ? "" : `${goodness.percentile.toFixed(0)} %`] : []),
    ];
  });
  const each =
    timings.total === undefined
      ? ""
      : `; ${duration(timings.total)}, ${(timings.total / done).toFixed(2)} s each`;
  const how = refined ? "weighted by the exact likelihood" : "of the network alone";
  return [
    `${model}: ${grouped(done)} ${done === 1 ? "spectrum" : "spectra"}, ${grouped(samples)} draws each ${how}, seed ${seed}${each}`,
    "",
    formatTable(heading, rows),
    ...(done > SHOWN ? [`... and ${grouped(done - SHOWN)} more in the table`] : []),
    "",
    ...warnings.map((warning) => `warning  ${warning}`),
    ...remarks(spectra),
  ].join("\n");
}

/** The first few warnings of spectra. */
function remarks(spectra: NonNullable<InferenceResult["spectra"]>): string[] {
  const files = new Map<string, string[]>();
  for (const { file, warnings } of spectra)
    for (const warning of warnings) {
      const found = files.get(warning);
      if (found === undefined) files.set(warning, [file]);
      else found.push(file);
    }
  return [...files].slice(0, 5).map(([warning, [file, ...more]]) => {
    const others = more.length > 0 ? ` (and ${more.length} more)` : "";
    return `(!)      ${file}${others}: ${warning}`;
  });
}

function valueText({ log10, ...linear }: InferredParameter): string {
  const { median, interval68 } = log10 ?? linear;
  const half = (interval68[1] - interval68[0]) / 2;
  return `${formatValue(median, half)} +- ${formatValue(half, half)}`;
}

/** What ends the command where spectra could not be done, one line each; undefined where all could. */
export function failureError({ done, failed, failures }: InferenceResult): Error | undefined {
  if (failed === 0) return undefined;
  const lines = failures.map(
    ({ file, error }) => `  ${error.startsWith(file) ? error : `${file}: ${error}`}`,
  );
  const text = `${failed} of ${done + failed} spectra could not be done:\n${lines.join("\n")}`;
  return failures.some(({ defect }) => defect) ? new Error(text) : new InputError(text);
}
