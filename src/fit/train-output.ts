import { type ReportTable, toSvg } from "../plot/index.ts";
import { pageHtml } from "../plot/page.ts";
import { formatNetwork } from "./network-file.ts";
import type { OutputFile } from "./output-entries.ts";
import { type Fonts, renderFigures } from "./output-render.ts";
import { drawTrainingFigures } from "./train-figures.ts";
import type { TrainingRecord } from "./train-run.ts";
import type { TrainingResult } from "./train-types.ts";

/** What a training writes into its folder, in order; `training.json` stands last, so that its presence means a whole training. */
export const TRAINING_ENTRIES = [
  "config.yml",
  "network.safetensors",
  "figures",
  "report.html",
  "training.json",
] as const;

export interface TrainingFilesOptions {
  /** Text of config.yml. */
  readonly config: string;
  readonly fonts: Fonts;
}

/** Everything a training leaves, as files in the order in which they are written. No file is touched. */
export async function trainingFiles(
  { result, network, figures }: TrainingRecord,
  { config, fonts }: TrainingFilesOptions,
): Promise<OutputFile[]> {
  const drawn = drawTrainingFigures(result, figures);
  const rendered = await renderFigures(drawn, fonts);
  const complete = { ...result, warnings: [...result.warnings, ...rendered.warnings] };
  const page = pageHtml({
    title: `Network for ${result.model}`,
    subtitle: `xnpe ${result.xnpe} \u00b7 seed ${result.seed} \u00b7 response ${result.responseHash.slice(0, 12)}`,
    warnings: complete.warnings,
    tables: [setupTable(result), networkTable(result), ...testTables(result)],
    figures: drawn.map(({ title, caption, scene }) => ({
      title,
      caption,
      svg: toSvg(scene, { inline: true }),
    })),
    details: { title: "Configuration", text: config },
  });
  return [
    { name: "config.yml", bytes: config },
    { name: "network.safetensors", bytes: await formatNetwork(network) },
    ...rendered.files,
    { name: "report.html", bytes: page },
    { name: "training.json", bytes: `${JSON.stringify(complete, null, 2)}\n` },
  ];
}

function setupTable({ spectra, parameters }: TrainingResult): ReportTable {
  return {
    title: "What it is for",
    columns: ["Spectrum", "Exposure (s)", "Counts", "Bins", "Band (keV)"],
    rows: spectra.map(({ file, exposure, counts, bins, band }) => [
      file,
      String(exposure),
      String(counts),
      String(bins),
      band.map((energy) => Number(energy.toPrecision(5))).join("-"),
    ]),
    caption: `Parameters: ${parameters.map(({ name, prior }) => `${name} ${prior}`).join("; ")}.`,
  };
}

function networkTable({ network, window, timings }: TrainingResult): ReportTable {
  const { lower, upper } = window;
  const range = `${Number(lower.toPrecision(5))} to ${upper === undefined ? "any number" : Number(upper.toPrecision(5))}`;
  return {
    title: "Training",
    columns: ["", ""],
    rows: [
      ["simulations", `${network.simulations} of ${network.tried} draws of the prior`],
      ["expected counts", range],
      ["inputs", `${network.features} (${network.kind})`],
      ["weights", `${network.weights} in ${network.flows} ${network.flows === 1 ? "flow" : "flows"}`],
      ["epochs, steps", `${network.epochs}, ${network.steps}`],
      ["least validation loss", network.validationLoss.toFixed(4)],
      ...Object.entries(timings).map(([stage, seconds]) => [`time: ${stage}`, `${seconds.toFixed(1)} s`]),
    ],
  };
}

function testTables({ test }: TrainingResult): ReportTable[] {
  if (test === undefined) return [];
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    {
      title: "Test",
      columns: ["Parameter", "Slope through the origin", "Slope", "Intercept", "in 68 %", "in 90 %"],
      rows: test.parameters.map(
        ({ name, logarithmic, throughOrigin: origin, line, coverage68, coverage90 }) => [
          logarithmic ? `log10 ${name}` : name,
          origin === undefined ? "" : plain(origin.slope, origin.error),
          line === undefined ? "" : plain(line.slope, line.slopeError),
          line === undefined ? "" : plain(line.intercept, line.interceptError),
          percent(coverage68),
          percent(coverage90),
        ],
      ),
      caption:
        `${test.spectra} spectra from the simulated part of the prior that the network has not seen; its own draws, not refined. The error of the slope ` +
        `through the origin is half its 95 % interval, the others are standard errors. Mean of -ln q at the true parameters: ${test.heldOutLoss.toFixed(3)}.`,
    },
  ];
}

/** A value with its error to two digits. */
function plain(value: number, error: number): string {
  if (!(error > 0 && error < Infinity)) return value.toPrecision(4);
  const decimals = Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(error))));
  return `${value.toFixed(decimals)} +- ${error.toFixed(decimals)}`;
}
