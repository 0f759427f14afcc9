import { htmlTable, richHtml } from "./html.ts";
import { fixed, significant } from "./numberText.ts";
import { unitText } from "./parameterLabel.ts";
import { citations, figure, paragraph, repeat, section, warnings } from "./report.ts";
import type { ReportInput, ReportResult } from "./reportInput.ts";
import { REPORT_STYLE } from "./reportStyle.ts";
import { spectraTable } from "./reportTables.ts";
import { statisticName } from "./statisticName.ts";
import { escapeXml } from "./svg.ts";

/** A best fit to report: result.json of the method mle as it stands fits. */
export interface FitReportResult extends Omit<ReportResult, "parameters" | "statistic"> {
  readonly parameters: readonly {
    readonly name: string;
    readonly unit: string;
    readonly prior: string;
    readonly best: number;
    readonly error?: number;
    readonly atLimit?: string;
    readonly truth?: number;
  }[];
  readonly statistic: {
    readonly name: string;
    readonly best: number;
    readonly penalty?: number;
    readonly bins: number;
    readonly degreesOfFreedom: number;
    readonly expected?: number;
    readonly expectedSd?: number;
    readonly deviation?: number;
    readonly reduced?: number;
    readonly nullProbability?: number;
  };
  readonly correlation: readonly (readonly number[])[];
  readonly fit: {
    readonly starts: number;
    readonly lost: number;
    readonly minima: readonly {
      readonly statistic: number;
      readonly starts: number;
      readonly values: readonly number[];
    }[];
  };
}

export interface FitReportInput extends Omit<ReportInput, "result"> {
  readonly result: FitReportResult;
}

/** A best fit as one self-contained HTML page: parameters with errors, minima, figures, how to repeat it. */
export function fitReportHtml(input: FitReportInput): string {
  const { result, title = result.model, figures, config = "", command = "" } = input;
  const sections = [
    `<header>\n<h1>${escapeXml(title)}</h1>\n<p class="muted">Best fit \u00b7 xnpe ${escapeXml(result.xnpe)} \u00b7 seed ${result.seed}</p>\n${spectraTable(result)}\n</header>`,
    warnings(result.warnings),
    section("Answer", answer(result)),
    section("Fit", paragraph(qualitySentence(result))),
    section("Minima", minima(result)),
    section("Correlations", correlations(result)),
    section("Figures", figures.map(figure).join("\n")),
    section("How to repeat it", repeat({ result, config, command })),
    section("What to cite", citations(input)),
  ];
  return (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${escapeXml(title)}</title>\n<style>${REPORT_STYLE}</style>\n</head>\n` +
    `<body>\n<main>\n${sections.filter((part) => part !== "").join("\n")}\n</main>\n</body>\n</html>\n`
  );
}

function answer({ parameters, statistic }: FitReportResult): string {
  const known = parameters.some(({ truth }) => truth !== undefined);
  const rows = parameters.map(({ name, unit, prior, best, error, atLimit, truth }) => [
    { html: `${escapeXml(name)}<small>${richHtml(unitText(unit))}</small>` },
    significant(best, 6),
    error === undefined
      ? atLimit === undefined
        ? "none"
        : `on its ${atLimit} limit`
      : significant(error, 3),
    prior,
    ...(known ? [truth === undefined ? "" : String(truth)] : []),
  ]);
  const columns = ["Parameter", "Best", "Error", "Prior", ...(known ? ["True value"] : [])];
  const note =
    `The least ${statisticName(statistic.name)}${statistic.penalty === undefined ? "" : " with \u22122 ln prior added"}; errors are square roots of the covariance, 68 % if it is a parabola.` +
    (statistic.penalty === undefined ? " Of the priors only the support counts, as limits." : "");
  return `<div class="answer">${htmlTable(columns, rows)}</div>\n${paragraph(note)}`;
}

function qualitySentence({ statistic: s }: FitReportResult): string {
  const name = statisticName(s.name);
  const parts = [
    `${name} is ${fixed(s.best, 2)} in ${s.bins} bins, ${s.degreesOfFreedom} degrees of freedom`,
  ];
  if (s.penalty !== undefined) parts.push(`the priors add ${fixed(s.penalty, 2)}`);
  if (s.expected !== undefined && s.expectedSd !== undefined && s.deviation !== undefined)
    parts.push(
      `the model would give ${fixed(s.expected, 1)} \u00b1 ${fixed(s.expectedSd, 1)} (off by ${fixed(s.deviation, 1)} sigma; the fitted parameters are not taken off)`,
    );
  if (s.reduced !== undefined && s.nullProbability !== undefined)
    parts.push(
      `reduced ${fixed(s.reduced, 3)}; chance of a higher one if the model is right: ${significant(s.nullProbability, 3)}`,
    );
  return `${parts.join("; ")}.`;
}

function minima({ fit, parameters }: FitReportResult): string {
  const rows = fit.minima.map(({ statistic, starts, values }) => [
    fixed(statistic, 2),
    String(starts),
    ...values.map((value) => significant(value, 4)),
  ]);
  const lost = fit.lost > 0 ? ` From ${fit.lost} no minimum was reached.` : "";
  return (
    htmlTable(["Statistic", "Starts", ...parameters.map(({ name }) => name)], rows) +
    paragraph(`Local minima that the fit came to from ${fit.starts} starting points.${lost}`)
  );
}

function correlations({ correlation, parameters }: FitReportResult): string {
  const names = parameters.map(({ name }) => name);
  return htmlTable(
    ["", ...names],
    correlation.map((row, i) => [names[i], ...row.map((value) => fixed(value, 3))]),
  );
}
