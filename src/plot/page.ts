import { htmlTable } from "./html.ts";
import type { ReportFigure, ReportTable } from "./reportInput.ts";
import { REPORT_STYLE } from "./reportStyle.ts";
import { escapeXml } from "./svg.ts";

export interface PageInput {
  readonly title: string;
  /** One line below the title. */
  readonly subtitle: string;
  readonly warnings: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly figures: readonly ReportFigure[];
  /** Text that is folded away, such as the configuration. */
  readonly details?: { readonly title: string; readonly text: string };
}

/** A self-contained HTML page of tables and figures. No external resource; all text is escaped, the figures' SVG goes in as it stands. */
export function pageHtml({ title, subtitle, warnings, tables, figures, details }: PageInput): string {
  const items = warnings.map((warning) => `<li>${escapeXml(warning)}</li>`).join("");
  const parts = [
    `<header>\n<h1>${escapeXml(title)}</h1>\n<p class="muted">${escapeXml(subtitle)}</p>\n</header>`,
    items === "" ? "" : `<div class="warnings" role="alert"><strong>Warnings</strong><ul>${items}</ul></div>`,
    ...tables.map(tableSection),
    ...(figures.length > 0
      ? [`<section>\n<h2>Figures</h2>\n${figures.map(figure).join("\n")}\n</section>`]
      : []),
    details === undefined
      ? ""
      : `<details><summary>${escapeXml(details.title)}</summary><pre><code>${escapeXml(details.text)}</code></pre></details>`,
  ];
  return (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${escapeXml(title)}</title>\n<style>${REPORT_STYLE}</style>\n</head>\n` +
    `<body>\n<main>\n${parts.filter((part) => part !== "").join("\n")}\n</main>\n</body>\n</html>\n`
  );
}

function tableSection({ title, caption, columns, rows }: ReportTable): string {
  const below = caption === undefined ? "" : `<p>${escapeXml(caption)}</p>\n`;
  return `<section>\n<h2>${escapeXml(title)}</h2>\n${htmlTable(columns, rows)}\n${below}</section>`;
}

function figure({ title, caption, svg }: ReportFigure): string {
  if (!svg.startsWith("<svg") || /<script/i.test(svg))
    throw new Error(`internal: figure "${title}" of the page is not an SVG made by toSvg`);
  return `<figure>\n${svg}<figcaption><strong>${escapeXml(title)}.</strong> ${escapeXml(caption)}</figcaption>\n</figure>`;
}
