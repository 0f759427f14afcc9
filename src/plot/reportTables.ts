import { type Cell, htmlTable, richHtml } from "./html.ts";
import { fixed, measurement, significant } from "./numberText.ts";
import { unitText } from "./parameterLabel.ts";
import type { ReportParameter, ReportResult } from "./reportInput.ts";
import { parseRichText } from "./richText.ts";
import { escapeXml } from "./svg.ts";
import { refinementShift, type Verdict } from "./verdicts.ts";

/** The headline: a parameter a row. Columns that no parameter has are left out. */
export function answerTable({ parameters }: ReportResult): string {
  const any = (has: (parameter: ReportParameter) => unknown) => parameters.some((p) => has(p) !== undefined);
  const columns: { title: string; cell: (parameter: ReportParameter) => Cell }[] = [
    { title: "Parameter", cell: nameCell },
    { title: "Median", cell: valueCell },
    { title: "68 %", cell: (p) => intervalText(p.interval68, p) },
    { title: "90 %", cell: (p) => intervalText(p.interval90, p) },
    { title: "Best", cell: (p) => ({ html: richHtml(likeWidth(p.best, p)) }) },
  ];
  if (any(refinementShift)) columns.push({ title: "Shift", cell: shiftCell });
  if (any((p) => p.truth)) columns.push({ title: "True value", cell: truthCell });
  const rows = parameters.map((parameter) => columns.map(({ cell }) => cell(parameter)));
  const titles = columns.map(({ title }) => title);
  return `<div class="answer">${htmlTable(titles, rows)}</div>\n`;
}

/** Name, with unit and prior in small letters below. */
function nameCell({ name, unit, prior }: ReportParameter): Cell {
  const below = [richHtml(unitText(unit)), escapeXml(prior)].filter((text) => text !== "");
  return { html: escapeXml(name) + below.map((line) => `<small>${line}</small>`).join("") };
}

/** Median and 68 % errors; for logarithmic parameters those of the logarithm below. */
function valueCell({ median, interval68: [low, high], log10 }: ReportParameter): Cell {
  const value = valueHtml(measurement(median, median - low, high - median));
  if (!log10) return { html: value };
  const [least, most] = log10.interval68;
  const inLog = valueHtml(measurement(log10.median, log10.median - least, most - log10.median));
  return { html: `${value}<small>log<sub>10</sub>: ${inLog}</small>` };
}

/** Upper and lower error on top of each other. */
function valueHtml(text: string): string {
  const runs = parseRichText(text);
  const at = runs.findIndex((run) => run.stacked);
  if (at < 1) return richHtml(text);
  const plain = (from: number, to?: number) =>
    runs
      .slice(from, to)
      .map((run) => (run.script === "super" ? `<sup>${escapeXml(run.text)}</sup>` : escapeXml(run.text)))
      .join("");
  const [upper, lower] = [escapeXml(runs[at - 1].text), escapeXml(runs[at].text)];
  const errors = `<span class="scripts"><span>${upper}</span><span>${lower}</span></span>`;
  return plain(0, at - 1) + errors + plain(at + 1);
}

/** A value with as many decimals as the standard deviation warrants. */
function likeWidth(value: number, { sd }: ReportParameter): string {
  if (!(sd > 0) || Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3) return significant(value, 4);
  return fixed(value, Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(sd)))));
}

function intervalText([low, high]: readonly [number, number], parameter: ReportParameter): Cell {
  return { html: `${richHtml(likeWidth(low, parameter))} \u2013 ${richHtml(likeWidth(high, parameter))}` };
}

function shiftCell(parameter: ReportParameter): Cell {
  const shift = refinementShift(parameter);
  return shift === undefined ? "" : `${fixed(shift, 2)} \u03c3`;
}

function truthCell(parameter: ReportParameter): Cell {
  const { truth, median, interval68 } = parameter;
  if (truth === undefined) return "";
  const half = truth > median ? interval68[1] - median : median - interval68[0];
  const pull = half > 0 ? ` (${fixed((median - truth) / half, 1)} \u03c3)` : "";
  return { html: richHtml(significant(truth, 4)) + pull };
}

/** Files, exposure, counts and band. */
export function spectraTable({ spectra }: Pick<ReportResult, "spectra">): string {
  const rows = spectra.map(({ file, exposure, counts, bins, band }) => [
    file,
    `${String(Number(exposure.toPrecision(6)))} s`,
    fixed(counts, 0),
    String(bins),
    `${String(Number(band[0].toPrecision(4)))} \u2013 ${String(Number(band[1].toPrecision(4)))} keV`,
  ]);
  return htmlTable(["Spectrum", "Exposure", "Counts", "Bins", "Band"], rows);
}

/** Checks with their grade, meaning and advice. */
export function trustTable(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ subject, value, grade, meaning, advice }): Cell[] => [
    subject,
    { html: richHtml(value) },
    { html: `<span class="grade ${grade}">${grade}</span>` },
    advice ? `${meaning} ${advice}` : meaning,
  ]);
  return htmlTable(["Check", "Value", "Verdict", "What it means"], rows);
}

const NETWORK_NAMES: Readonly<Record<string, string>> = {
  simulations: "Simulations",
  epochs: "Epochs",
  steps: "Optimiser steps",
  validationLoss: "Validation loss (nats)",
  features: "Inputs of the network",
  weights: "Weights",
  members: "Networks of the ensemble",
  disagreement: "Their disagreement (standard deviations)",
};

/** Facts on the network, or on nested sampling. */
export function networkTable({ network, nested }: ReportResult): string {
  const facts = network ?? nested;
  if (!facts) return "";
  const names: Readonly<Record<string, string>> = {
    ...NETWORK_NAMES,
    livePoints: "Live points",
    iterations: "Iterations",
    evaluations: "Likelihood evaluations",
    ess: "Effective draws",
  };
  const numbers = Object.entries(facts).flatMap(([key, value]) =>
    typeof value === "number" ? [{ key, value }] : [],
  );
  const rows = numbers.map(({ key, value }): Cell[] => [
    names[key] ?? key,
    Number.isInteger(value) ? String(value) : { html: richHtml(significant(value, 4)) },
  ]);
  return `<div>${htmlTable([network ? "Network" : "Nested sampling", ""], rows)}</div>`;
}

/** Seconds a stage. */
export function timingsTable({ timings }: ReportResult): string {
  const rows = Object.entries(timings).map(([stage, seconds]): Cell[] => [
    stage,
    { html: `${richHtml(significant(seconds, 3))} s` },
  ]);
  return rows.length === 0 ? "" : `<div>${htmlTable(["Stage", "Time"], rows)}</div>`;
}
