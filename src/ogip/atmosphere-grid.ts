import { InputError } from "../errors.ts";
import {
  type Column,
  readFits,
  readNumbers,
  readVariable,
  type TableHdu,
  tables,
  type VariableNumbers,
} from "../fits/index.ts";
import { needColumn, placeOf } from "./grid-columns.ts";

/** Content of the file of `nsatmos`. */
export interface AtmosphereFile {
  readonly form: "nsatmos";
  readonly file: string;
  readonly temperatures: Float64Array;
  readonly gravities: Float64Array;
  readonly cosines: Float64Array;
  readonly energies: Float64Array;
  /** (temperature, gravity, cosine, energy). */
  readonly logFlux: Float32Array;
}

const AXES = ["TEMP", "GRAVITY", "MUCRIT"] as const;

/**
 * Reads the grid of `nsatmos`: axes and energies in the one row of MODELINFO, one spectrum a row in FLUX. Each row says which temperature, gravity and
 * cosine it belongs to, and so the order is known: cosines run fastest, temperatures slowest.
 * (`test/conformance/nsatmos.test.ts` confirms it: in no other order are the spectra smooth along all three axes.) InputError where a table or column is missing,
 * an axis does not ascend, or the rows are not those of the whole grid in that order.
 *
 * Reference: the file of Heinke, Rybicki, Narayan & Grindlay 2006 (ApJ 644, 1090), as XSPEC distributes it.
 */
export async function readAtmosphereGrid(bytes: Uint8Array, file: string): Promise<AtmosphereFile> {
  const fits = await readFits(bytes, file);
  const find = (name: string): TableHdu => {
    const found = tables(fits).find((table) => table.name.toUpperCase() === name);
    if (found !== undefined) return found;
    const names = tables(fits).map((table) => table.name);
    throw new InputError(
      `expected the grid of nsatmos with the tables MODELINFO and FLUX (nsatmosdata.fits); found ${names.join(", ") || "no table"}`,
      { file },
    );
  };
  const info = find("MODELINFO");
  if (info.rows !== 1) throw new InputError(`expected one row, found ${info.rows}`, placeOf(info));
  const [temperatures, gravities, cosines, energies] = [...AXES, "ENERGY"].map((name) => axis(info, name));
  if (!(energies[0] > 0)) throw new InputError(`ENERGY begins at ${energies[0]} keV`, placeOf(info));
  const axes = [temperatures, gravities, cosines];
  return {
    ...{ form: "nsatmos", file, temperatures, gravities, cosines, energies },
    logFlux: spectra(find("FLUX"), axes, energies.length),
  };
}

function axis(table: TableHdu, name: string): Float64Array {
  const values = Float64Array.from(readNumbers(table, needColumn(table, name)));
  const ascending = values.every((v, i) => Number.isFinite(v) && (i === 0 || v > values[i - 1]));
  if (values.length >= 2 && ascending) return values;
  throw new InputError(
    `${name} must have two or more values that ascend, found ${Array.from(values).join(", ")}`,
    placeOf(table),
  );
}

function spectra(table: TableHdu, axes: readonly Float64Array[], S: number): Float32Array {
  const rows = axes.reduce((product, { length }) => product * length, 1);
  if (table.rows !== rows)
    throw new InputError(
      `${table.rows} spectra, but the grid of ${axes.map(({ length }) => length).join(" x ")} values needs ${rows}; is the file whole?`,
      placeOf(table),
    );
  const labels = AXES.map((name) => readNumbers(table, needColumn(table, name)));
  for (let row = 0; row < rows; row++) checkRow(labels, axes, row, table);
  const { start, values } = rowArrays(table, needColumn(table, "FLUX"));
  const wrong = labels[0].findIndex((_, row) => start[row + 1] - start[row] !== S);
  if (wrong >= 0)
    throw new InputError(
      `row ${wrong + 1} of FLUX: ${start[wrong + 1] - start[wrong]} numbers, expected ${S}, one for each energy`,
      placeOf(table),
    );
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return Float32Array.from(values);
  throw new InputError(`row ${Math.floor(bad / S) + 1} of FLUX: a number that is not finite`, placeOf(table));
}

/** A column's arrays, whether their length is in the format or in each row. */
function rowArrays(table: TableHdu, column: Column): VariableNumbers {
  if (column.descriptor !== undefined) return readVariable(table, column);
  const start = Int32Array.from({ length: table.rows + 1 }, (_, row) => row * column.repeat);
  return { start, values: readNumbers(table, column) };
}

/** Row r belongs to the grid point whose cosine runs fastest. */
function checkRow(
  labels: readonly ArrayLike<number>[],
  axes: readonly Float64Array[],
  row: number,
  table: TableHdu,
): void {
  let rest = row;
  for (let k = axes.length - 1; k >= 0; k--) {
    const expected = axes[k][rest % axes[k].length];
    rest = Math.floor(rest / axes[k].length);
    const found = labels[k][row];
    if (!(Math.abs(found - expected) <= 1e-5 * Math.max(Math.abs(expected), 1)))
      throw new InputError(
        `row ${row + 1} is the spectrum of ${AXES[k]} = ${found}, but that of ${expected} belongs there (MUCRIT runs fastest, TEMP slowest)`,
        placeOf(table),
      );
  }
}
