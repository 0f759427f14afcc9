import { reportHtml } from "../plot/index.ts";
import type { Citation } from "./citations.ts";
import { formatDraws } from "./output-draws.ts";
import type { OutputFile } from "./output-entries.ts";
import { type FigureData, type NamedFigure, runFigures } from "./output-figures.ts";
import { type Fonts, renderFigures } from "./output-render.ts";
import { reportCommon } from "./output-report.ts";
import { formatResult } from "./output-result.ts";
import { roundsTables } from "./rounds-table.ts";
import type { PosteriorDraws, RunResult } from "./types.ts";

/** What a run found. */
export interface RunRecord {
  readonly result: RunResult;
  readonly draws: PosteriorDraws;
  /** The network as safetensors, npe only. */
  readonly network?: Uint8Array;
  readonly figures: FigureData;
}

export interface RunFilesOptions {
  /** Text of config.yml. */
  readonly config: string;
  /** Papers for the report. */
  readonly citations?: readonly Citation[];
  readonly fonts: Fonts;
  /** Files besides, such as the spectra of the demo. */
  readonly extra?: readonly OutputFile[];
}

/**
 * Everything a run leaves, as files in the order in which they are written: config.yml, posterior.parquet,
 * network.safetensors, figures, report.html and, last, result.json. No file is touched.
 */
export async function runFiles(record: RunRecord, options: RunFilesOptions): Promise<OutputFile[]> {
  const { config, fonts, extra = [] } = options;
  const { result, draws, network } = record;
  const figures = runFigures(result, draws, record.figures);
  const rendered = await renderFigures(figures, fonts);
  const warnings = [...result.warnings, ...rendered.warnings];
  const metadata = {
    xnpe: result.xnpe,
    model: result.model,
    method: result.method,
    seed: String(result.seed),
  };
  return [
    ...extra,
    { name: "config.yml", bytes: config },
    { name: "posterior.parquet", bytes: await formatDraws(draws, metadata) },
    ...(network === undefined ? [] : [{ name: "network.safetensors", bytes: network }]),
    ...rendered.files,
    { name: "report.html", bytes: reportText({ ...result, warnings }, figures, options) },
    {
      name: "result.json",
      bytes: formatResult({ ...result, warnings }),
    },
  ];
}

function reportText(result: RunResult, figures: readonly NamedFigure[], options: RunFilesOptions): string {
  const { network: { rounds, ensemble, ...network } = {}, ...rest } = result;
  return reportHtml({
    result: { ...rest, ...(result.network && { network: { ...network, ...ensemble } }) },
    tables: roundsTables(rounds),
    ...reportCommon(figures, options),
  });
}
