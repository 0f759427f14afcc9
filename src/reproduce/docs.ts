import type { ExperimentRecord } from "./types.ts";
import { valueWithUnit } from "./value-text.ts";

const BEGIN = "<!-- demo runs: written by xnpe reproduce --docs -->";
const END = "<!-- end of demo runs -->";

/** The page with `part` between its markers; at the end, with markers, where it has none. */
export function withMarked(page: string, part: string): string {
  const marked = `${BEGIN}\n\n${part}\n\n${END}`;
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${marked}\n`;
  return page.slice(0, from) + marked + page.slice(to + END.length);
}

/** What stands between the markers of a page, markers included; nothing where there are none. */
export function markedPart(page: string): string | undefined {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  return from < 0 || to < from ? undefined : page.slice(from, to + END.length);
}

/** The demo runs as Markdown: published results beside ours. */
export function demoTable(records: readonly ExperimentRecord[]): string {
  const lines = records
    .filter(({ id }) => id.includes("_"))
    .flatMap(({ id, tables, failure }) =>
      failure !== undefined
        ? [`| ${id} | not run: ${failure} | | | |`]
        : tables.flatMap(({ rows }) =>
            rows
              .filter(({ unit }) => unit !== "s")
              .map(({ quantity, published, obtained, unit, verdict, rule }) => {
                const holds = verdict === "info" ? "" : `${verdict === "pass" ? "yes" : "**no**"} (${rule})`;
                return `| ${id} | ${quantity} | ${valueWithUnit(published, unit)} | ${valueWithUnit(obtained, unit)} | ${holds} |`;
              }),
          ),
    );
  return [
    "## The twelve demo runs of the published code",
    "",
    "Written by `xnpe reproduce demos --docs docs/validation.md`. *Published* are the outputs released with the code of Barret & Dupourqué (2024). Their " +
      "responses are not public: a reconstruction stands in, so that medians may differ by some tenths of the published errors, and the published networks differ among " +
      "themselves by up to one sigma. *Exact* is nested sampling of the same likelihood here.",
    "",
    "| run | quantity | published | obtained | holds |",
    "| --- | --- | --- | --- | --- |",
    ...lines,
  ].join("\n");
}
