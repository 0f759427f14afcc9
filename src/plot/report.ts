import { htmlTable } from "./html.ts";
import type { ReportFigure, ReportInput, ReportTable } from "./reportInput.ts";
import { REPORT_STYLE } from "./reportStyle.ts";
import { answerTable, networkTable, spectraTable, timingsTable, trustTable } from "./reportTables.ts";
import { statisticName } from "./statisticName.ts";
import { escapeXml } from "./svg.ts";
import { evidenceSentence, goodnessSentence, trustSentence, trustVerdicts } from "./verdicts.ts";

/**
 * A run as one self-contained HTML page: the answer, how good the fit is, how far to trust it, figures, and how to repeat
 * it. No external resource; all text is escaped, the figures' SVG (made by this room) goes in as it stands.
 */
export function reportHtml(input: ReportInput): string {
  const { result, title = result.model } = input;
  const sections = [
    header(input, title),
    warnings(result.warnings),
    section("Answer", answerTable(result) + paragraph(answerNote(input))),
    section("Fit", paragraph(goodnessSentence(result)) + paragraph(evidenceSentence(result))),
    section("How far to trust it", trust(input)),
    section("Figures", input.figures.map(figure).join("\n")),
    ...(input.tables ?? []).map((table) => section(table.title, tableHtml(table))),
    section("How it was computed", computed(input)),
    section("How to repeat it", repeat(input)),
    section("What to cite", citations(input)),
  ];
  return (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${escapeXml(title)}</title>\n<style>${REPORT_STYLE}</style>\n</head>\n` +
    `<body>\n<main>\n${sections.filter((part) => part !== "").join("\n")}\n</main>\n</body>\n</html>\n`
  );
}

/** A section of a report; nothing where its body is empty. */
export function section(title: string, body: string): string {
  return body === "" ? "" : `<section>\n<h2>${escapeXml(title)}</h2>\n${body}\n</section>`;
}

/** Plain text as a paragraph. */
export function paragraph(text: string): string {
  return text === "" ? "" : `<p>${escapeXml(text)}</p>\n`;
}

const METHODS: Readonly<Record<string, string>> = {
  npe: "neural posterior estimation, refined by the exact likelihood",
  nested: "nested sampling",
  mcmc: "Markov chain Monte Carlo",
  mle: "maximum likelihood",
};

function header({ result }: ReportInput, title: string): string {
  const method = METHODS[result.method] ?? result.method;
  return (
    `<header>\n<h1>${escapeXml(title)}</h1>\n` +
    `<p class="muted">Posterior by ${escapeXml(method)} \u00b7 xnpe ${escapeXml(result.xnpe)} \u00b7 seed ${result.seed}</p>\n` +
    `${spectraTable(result)}\n</header>`
  );
}

/** Warnings as a box at the top. */
export function warnings(list: readonly string[]): string {
  if (list.length === 0) return "";
  const items = list.map((warning) => `<li>${escapeXml(warning)}</li>`).join("");
  return `<div class="warnings" role="alert"><strong>Warnings</strong><ul>${items}</ul></div>`;
}

function answerNote({ result }: ReportInput): string {
  const refined = result.parameters.some((parameter) => parameter.unrefined);
  const shift = refined
    ? " Shift: from the network's median to the exact one, in standard deviations (log10 for logarithmic parameters)."
    : "";
  return `Median with 68 % interval; best: the least ${statisticName(result.statistic.name)}.${shift}`;
}

function trust({ result }: ReportInput): string {
  const verdicts = trustVerdicts(result);
  return paragraph(trustSentence(verdicts)) + (verdicts.length > 0 ? trustTable(verdicts) : "");
}

/** A figure with its caption. */
export function figure({ title, caption, svg }: ReportFigure): string {
  if (!svg.startsWith("<svg") || /<script/i.test(svg)) {
    throw new Error(`internal: figure "${title}" of the report is not an SVG made by toSvg`);
  }
  const text = `<strong>${escapeXml(title)}.</strong> ${escapeXml(caption)}`;
  return `<figure>\n${svg}<figcaption>${text}</figcaption>\n</figure>`;
}

function tableHtml({ caption, columns, rows }: ReportTable): string {
  return htmlTable(columns, rows) + paragraph(caption ?? "");
}

function computed({ result }: ReportInput): string {
  const network = networkTable(result);
  const timings = timingsTable(result);
  return `<div class="columns">\n${network}\n${timings}\n</div>`;
}

/** The command, version, seed and configuration that repeat a run. */
export function repeat({
  result,
  command,
  config,
}: Pick<ReportInput, "command" | "config"> & {
  readonly result: Pick<ReportInput["result"], "xnpe" | "seed" | "kernels" | "responseHash">;
}): string {
  const parts: string[] = [];
  if (command) parts.push(`<pre><code>${escapeXml(command)}</code></pre>`);
  const facts = [`version ${result.xnpe}`, `seed ${result.seed}`];
  if (result.kernels) facts.push(`kernels ${result.kernels}`);
  if (result.responseHash) facts.push(`response ${result.responseHash}`);
  parts.push(`<p class="muted">${escapeXml(`The same numbers come out with ${facts.join(", ")}.`)}</p>`);
  if (config) {
    parts.push(
      `<details><summary>Configuration</summary><pre><code>${escapeXml(config)}</code></pre></details>`,
    );
  }
  return parts.join("\n");
}

/** The list of papers. */
export function citations({ citations: list = [] }: Pick<ReportInput, "citations">): string {
  if (list.length === 0) return "";
  const items = list.map(({ text, url }) => {
    const safe = url !== undefined && /^https?:\/\//.test(url);
    return safe
      ? `<li><a href="${escapeXml(url)}">${escapeXml(text)}</a></li>`
      : `<li>${escapeXml(text)}</li>`;
  });
  return `<ul>${items.join("\n")}</ul>`;
}
