import { writeFits } from "../fits/index.ts";

/** One axis of a synthetic table. */
export interface FixtureAxis {
  readonly name: string;
  readonly values: readonly number[];
  readonly logarithmic?: boolean;
}

export interface FixtureTable {
  readonly name?: string;
  readonly additive?: boolean;
  readonly redshift?: boolean;
  readonly scaled?: boolean;
  readonly axes: readonly FixtureAxis[];
  /** Names of additional parameters. */
  readonly additional?: readonly string[];
  readonly edges: readonly number[];
  /** Spectrum at a grid point; `a` = 0 the grid's, 1 .. the additional ones. */
  readonly spectrum: (point: readonly number[], e: number, a: number) => number;
  /** Change of the rows, for broken files. */
  readonly rows?: (rows: number[][]) => number[][];
  /** NUMBVALS in place of the right ones. */
  readonly counts?: number;
  readonly limits?: { readonly below?: number; readonly above?: number };
}

/** A table model file by OGIP/92-009. */
export function tableModelFile(table: FixtureTable): Uint8Array {
  const { axes, additional = [], edges } = table;
  const E = edges.length - 1;
  const most = Math.max(...axes.map(({ values }) => values.length));
  const points = (table.rows ?? ((rows) => rows))(cartesian(axes.map(({ values }) => [...values])));
  const all = [...axes, ...additional.map((name): FixtureAxis => ({ name, values: [0] }))];
  const column = (name: string, pick: (axis: FixtureAxis, k: number) => number, type: "J" | "E" = "E") => ({
    name,
    type,
    values: all.map(pick),
  });
  const last = ({ values }: FixtureAxis) => values[values.length - 1];
  const parameters = {
    name: "PARAMETERS",
    rows: all.length,
    keywords: [
      { key: "NINTPARM", value: axes.length },
      { key: "NADDPARM", value: additional.length },
    ],
    columns: [
      { name: "NAME", type: "A" as const, repeat: 12, texts: all.map(({ name }) => name) },
      column("METHOD", ({ logarithmic }) => (logarithmic ? 1 : 0), "J"),
      column("INITIAL", ({ values }) => values[0]),
      column("DELTA", () => 0.01),
      column("MINIMUM", ({ values }, k) => (k < axes.length ? values[0] : 0)),
      column("BOTTOM", ({ values }, k) => (k < axes.length ? values[0] : 0)),
      column("TOP", (axis, k) => (k < axes.length ? last(axis) : 10)),
      column("MAXIMUM", (axis, k) => (k < axes.length ? last(axis) : 10)),
      column("NUMBVALS", ({ values }, k) => (k < axes.length ? (table.counts ?? values.length) : 0), "J"),
      {
        name: "VALUE",
        type: "E" as const,
        repeat: most,
        values: all.flatMap(({ values }) => Array.from({ length: most }, (_, i) => values[i] ?? 0)),
      },
    ],
  };
  const energies = {
    name: "ENERGIES",
    rows: E,
    columns: [
      { name: "ENERG_LO", type: "E" as const, values: edges.slice(0, -1) },
      { name: "ENERG_HI", type: "E" as const, values: edges.slice(1) },
    ],
  };
  const flat = (a: number) =>
    points.flatMap((point) => Array.from({ length: E }, (_, e) => table.spectrum(point, e, a)));
  const spectra = {
    name: "SPECTRA",
    rows: points.length,
    columns: [
      { name: "PARAMVAL", type: "E" as const, repeat: axes.length, values: points.flat() },
      { name: "INTPSPEC", type: "E" as const, repeat: E, values: flat(0) },
      ...additional.map((_, a) => ({
        name: `ADDSP${String(a + 1).padStart(3, "0")}`,
        type: "E" as const,
        repeat: E,
        values: flat(a + 1),
      })),
    ],
  };
  return withPrimary(writeFits([parameters, energies, spectra]), table);
}

function cartesian(lists: readonly number[][]): number[][] {
  return lists.reduce<number[][]>((rows, list) => rows.flatMap((row) => list.map((v) => [...row, v])), [[]]);
}

/** Puts the table's keywords into the primary header's spare cards. */
function withPrimary(
  bytes: Uint8Array,
  { name = "test", additive = true, redshift = false, scaled = false, limits = {} }: FixtureTable,
): Uint8Array {
  const flag = (value: boolean) => (value ? "T" : "F").padStart(20);
  const cards = [
    `MODLNAME= '${name.padEnd(8)}'`,
    `REDSHIFT= ${flag(redshift)}`,
    `ADDMODEL= ${flag(additive)}`,
    `ESCALE  = ${flag(scaled)}`,
    ...(limits.below === undefined ? [] : [`LOELIMIT= ${String(limits.below).padStart(20)}`]),
    ...(limits.above === undefined ? [] : [`HIELIMIT= ${String(limits.above).padStart(20)}`]),
    "END",
  ];
  const text = new TextDecoder().decode(bytes.subarray(0, 2880));
  const head = text.slice(0, text.search(/END {77}/));
  const out = bytes.slice();
  out.set(new TextEncoder().encode((head + cards.map((card) => card.padEnd(80)).join("")).padEnd(2880)));
  return out;
}
