import type { Inference } from "./infer.ts";
import type { InferOptions, InferredParameter, InferredSpectrum } from "./infer-types.ts";

/** A column of the table of many posteriors: numbers (NaN where there is none) or texts ("" where there is none). */
export type TableColumn =
  | { readonly name: string; readonly kind: "number"; readonly data: number[] }
  | { readonly name: string; readonly kind: "text"; readonly data: string[] };

/** A table that grows by one row a spectrum, a column after the other in memory. */
export interface PosteriorTable {
  readonly columns: readonly TableColumn[];
  add(inference: Inference): void;
}

type Value = number | string | undefined;

interface Source {
  readonly name: string;
  readonly kind: "number" | "text";
  readonly of: (spectrum: InferredSpectrum) => Value;
}

/**
 * The table of posteriors, one row a spectrum in their order: see docs/formats.md. `parameters` are the names and whether they are
 * logarithmic. A spectrum that failed has its file and the error, and nothing else.
 */
export function posteriorTable(
  parameters: readonly { readonly name: string; readonly logarithmic: boolean }[],
  { refine, goodness }: Pick<InferOptions, "refine" | "goodness">,
): PosteriorTable {
  const sources: Source[] = [
    text("file", ({ file }) => file),
    number("tStart", ({ times }) => times.start),
    number("tStop", ({ times }) => times.stop),
    number("mjd", ({ times }) => times.mjd),
    number("exposure", ({ exposure }) => exposure),
    number("counts", ({ counts }) => counts),
    number("bins", ({ bins }) => bins),
    ...parameters.flatMap(({ name, logarithmic }, d) => parameterSources(name, logarithmic, d)),
    ...(["best", "atMedian", "expected", "expectedSd", "deviation"] as const).map((key) =>
      number(`statistic.${key}`, ({ statistic }) => statistic[key]),
    ),
    ...(refine ? refinementSources() : []),
    ...(goodness === undefined
      ? []
      : [number("goodness.percentile", ({ goodness: found }) => found?.percentile)]),
    number("seconds", ({ seconds }) => seconds),
    text("warnings", ({ warnings }) => warnings.join("; ")),
  ];
  const columns = sources.map(({ name, kind }): TableColumn => ({ name, kind, data: [] }));
  columns.push({ name: "error", kind: "text", data: [] });
  const put = (column: TableColumn, value: Value) => {
    if (column.kind === "number") column.data.push(typeof value === "number" ? value : Number.NaN);
    else column.data.push(value === undefined ? "" : String(value));
  };
  return {
    columns,
    add(inference) {
      const failed = "failure" in inference ? inference.failure : undefined;
      for (const [k, { name, of }] of sources.entries())
        put(
          columns[k],
          "spectrum" in inference ? of(inference.spectrum) : name === "file" ? failed?.file : undefined,
        );
      put(columns[sources.length], failed?.error);
    },
  };
}

function number(name: string, of: Source["of"]): Source {
  return { name, kind: "number", of };
}

function text(name: string, of: Source["of"]): Source {
  return { name, kind: "text", of };
}

type Moments = Pick<InferredParameter, "median" | "mean" | "sd" | "interval68" | "interval90">;

function parameterSources(name: string, logarithmic: boolean, d: number): Source[] {
  const columns = (prefix: string, from: (parameter: InferredParameter) => Moments | undefined): Source[] => {
    const of = (pick: (moments: Moments) => number) => (spectrum: InferredSpectrum) => {
      const moments = from(spectrum.parameters[d]);
      return moments && pick(moments);
    };
    return [
      number(
        `${prefix}.median`,
        of(({ median }) => median),
      ),
      number(
        `${prefix}.lower68`,
        of(({ interval68 }) => interval68[0]),
      ),
      number(
        `${prefix}.upper68`,
        of(({ interval68 }) => interval68[1]),
      ),
      number(
        `${prefix}.lower90`,
        of(({ interval90 }) => interval90[0]),
      ),
      number(
        `${prefix}.upper90`,
        of(({ interval90 }) => interval90[1]),
      ),
      number(
        `${prefix}.mean`,
        of(({ mean }) => mean),
      ),
      number(
        `${prefix}.sd`,
        of(({ sd }) => sd),
      ),
    ];
  };
  return [
    ...columns(name, (parameter) => parameter),
    number(`${name}.best`, ({ parameters }) => parameters[d].best),
    ...(logarithmic ? columns(`${name}.log10`, ({ log10 }) => log10) : []),
  ];
}

function refinementSources(): Source[] {
  return [
    number("logZ", ({ evidence }) => evidence?.logZ),
    number("logZError", ({ evidence }) => evidence?.logZError),
    ...(["efficiencyFlow", "efficiency", "ess", "paretoK"] as const).map((key) =>
      number(key, ({ importance }) => importance?.[key]),
    ),
  ];
}

/** Rows that are turned into text at a time: texts of any length at once do not exist. */
const ROWS = 2000;

/** The table as comma-separated values (RFC 4180), with a line of names. Numbers that are not there are empty. */
export function tableCsv({ columns }: Pick<PosteriorTable, "columns">): Uint8Array {
  const encoder = new TextEncoder();
  const rows = columns[0].data.length;
  const parts = [encoder.encode(`${columns.map(({ name }) => quoted(name)).join(",")}\n`)];
  for (let from = 0; from < rows; from += ROWS) {
    let lines = "";
    for (let i = from; i < Math.min(rows, from + ROWS); i++)
      lines += `${columns.map((each) => cell(each, i)).join(",")}\n`;
    parts.push(encoder.encode(lines));
  }
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function cell(column: TableColumn, row: number): string {
  if (column.kind === "text") return quoted(column.data[row]);
  const value = column.data[row];
  return Number.isFinite(value) ? String(value) : "";
}

function quoted(value: string): string {
  return /[",\n\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** The table as a Parquet file; numbers that are not there are NaN. */
export async function tableParquet(
  { columns }: Pick<PosteriorTable, "columns">,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const columnData = columns.map(({ name, kind, data }) =>
    kind === "number"
      ? { name, data: Float64Array.from(data), type: "DOUBLE" as const, nullable: false }
      : { name, data, type: "STRING" as const, nullable: false },
  );
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, createdBy: "xnpe" }));
}
