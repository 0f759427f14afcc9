import { InputError } from "../errors.ts";
import type { PosteriorDraws } from "./types.ts";

const SOURCES = ["flow", "t"] as const;
const OPTIONAL = ["logProb", "logProposal"] as const;
const RESERVED = new Set(["logPrior", "logLike", "logProb", "logProposal", "source", "weight"]);

/**
 * The draws as a Parquet file, one row a draw: the parameters, logPrior, logLike, logProb, logProposal, source (flow
 * or t), weight; what a method does not have has no column. `metadata` goes into the file's key-value pairs.
 */
export async function formatDraws(
  draws: PosteriorDraws,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const { names, theta, source } = draws;
  const column = (name: string, data: Float64Array) => ({
    name,
    data,
    type: "DOUBLE" as const,
    nullable: false,
  });
  const columnData = [
    ...names.map((name, d) => column(name, every(theta, names.length, d))),
    column("logPrior", draws.logPrior),
    column("logLike", draws.logLike),
    ...OPTIONAL.flatMap((name) => (draws[name] === undefined ? [] : [column(name, draws[name])])),
    ...(source === undefined
      ? []
      : [
          {
            name: "source",
            data: Array.from(source, (kind) => SOURCES[kind]),
            type: "STRING" as const,
            nullable: false,
          },
        ]),
    column("weight", draws.weight),
  ];
  const kvMetadata = Object.entries(metadata).map(([key, value]) => ({ key, value }));
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata, createdBy: "xnpe" }));
}

/** The draws of a Parquet file that formatDraws wrote. Throws InputError where the file is damaged or foreign. */
export async function parseDraws(bytes: Uint8Array, file: string): Promise<PosteriorDraws> {
  const { parquetReadObjects } = await import("hyparquet");
  const { buffer } = new Uint8Array(bytes);
  let rows: Record<string, unknown>[];
  try {
    rows = await parquetReadObjects({ file: buffer });
  } catch (cause) {
    throw new InputError(
      "this is not a whole Parquet file; was the run interrupted, or the file cut?",
      { file },
      { cause },
    );
  }
  const columns = Object.keys(rows[0] ?? {});
  const names = columns.filter((name) => !RESERVED.has(name));
  const numbers = (name: string): Float64Array => {
    const values = rows.map((row) => row[name]);
    if (!values.every((value) => typeof value === "number")) {
      throw new InputError("expected a number in every row; was this file written by xnpe?", {
        file,
        key: name,
      });
    }
    return Float64Array.from(values as number[]);
  };
  const theta = new Float64Array(rows.length * names.length);
  names.forEach((name, d) => {
    numbers(name).forEach((value, m) => {
      theta[m * names.length + d] = value;
    });
  });
  return {
    names,
    theta,
    logPrior: numbers("logPrior"),
    logLike: numbers("logLike"),
    ...(columns.includes("logProb") ? { logProb: numbers("logProb") } : {}),
    ...(columns.includes("logProposal") ? { logProposal: numbers("logProposal") } : {}),
    ...(columns.includes("source")
      ? { source: Uint8Array.from(rows, (row) => (row.source === "t" ? 1 : 0)) }
      : {}),
    weight: numbers("weight"),
  };
}

/** Column d of a row-major table of `width` columns. */
function every(table: Float64Array, width: number, d: number): Float64Array {
  return Float64Array.from({ length: table.length / width }, (_, m) => table[m * width + d]);
}
