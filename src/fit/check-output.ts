import type { Stretch } from "../diagnose/index.ts";
import { checkHtml, type ReportTable, toSvg } from "../plot/index.ts";
import type { Checked } from "./check.ts";
import { checkFigures, spectrumFigures } from "./check-figures.ts";
import type { CheckResult, TestSummary } from "./check-types.ts";
import { stretchText } from "./check-words.ts";
import { percent, probability } from "./check-words-spectrum.ts";
import type { OpenNetwork } from "./open-network.ts";
import type { OutputFile } from "./output-entries.ts";
import type { NamedFigure } from "./output-figures.ts";
import { type Fonts, renderFigures } from "./output-render.ts";

/** What a check leaves in its folder, `check.json` last. */
export const CHECK_ENTRIES = ["figures", "check.html", "check.json"] as const;

export interface CheckFilesOptions {
  readonly fonts: Fonts;
  /** Name of the network, and the command that repeats the check. */
  readonly title: string;
  readonly command: string;
}

/** The files of a check. No file is touched. */
export async function checkFiles(
  open: Pick<OpenNetwork, "problem" | "prior">,
  checked: Checked,
  { fonts, title, command }: CheckFilesOptions,
): Promise<OutputFile[]> {
  const figures = checkFigures(open, checked);
  const own = spectrumFigures(checked);
  const { files, warnings } = await renderFigures([...own.flat(), ...figures], fonts);
  const result = { ...checked.result, warnings: [...checked.result.warnings, ...warnings] };
  const inline = ({ title: name, caption, scene }: NamedFigure) => ({
    ...{ title: name, caption },
    svg: toSvg(scene, { inline: true }),
  });
  const page = checkHtml({
    title: `Check of ${title}`,
    about: aboutText(result),
    verdict: result.verdict,
    findings: result.findings,
    failures: result.failures.map(({ text }) => text),
    tables: [coverageTable(result), testTable(result), lineTable(result)],
    spectra: result.observed.map((one, i) => ({ ...one, figures: own[i].map(inline) })),
    figures: figures.map(inline),
    blind: result.blind,
    warnings: result.warnings,
    command,
  });
  return [...files, { name: "check.html", bytes: page }, { name: "check.json", bytes: formatCheck(result) }];
}

/** check.json's text: numbers that are not finite become null. */
export function formatCheck(result: CheckResult): string {
  return `${JSON.stringify(result, null, 2)}\n`;
}

function aboutText({ model, spectra, draws, region, seed, xnpe }: CheckResult): string {
  const range =
    region.upper === undefined
      ? `more than ${region.lower.toPrecision(4)}`
      : `${region.lower.toPrecision(4)} to ${region.upper.toPrecision(4)}`;
  return `${model} \u00b7 ${spectra} simulated spectra of ${range} expected counts, ${draws} draws each \u00b7 xnpe ${xnpe} \u00b7 seed ${seed}`;
}

function coverageTable({ parameters, refined }: CheckResult): ReportTable {
  const cells = (stretches: readonly Stretch[]) =>
    stretches.flatMap((one) => [percent(one.coverage), stretchText(one)]);
  const rows = parameters.flatMap(({ name, network, refined: weighted }) => [
    [name, "network alone", ...cells(network)],
    ...(weighted ? [["", "refined", ...cells(weighted)]] : []),
  ]);
  return {
    title: "Intervals",
    columns: ["Parameter", "Posterior", "68 % hold", "factor (95 %)", "90 % hold", "factor (95 %)"],
    rows,
    caption: `Share of true values inside central intervals, and what half-widths must be multiplied by to hold as many as they say (split conformal prediction; on average over the region)${refined ? "" : "; nothing is refined, as there is no likelihood of simulated counts for chi"}.`,
  };
}

function testTable({ network, refined }: CheckResult): ReportTable {
  const rows = (which: string, tests: readonly TestSummary[]) =>
    tests.map(({ name, shift, spread, pValue, adjusted }) => [
      name,
      which,
      shift.toFixed(1),
      spread.toFixed(1),
      probability(pValue),
      probability(adjusted),
    ]);
  return {
    title: "Tests of uniform ranks",
    columns: ["Quantity", "Posterior", "Shift (\u03c3)", "Spread (\u03c3)", "p", "corrected"],
    rows: [...rows("network alone", network.tests), ...rows("refined", refined?.tests ?? [])],
    caption:
      "Shift above 0: posteriors lie too low; spread above 0: they are too narrow. Corrected (Holm) for the number of tests of a posterior; below 0.01 a test fails.",
  };
}

function lineTable({ parameters }: CheckResult): ReportTable {
  const value = (x: number, error: number) => `${x.toFixed(4)} \u00b1 ${error.toFixed(4)}`;
  const rows = parameters.map(({ name, logarithmic, throughOrigin, line }) => [
    logarithmic ? `log10 ${name}` : name,
    throughOrigin ? value(throughOrigin.slope, throughOrigin.error) : "undefined",
    line ? value(line.slope, line.slopeError) : "undefined",
    line ? value(line.intercept, line.interceptError) : "undefined",
    line ? `${line.chiSquare.toFixed(0)} / ${line.freedom}` : "undefined",
  ]);
  return {
    title: "Medians against true values",
    columns: [
      "Parameter",
      "Slope through the origin (\u00b1 half of 95 %)",
      "Slope",
      "Intercept",
      "\u03c7^{2} / freedom",
    ],
    rows,
    caption:
      "Through the origin as published by Barret & Dupourqu\u00e9 2024, where a slope of 1 says little; the ordinary line (\u00b1 1 \u03c3) sees shrinking towards the middle as well.",
  };
}
