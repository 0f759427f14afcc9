import { escapeXml, htmlTable, REPORT_STYLE } from "../plot/index.ts";
import type { ExperimentRecord, ResultTable, Row } from "./types.ts";
import { valueText, valueWithUnit } from "./value-text.ts";

/** One experiment's part of the report; `figures` are its drawings as SVG, in the order of the record. */
export function section(record: ExperimentRecord, figures: readonly string[]): string {
  const { id, title, where, tables, notes, timings, failure } = record;
  const parts = [
    `<h2>${escapeXml(`${id}: ${title}`)}</h2>`,
    `<p class="muted">${escapeXml(where)}; ${valueText({ value: timings.total ?? 0 })} s</p>`,
    ...(failure === undefined ? [] : [`<p class="poor">${escapeXml(`Not run: ${failure}`)}</p>`]),
    ...tables.map(resultTable),
    ...record.figures.map(({ title: heading, caption }, i) => figure(heading, caption, figures[i])),
    ...notes.map((note) => `<p>${escapeXml(note)}</p>`),
  ];
  return `<section id="${escapeXml(`experiment-${id}`)}">\n${parts.join("\n")}\n</section>`;
}

function resultTable({ title, rows }: ResultTable): string {
  const columns = ["", "published", "obtained", "verdict"];
  const cells = rows.map((row) => [
    row.quantity,
    valueWithUnit(row.published, row.unit),
    valueWithUnit(row.obtained, row.unit),
    verdictCell(row),
  ]);
  return `<h3>${escapeXml(title)}</h3>\n${htmlTable(columns, cells)}`;
}

function verdictCell({ verdict, rule }: Row) {
  if (verdict === "info") return { html: "" };
  const grade = verdict === "pass" ? "good" : "poor";
  return { html: `<span class="grade ${grade}">${verdict}</span> <small>${escapeXml(rule ?? "")}</small>` };
}

function figure(title: string, caption: string, svg: string): string {
  const text = `<strong>${escapeXml(title)}.</strong> ${escapeXml(caption)}`;
  return `<figure>\n${svg}<figcaption>${text}</figcaption>\n</figure>`;
}

/** Rows that ask for something, of all tables. */
export function asked({ tables }: ExperimentRecord): readonly Row[] {
  return tables.flatMap(({ rows }) => rows.filter(({ verdict }) => verdict !== "info"));
}

interface PageFacts {
  readonly version: string;
  readonly seed: number;
  readonly short: boolean;
  readonly data: "published" | "built-in";
}

/** report.html: what was asked for and whether it holds, then every experiment. Self-contained. */
export function summaryPage(
  parts: readonly { readonly record: ExperimentRecord; readonly html: string }[],
  facts: PageFacts,
): string {
  const title = "Barret & Dupourqué (2024), reproduced";
  const body = [
    `<header>\n<h1>${escapeXml(title)}</h1>\n<p class="muted">xnpe ${escapeXml(facts.version)} · seed ${facts.seed}</p>`,
    ...origin(facts).map((text) => `<p>${escapeXml(text)}</p>`),
    "</header>",
    contents(parts.map(({ record }) => record)),
    ...parts.map(({ html }) => html),
  ];
  return (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n' +
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n' +
    `<title>${escapeXml(title)}</title>\n<style>${REPORT_STYLE}</style>\n</head>\n` +
    `<body>\n<main>\n${body.join("\n")}\n</main>\n</body>\n</html>\n`
  );
}

function origin({ data, short }: PageFacts): string[] {
  const spectra =
    data === "published"
      ? "Spectra and effective areas are the published ones. The published fits used responses that are not public; here stands a reconstruction " +
        "of the redistribution, so that medians may differ from the published ones by some tenths of their errors, and so may C. The published networks differ among " +
        "themselves by up to one sigma. The exact posterior of the same likelihood is the better reference, and verdicts on posteriors use it."
      : "The published spectra were not found. The built-in instrument stands in: every spectrum is a fake of it, made with the truth of its " +
        "set-up, so that published medians and statistics are not comparable; sizes, slopes and times are.";
  const size = short
    ? [
        "Short form: a few hundred simulations each. It shows that everything works; its numbers mean nothing.",
      ]
    : [];
  return [spectra, ...size];
}

function contents(records: readonly ExperimentRecord[]): string {
  const rows = records.map((record) => {
    const all = asked(record);
    const passed = all.filter(({ verdict }) => verdict === "pass").length;
    const grade = record.failure === undefined && passed === all.length ? "good" : "poor";
    const text = record.failure === undefined ? `${passed} of ${all.length}` : "not run";
    return [
      {
        html: `<a href="#${escapeXml(`experiment-${record.id}`)}">${escapeXml(`${record.id}: ${record.title}`)}</a>`,
      },
      record.where,
      {
        html:
          all.length === 0 && record.failure === undefined
            ? ""
            : `<span class="grade ${grade}">${text}</span>`,
      },
      `${valueText({ value: record.timings.total ?? 0 })} s`,
    ];
  });
  const failed = records.flatMap((record) =>
    asked(record)
      .filter(({ verdict }) => verdict === "fail")
      .map((row) => [record.id, row.quantity, valueWithUnit(row.obtained, row.unit), row.rule ?? ""]),
  );
  const total = records.reduce((sum, { timings }) => sum + (timings.total ?? 0), 0);
  return [
    "<section>\n<h2>What was asked for</h2>",
    htmlTable(["experiment", "in the paper", "holds", "time"], rows),
    `<p class="muted">${escapeXml(`All together ${valueText({ value: total / 60 })} min.`)}</p>`,
    ...(failed.length === 0
      ? []
      : ["<h3>What does not hold</h3>", htmlTable(["experiment", "what", "obtained", "asked for"], failed)]),
    "</section>",
  ].join("\n");
}
