import { type NewColumn, writeFits } from "../fits/index.ts";
import type { AtmosphereFile } from "./atmosphere-grid.ts";

export interface FixtureChanges {
  /** Other values of an axis, or of ENERGY, than the spectra have. */
  readonly axes?: Readonly<Record<string, readonly number[]>>;
  /** Change of the rows [temperature, gravity, cosine, spectrum index], for broken files. */
  readonly rows?: (rows: number[][]) => number[][];
  /** Columns that are left out, as TABLE.COLUMN, or tables. */
  readonly without?: readonly string[];
  /** Arrays of fixed length in place of those in the heap. */
  readonly fixed?: boolean;
  /** Change of one spectrum. */
  readonly spectrum?: (values: number[], row: number) => number[];
}

/** A file of nsatmos' layout. */
export function atmosphereFile(grid: Omit<AtmosphereFile, "file">, changes: FixtureChanges = {}): Uint8Array {
  const { axes = {}, rows = (all) => all, without = [], fixed = false, spectrum = (v) => v } = changes;
  const S = grid.energies.length;
  const all: number[][] = [];
  for (const t of grid.temperatures)
    for (const g of grid.gravities) for (const mu of grid.cosines) all.push([t, g, mu, all.length]);
  const kept = rows(all);
  const arrays = kept.map(([, , , from], row) =>
    spectrum(Array.from(grid.logFlux.subarray(from * S, (from + 1) * S)), row),
  );
  const start = Int32Array.from([0, ...arrays.map((_, r) => arrays.slice(0, r + 1).flat().length)]);
  const one = (name: string, values: ArrayLike<number>): NewColumn => {
    const used = axes[name] ?? Array.from(values);
    return { name, type: "E", repeat: used.length, values: used };
  };
  const tables = [
    {
      name: "MODELINFO",
      rows: 1,
      columns: [
        one("TEMP", grid.temperatures),
        one("GRAVITY", grid.gravities),
        one("MUCRIT", grid.cosines),
        one("ENERGY", grid.energies),
      ],
    },
    {
      name: "FLUX",
      rows: kept.length,
      columns: [
        ...["TEMP", "GRAVITY", "MUCRIT"].map(
          (name, k): NewColumn => ({ name, type: "E", values: kept.map((row) => row[k]) }),
        ),
        fixed
          ? ({ name: "FLUX", type: "E", repeat: S, values: arrays.flat() } satisfies NewColumn)
          : ({ name: "FLUX", type: "E", arrays: { start, values: arrays.flat() } } satisfies NewColumn),
      ],
    },
  ];
  return writeFits(
    tables
      .filter(({ name }) => !without.includes(name))
      .map((table) => ({
        ...table,
        columns: table.columns.filter(({ name }) => !without.includes(`${table.name}.${name}`)),
      })),
  );
}
