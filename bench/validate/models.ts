import { existsSync, readFileSync } from "node:fs";
import { models } from "../../src/model/index.ts";
import {
  type Case,
  convolutionDeviation,
  convolutionLimit,
  deviation,
  type Reference,
  reasonToSkip,
  rule,
} from "./model-cases.ts";

const BEGIN = "<!-- models: written by npm run validate -->";
const END = "<!-- end of models -->";

/** The page with the section on models between its markers; at the end where it has none. */
export function withModels(page: string, section: string): string {
  const marked = `${BEGIN}\n\n${section}\n\n${END}`;
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) return `${page.trimEnd()}\n\n${marked}\n`;
  return page.slice(0, from) + marked + page.slice(to + END.length);
}

/** XSPEC's values beside ours as Markdown: each model's worst case; undefined without the reference values. */
export function modelSection(data: string): string | undefined {
  const file = `${data}/reference/xspec_models.json`;
  if (!existsSync(file)) return undefined;
  const reference: Reference = JSON.parse(readFileSync(file, "utf8"));
  const compared = new Map<string, { cases: number; row: Row }>();
  const left: string[] = [];
  for (const entry of reference.cases) {
    const model = models.find(({ name }) => name === entry.model.toLowerCase());
    const reason = entry.type === "con" && model !== undefined ? undefined : reasonToSkip(entry);
    if (model === undefined || reason !== undefined) {
      left.push(`${entry.model}(${entry.params.join(", ")}): ${reason ?? "no such model here"}`);
      continue;
    }
    const row = worstOf(entry, reference);
    const before = compared.get(model.name);
    const worse = before === undefined || row.worst / row.limit > before.row.worst / before.row.limit;
    compared.set(model.name, { cases: (before?.cases ?? 0) + 1, row: worse ? row : before.row });
  }
  const without = models.map(({ name }) => name).filter((name) => !compared.has(name));
  return [
    "## Models beside XSPEC",
    "",
    "The values of XSPEC 12.9.1 in the reference file, and each model's worst case: largest deviation, where, and what the test allows. Deviations are " +
      "relative; in optical depth (relative to max(1, depth)) for the tbabs family, absolute in transmission for phabs and its relatives.",
    "",
    "| model | cases | worst case | deviation | at keV | limit |",
    "| --- | --- | --- | --- | --- | --- |",
    ...[...compared]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { cases, row }]) => rowText(name, cases, row)),
    "",
    `Without a reference value, tested by laws and limits alone: ${without.join(", ")}.`,
    "",
    `Cases of the file that are not compared: ${left.join("; ")}.`,
  ].join("\n");
}

interface Row {
  readonly title: string;
  readonly worst: number;
  readonly at: number;
  readonly limit: number;
}

function worstOf(entry: Case, reference: Reference): Row {
  const model = models.find(({ name }) => name === entry.model.toLowerCase())!;
  const convolution = entry.type === "con";
  const found = Object.keys(entry.values).map((grid) =>
    (convolution ? convolutionDeviation : deviation)(model, entry, grid, reference),
  );
  const worst = found.reduce((a, b) => (b.worst > a.worst ? b : a));
  const title = `${entry.params.join(", ")}; ${entry.abund}, ${entry.xsect}`;
  return {
    title,
    worst: worst.worst,
    at: worst.at,
    limit: convolution ? convolutionLimit(entry) : rule(entry).limit,
  };
}

function rowText(name: string, cases: number, { title, worst, at, limit }: Row): string {
  return `| ${name} | ${cases} | ${title} | ${worst.toExponential(1)} | ${at.toPrecision(3)} | ${limit} |`;
}
