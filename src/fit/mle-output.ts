import { fitReportHtml } from "../plot/fitReport.ts";
import { spectrum, spectrumCaption } from "../plot/index.ts";
import type { BestFitRecord } from "./mle-run.ts";
import type { BestFitResult } from "./mle-types.ts";
import type { RunFilesOptions } from "./output.ts";
import type { OutputFile } from "./output-entries.ts";
import type { NamedFigure } from "./output-figures.ts";
import { renderFigures } from "./output-render.ts";
import { reportCommon } from "./output-report.ts";

/** Everything a best fit leaves: config.yml, figures, report.html and, last, result.json. No file is touched. */
export async function bestFitFiles(record: BestFitRecord, options: RunFilesOptions): Promise<OutputFile[]> {
  const { config, fonts, extra = [] } = options;
  const figures = fitFigureList(record);
  const rendered = await renderFigures(figures, fonts);
  const result = { ...record.result, warnings: [...record.result.warnings, ...rendered.warnings] };
  return [
    ...extra,
    { name: "config.yml", bytes: config },
    ...rendered.files,
    { name: "report.html", bytes: report(result, figures, options) },
    { name: "result.json", bytes: formatBestFit(result) },
  ];
}

/** The text of result.json. */
export function formatBestFit(result: BestFitResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

function fitFigureList({ result, figures: { spectra = [] } }: BestFitRecord): NamedFigure[] {
  const { name, best, bins, expected, expectedSd, deviation } = result.statistic;
  const known = expected !== undefined && expectedSd !== undefined && deviation !== undefined;
  const statistic = { name, value: best, bins, ...(known && { expected, expectedSd, deviation }) };
  return [
    {
      name: "spectrum",
      title: "Spectrum",
      caption:
        `Spectrum with the folded model at the best fit, and residuals in units of the error. ${spectrumCaption(spectra)}`.trim(),
      scene: spectrum({ series: spectra, statistic }),
    },
  ];
}

function report(result: BestFitResult, figures: readonly NamedFigure[], options: RunFilesOptions): string {
  return fitReportHtml({
    result,
    ...reportCommon(figures, options),
  });
}
