import { InputError } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import { baseName } from "../ogip/filename.ts";
import { type ReportTable, toSvg } from "../plot/index.ts";
import { pageHtml } from "../plot/page.ts";
import type { Inference } from "./infer.ts";
import { inferTimeline, type TimelineParameter } from "./infer-figure.ts";
import { type PosteriorTable, posteriorTable, tableCsv, tableParquet } from "./infer-table.ts";
import type { FailedSpectrum, InferOptions, InferredSpectrum } from "./infer-types.ts";
import type { NetworkFile } from "./network-file.ts";
import { formatDraws } from "./output-draws.ts";
import type { OutputFile } from "./output-entries.ts";
import { type Fonts, renderFigures } from "./output-render.ts";
import { finiteOnly } from "./output-result.ts";
import { problemPrior } from "./problem.ts";
import { VERSION } from "./version.ts";

/** What an inference writes into its folder; `results.json` stands last, so that its presence means a whole one. */
export const INFERENCE_ENTRIES = [
  "draws",
  "posteriors.csv",
  "posteriors.parquet",
  "figures",
  "report.html",
  "results.json",
] as const;

/** results.json. Fields that do not apply are absent. */
export interface InferenceResult {
  readonly xnpe: string;
  readonly method: "infer";
  readonly seed: number;
  readonly model: string;
  readonly network: { readonly file: string; readonly seed: number; readonly responseHash: string };
  readonly samples: number;
  readonly refined: boolean;
  /** Numbers of spectra that were done and that were not. */
  readonly done: number;
  readonly failed: number;
  /** Absent for more than MOST_RECORDS spectra: the table has them. */
  readonly spectra?: readonly InferredSpectrum[];
  readonly failures: readonly FailedSpectrum[];
  readonly timings: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

export interface InferenceOutput {
  readonly network: NetworkFile;
  /** Name of the network's file, for the record. */
  readonly file: string;
  readonly options: InferOptions;
  /** Write the draws of each spectrum, too. */
  readonly keepDraws: boolean;
  readonly fonts: Fonts;
  /** Seconds; absent: no timings. */
  readonly clock?: () => number;
  /** Handed the result before the last file. */
  readonly onResult: (result: InferenceResult) => void;
}

/** Records that results.json holds, and rows of the report's table, at most. */
const MOST_RECORDS = 20_000;
const MOST_ROWS = 1000;

/**
 * Everything that an inference leaves, as files in the order in which they can be written: draws as each spectrum is done, then table, figure,
 * report, results. Draws are let go once they are written. InputError where no spectrum at all could be done.
 */
export async function* inferenceFiles(
  inferences: AsyncIterable<Inference>,
  output: InferenceOutput,
): AsyncGenerator<OutputFile> {
  const { network, options, keepDraws, fonts, clock } = output;
  const started = clock?.() ?? 0;
  const parameters = networkParameters(network);
  const table = posteriorTable(parameters, options);
  const spectra: InferredSpectrum[] = [];
  const failures: FailedSpectrum[] = [];
  const name = uniqueNames();
  let done = 0;
  for await (const inference of inferences) {
    table.add(inference);
    if ("failure" in inference) {
      failures.push(inference.failure);
      continue;
    }
    if (++done <= MOST_RECORDS) spectra.push(inference.spectrum);
    if (keepDraws)
      yield {
        name: `draws/${name(inference.spectrum.file)}.parquet`,
        bytes: await formatDraws(inference.draws, { file: inference.spectrum.file }),
      };
  }
  if (done === 0) throw nothingDone(failures);
  const { origin } = network;
  const metadata = { xnpe: VERSION, model: origin.model, seed: String(options.seed) };
  yield { name: "posteriors.csv", bytes: tableCsv(table) };
  yield { name: "posteriors.parquet", bytes: await tableParquet(table, metadata) };
  const figure = evolution(table, parameters, origin.model);
  const rendered = await renderFigures(figure, fonts);
  yield* rendered.files;
  const result: InferenceResult = {
    xnpe: VERSION,
    method: "infer",
    seed: options.seed,
    model: origin.model,
    network: { file: output.file, seed: origin.seed, responseHash: origin.responseHash },
    samples: options.samples,
    refined: options.refine,
    done,
    failed: failures.length,
    ...(done <= MOST_RECORDS && { spectra }),
    failures,
    timings: clock === undefined ? {} : { total: clock() - started },
    warnings: [...rendered.warnings, ...summaryOfWarnings(spectra)],
  };
  yield { name: "report.html", bytes: report(result, spectra, parameters, figure) };
  const finite = finiteOnly(result);
  output.onResult(finite);
  yield { name: "results.json", bytes: `${JSON.stringify(finite, null, 2)}\n` };
}

function networkParameters({ origin }: NetworkFile): TimelineParameter[] {
  const expression = parseExpression(origin.model);
  const { names, priors } = problemPrior(expression, origin.free);
  return names.map((name, d) => {
    const { unit } = expression.parameters[findParameter(expression, name)];
    return { name, unit, logarithmic: priors[d].logarithmic };
  });
}

/** Names for files of spectra: their base names without ending, numbered where they come again. */
function uniqueNames(): (file: string) => string {
  const seen = new Map<string, number>();
  return (file) => {
    const stem = baseName(file)
      .replace(/\.(pha|pi|fits?|fak)(\.gz)?$/i, "")
      .replace(/[^\w.+-]/g, "_");
    const count = (seen.get(stem) ?? 0) + 1;
    seen.set(stem, count);
    return count === 1 ? stem : `${stem}-${count}`;
  };
}

function nothingDone(failures: readonly FailedSpectrum[]): Error {
  const [{ error, defect }] = failures;
  const more = failures.length - 1;
  const rest =
    more === 0 ? "" : ` (and ${more} more ${more === 1 ? "spectrum" : "spectra"} that could not be done)`;
  return defect ? new Error(error + rest) : new InputError(error + rest);
}

function evolution(table: PosteriorTable, parameters: readonly TimelineParameter[], model: string) {
  const scene = inferTimeline(table.columns, parameters, `Evolution, ${model}`);
  if (scene === undefined) return [];
  const caption = "Counts, medians with 68 % intervals, and deviation of the statistic at the median.";
  return [{ name: "evolution", title: "Evolution", caption, scene }];
}

/** How many spectra carry warnings; what they are stands with each. */
function summaryOfWarnings(spectra: readonly InferredSpectrum[]): string[] {
  const warned = spectra.filter(({ warnings }) => warnings.length > 0).length;
  return warned === 0
    ? []
    : [`${warned} of ${spectra.length} spectra carry warnings; they stand with each spectrum`];
}

function report(
  result: InferenceResult,
  spectra: readonly InferredSpectrum[],
  parameters: readonly TimelineParameter[],
  figures: ReturnType<typeof evolution>,
): string {
  const { failures, warnings, model, network, samples, refined, seed } = result;
  const failed: ReportTable[] =
    failures.length === 0
      ? []
      : [
          {
            title: "Not done",
            columns: ["Spectrum", "Why"],
            rows: failures.slice(0, MOST_ROWS).map(({ file, error }) => [file, error]),
          },
        ];
  return pageHtml({
    title: `${model}: ${result.done} ${result.done === 1 ? "spectrum" : "spectra"} by one network`,
    subtitle: `xnpe ${VERSION} \u00b7 ${network.file} \u00b7 ${samples} draws each, ${refined ? "weighted by the exact likelihood" : "of the network alone"} \u00b7 seed ${seed}`,
    warnings,
    tables: [answers(spectra, parameters, result.done), ...failed],
    figures: figures.map(({ title, caption, scene }) => ({
      title,
      caption,
      svg: toSvg(scene, { inline: true }),
    })),
  });
}

function answers(
  spectra: readonly InferredSpectrum[],
  parameters: readonly TimelineParameter[],
  done: number,
): ReportTable {
  const shown = spectra.slice(0, MOST_ROWS);
  return {
    title: "Posteriors",
    columns: [
      "Spectrum",
      "Counts",
      ...parameters.map(({ name, logarithmic }) => (logarithmic ? `log10 ${name}` : name)),
      "C (deviation)",
      "Efficiency",
    ],
    rows: shown.map(({ file, counts, parameters: found, statistic, importance, warnings }) => [
      warnings.length > 0 ? `${file} (!)` : file,
      String(counts),
      ...found.map(({ log10, ...linear }) => interval(log10 ?? linear)),
      statistic.best.toFixed(1) +
        (statistic.deviation === undefined ? "" : ` (${statistic.deviation.toFixed(1)})`),
      importance === undefined ? "" : `${(100 * importance.efficiency).toFixed(0)} %`,
    ]),
    caption:
      "Median with the distances to the ends of the 68 % interval; C at the best parameters, in brackets its deviation from the expectation at the median in standard deviations; (!): see its warnings in results.json." +
      (done > shown.length ? ` The first ${shown.length} of ${done}; posteriors.csv has all.` : ""),
  };
}

function interval({
  median,
  interval68: [low, high],
}: {
  readonly median: number;
  readonly interval68: readonly [number, number];
}): string {
  const width = Math.max(high - low, 1e-12);
  const decimals = Math.min(10, Math.max(0, 2 - Math.floor(Math.log10(width))));
  const text = (value: number) => value.toFixed(decimals);
  return `${text(median)} +${text(high - median)} -${text(median - low)}`;
}
