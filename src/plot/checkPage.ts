import { type Cell, htmlTable, richHtml } from "./html.ts";
import type { ReportFigure, ReportTable } from "./reportInput.ts";
import { REPORT_STYLE } from "./reportStyle.ts";
import { trustTable } from "./reportTables.ts";
import { escapeXml } from "./svg.ts";
import type { Verdict } from "./verdicts.ts";

interface Graded {
  readonly grade: Verdict["grade"];
  readonly sentence: string;
}

export interface CheckPageInput {
  readonly title: string;
  /** One line below the title. */
  readonly about: string;
  readonly verdict: Graded;
  readonly findings: readonly Verdict[];
  /** Where the network fails. */
  readonly failures: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly spectra: readonly {
    readonly file: string;
    readonly verdict: Graded;
    readonly findings: readonly Verdict[];
    readonly figures: readonly ReportFigure[];
  }[];
  readonly figures: readonly ReportFigure[];
  /** What the tests cannot see. */
  readonly blind: readonly string[];
  readonly warnings: readonly string[];
  /** What repeats the check. */
  readonly command: string;
}

const LEVELS: Readonly<Record<Verdict["grade"], string>> = {
  good: "Trustworthy",
  fair: "Trustworthy with care",
  poor: "Not trustworthy",
};

/** The check of a network as one self-contained page: the verdict first, in words, then reasons, figures, and what it cannot see. */
export function checkHtml(input: CheckPageInput): string {
  const sections = [
    `<header>\n<h1>${escapeXml(input.title)}</h1>\n<p class="muted">${escapeXml(input.about)}</p>\n</header>`,
    verdictHtml(input.verdict),
    list("Warnings", input.warnings),
    section("Why", trustTable(input.findings)),
    section("Where not", failuresHtml(input.failures)),
    ...input.spectra.map(({ file, verdict, findings, figures }) =>
      section(file, verdictHtml(verdict) + trustTable(findings) + figures.map(figureHtml).join("\n")),
    ),
    ...input.tables.map(({ title, columns, rows, caption = "" }) =>
      section(
        title,
        `${htmlTable(
          columns,
          rows.map((row) => row.map(rich)),
        )}<p class="muted">${escapeXml(caption)}</p>`,
      ),
    ),
    section("Figures", input.figures.map(figureHtml).join("\n")),
    section("What these tests cannot see", itemsHtml(input.blind)),
    section("How to repeat it", `<pre><code>${escapeXml(input.command)}</code></pre>`),
  ];
  return (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${escapeXml(input.title)}</title>\n<style>${REPORT_STYLE}</style>\n</head>\n` +
    `<body>\n<main>\n${sections.filter((part) => part !== "").join("\n")}\n</main>\n</body>\n</html>\n`
  );
}

function verdictHtml({ grade, sentence }: Graded): string {
  return `<p><strong class="grade ${grade}">${LEVELS[grade]}.</strong> ${escapeXml(sentence)}</p>`;
}

function section(title: string, body: string): string {
  return body === "" ? "" : `<section>\n<h2>${escapeXml(title)}</h2>\n${body}\n</section>`;
}

function failuresHtml(failures: readonly string[]): string {
  if (failures.length > 0) return itemsHtml(failures);
  return "<p>In no bin of the spectra, sorted by counts and by what is found for each parameter, does the network fail beyond chance.</p>";
}

function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return "";
  return `<div class="warnings" role="alert"><strong>${title}</strong>${itemsHtml(items)}</div>`;
}

function itemsHtml(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escapeXml(item)}</li>`).join("")}</ul>`;
}

function rich(cell: string): Cell {
  return { html: richHtml(cell) };
}

function figureHtml({ title, caption, svg }: ReportFigure): string {
  const text = `<strong>${escapeXml(title)}.</strong> ${escapeXml(caption)}`;
  return `<figure>\n${svg}<figcaption>${text}</figcaption>\n</figure>`;
}
