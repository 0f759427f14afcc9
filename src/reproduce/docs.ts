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

/** Experiments and demo runs as Markdown. */
export function reproductionSection(records: readonly ExperimentRecord[]): string {
  const experiments = records.filter(({ id }) => !id.includes("_"));
  return [...(experiments.length > 0 ? [experimentTable(experiments)] : []), demoTable(records)].join("\n\n");
}

/** What the experiments have to hold, and all of their importance efficiencies, as Markdown. */
function experimentTable(records: readonly ExperimentRecord[]): string {
  const rows = records.flatMap(({ id, tables }) =>
    tables.flatMap(({ rows: all }) =>
      all
        .filter(({ verdict }) => verdict !== "info" || id === "efficiency")
        .map((row) => `| ${id} | ${cells(row)} |`),
    ),
  );
  return [
    "## The experiments of the paper",
    "",
    "Written by `xnpe reproduce --docs docs/validation.md`: the lines that have to hold, and the importance efficiency of networks beside the published recipe. All figures and tables are in the report that the command leaves.",
    "",
    "| experiment | quantity | published | obtained | holds |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

function cells({
  quantity,
  published,
  obtained,
  unit,
  verdict,
  rule,
}: ExperimentRecord["tables"][number]["rows"][number]): string {
  const holds = verdict === "info" ? "" : `${verdict === "pass" ? "yes" : "**no**"} (${rule})`;
  return `${quantity} | ${valueWithUnit(published, unit)} | ${valueWithUnit(obtained, unit)} | ${holds}`;
}

/** The demo runs as Markdown: published results beside ours. */
export function demoTable(records: readonly ExperimentRecord[]): string {
  const lines = records
    .filter(({ id }) => id.includes("_"))
    .flatMap(({ id, tables, failure }) =>
      failure !== undefined
        ? [`| ${id} | not run: ${failure} | | | |`]
        : tables.flatMap(({ rows }) =>
            rows.filter(({ unit }) => unit !== "s").map((row) => `| ${id} | ${cells(row)} |`),
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
