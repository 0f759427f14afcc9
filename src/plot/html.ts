import { parseRichText } from "./richText.ts";
import { escapeXml } from "./svg.ts";

/** Rich text as HTML: raised and lowered pieces become `<sup>` and `<sub>`, everything else is escaped. */
export function richHtml(text: string): string {
  return parseRichText(text)
    .map(({ text: piece, script }) => {
      const safe = escapeXml(piece);
      return script === "super" ? `<sup>${safe}</sup>` : script === "sub" ? `<sub>${safe}</sub>` : safe;
    })
    .join("");
}

/** A cell: plain text, or HTML made by this room. */
export type Cell = string | { readonly html: string };

/** Table with a header row; the first column heads the rows. Texts are escaped. */
export function htmlTable(columns: readonly Cell[], rows: readonly (readonly Cell[])[]): string {
  const head = columns.map((cell) => `<th scope="col">${cellHtml(cell)}</th>`).join("");
  const body = rows
    .map(([first, ...rest]) => {
      const cells = rest.map((cell) => `<td>${cellHtml(cell)}</td>`).join("");
      return `<tr><th scope="row">${cellHtml(first ?? "")}</th>${cells}</tr>`;
    })
    .join("\n");
  return `<div class="scroll"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}

function cellHtml(cell: Cell): string {
  return typeof cell === "string" ? escapeXml(cell) : cell.html;
}
