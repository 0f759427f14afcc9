import { InputError } from "../errors.ts";
import {
  findColumn,
  headerLogical,
  headerNumber,
  headerText,
  readFits,
  readNumbers,
  readStrings,
  rowView,
  type TableHdu,
  tables,
} from "../fits/index.ts";
import { needColumn, placeOf } from "./grid-columns.ts";

/** One parameter of a table model, as its file describes it. */
export interface TableParameter {
  readonly name: string;
  readonly unit: string;
  readonly default: number;
  readonly delta: number;
  readonly min: number;
  readonly softMin: number;
  readonly softMax: number;
  readonly max: number;
}

/** Content of a table model's file. */
export interface TableModelFile {
  readonly file: string;
  readonly name: string;
  readonly additive: boolean;
  readonly axes: readonly (TableParameter & {
    readonly values: Float64Array;
    readonly logarithmic: boolean;
  })[];
  readonly additional: readonly TableParameter[];
  readonly redshift: boolean;
  readonly scaled: boolean;
  readonly edges: Float64Array;
  /** (R, 1 + additional, E). */
  readonly spectra: Float32Array;
  readonly below?: number;
  readonly above?: number;
}

/**
 * Reads a table model. InputError where a table or column is missing, values do not ascend, or the spectra are not those of the whole grid in
 * the order of its parameters (the last one fastest). Reference: OGIP/92-009.
 */
export async function readTableModel(bytes: Uint8Array, file: string): Promise<TableModelFile> {
  const fits = await readFits(bytes, file);
  const [primary] = fits.hdus;
  const find = (name: string): TableHdu => {
    const found = tables(fits).find((table) => table.name.toUpperCase() === name);
    if (found !== undefined) return found;
    const names = tables(fits).map((table) => table.name);
    throw new InputError(
      `expected a table model with the tables PARAMETERS, ENERGIES, SPECTRA; found ${names.join(", ") || "no table"}`,
      { file },
    );
  };
  const parameters = readParameters(find("PARAMETERS"));
  const edges = readEdges(find("ENERGIES"));
  const spectra = readSpectra(find("SPECTRA"), parameters, edges.length - 1);
  const below = headerNumber(primary.header, "LOELIMIT");
  const above = headerNumber(primary.header, "HIELIMIT");
  const flag = (...keys: string[]) => keys.some((key) => headerLogical(primary.header, key) === true);
  return {
    file,
    name: componentName(headerText(primary.header, "MODLNAME")),
    additive: headerLogical(primary.header, "ADDMODEL") ?? true,
    ...parameters,
    redshift: flag("REDSHIFT"),
    scaled: flag("ESCALE"),
    edges,
    spectra,
    ...(below !== undefined && { below }),
    ...(above !== undefined && { above }),
  };
}

/** A component's name from MODLNAME: letters, digits and _, beginning with a letter. */
function componentName(text = ""): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "");
  return name === "" ? "table" : name;
}

function readParameters(table: TableHdu): Pick<TableModelFile, "axes" | "additional"> {
  const interpolated = headerNumber(table.header, "NINTPARM") ?? table.rows;
  const extra = headerNumber(table.header, "NADDPARM") ?? table.rows - interpolated;
  if (interpolated + extra !== table.rows)
    throw new InputError(
      `NINTPARM and NADDPARM speak of ${interpolated + extra} parameters, but the table has ${table.rows}`,
      placeOf(table),
    );
  const numbers = (name: string) => readNumbers(table, needColumn(table, name));
  const [method, initial, delta, minimum, bottom, top, maximum, count, value] = [
    ...["METHOD", "INITIAL", "DELTA", "MINIMUM", "BOTTOM", "TOP", "MAXIMUM", "NUMBVALS", "VALUE"],
  ].map(numbers);
  const names = readStrings(table, needColumn(table, "NAME"));
  const unit = findColumn(table, "UNIT");
  const units = unit === undefined ? [] : readStrings(table, unit);
  const width = value.length / table.rows;
  const all = names.map((name, k) => ({
    name: name.trim().replace(/\s+/g, "_") || `parameter${k + 1}`,
    unit: (units[k] ?? "").trim(),
    default: initial[k],
    delta: delta[k],
    min: minimum[k],
    softMin: bottom[k],
    softMax: top[k],
    max: maximum[k],
  }));
  const axes = all.slice(0, interpolated).map((parameter, k) => {
    if (!(count[k] >= 1 && count[k] <= width))
      throw new InputError(
        `NUMBVALS speaks of ${count[k]} values of ${parameter.name}, but VALUE holds ${width}`,
        placeOf(table),
      );
    const values = Float64Array.from(value.subarray(k * width, k * width + count[k]));
    checkValues(values, parameter.name, method[k] === 1, placeOf(table));
    const [low, high] = [values[0], values[values.length - 1]];
    const inside = (v: number) => Math.min(high, Math.max(low, v));
    return {
      ...parameter,
      default: inside(parameter.default),
      min: inside(parameter.min),
      softMin: inside(parameter.softMin),
      softMax: inside(parameter.softMax),
      max: inside(parameter.max),
      values,
      logarithmic: method[k] === 1,
    };
  });
  return { axes, additional: all.slice(interpolated) };
}

function checkValues(
  values: Float64Array,
  name: string,
  logarithmic: boolean,
  where: { file: string; hdu: string },
): void {
  const ascending = values.every((v, i) => Number.isFinite(v) && (i === 0 || v > values[i - 1]));
  if (values.length === 0 || !ascending)
    throw new InputError(`the values of ${name} do not ascend: ${Array.from(values).join(", ")}`, where);
  if (logarithmic && !(values[0] > 0))
    throw new InputError(
      `${name} is interpolated in its logarithm, but its values begin at ${values[0]}`,
      where,
    );
}

function readEdges(table: TableHdu): Float64Array {
  const low = readNumbers(table, needColumn(table, "ENERG_LO"));
  const high = readNumbers(table, needColumn(table, "ENERG_HI"));
  const edges = Float64Array.from({ length: low.length + 1 }, (_, e) => (e === 0 ? low[0] : high[e - 1]));
  for (let e = 0; e < low.length; e++) {
    const joined = e === 0 || Math.abs(low[e] - high[e - 1]) <= 1e-5 * Math.abs(low[e]);
    if (!(high[e] > low[e]) || !joined)
      throw new InputError(
        `the energies must ascend without gaps; bin ${e + 1} goes from ${low[e]} to ${high[e]} keV`,
        placeOf(table),
      );
  }
  return edges;
}

function readSpectra(
  table: TableHdu,
  { axes, additional }: Pick<TableModelFile, "axes" | "additional">,
  E: number,
): Float32Array {
  const rows = axes.reduce((product, { values }) => product * values.length, 1);
  if (table.rows !== rows)
    throw new InputError(
      `${table.rows} spectra, but the grid of ${axes.map(({ values }) => values.length).join(" x ")} values needs ${rows}; is the file whole?`,
      placeOf(table),
    );
  const names = ["INTPSPEC", ...additional.map((_, a) => `ADDSP${String(a + 1).padStart(3, "0")}`)];
  const columns = names.map((name) => needColumn(table, name));
  const grid = needColumn(table, "PARAMVAL");
  const out = new Float32Array(rows * columns.length * E);
  for (let row = 0; row < rows; row++) {
    const view = rowView(table, row);
    checkRow(readNumbers(view, grid), axes, row, placeOf(table));
    for (const [a, column] of columns.entries()) {
      const spectrum = readNumbers(view, column);
      if (spectrum.length !== E || !spectrum.every(Number.isFinite))
        throw new InputError(
          `row ${row + 1} of ${column.name}: expected ${E} finite numbers, one for each energy`,
          placeOf(table),
        );
      out.set(spectrum, (row * columns.length + a) * E);
    }
  }
  return out;
}

/** Row r belongs to the grid point whose last parameter runs fastest. */
function checkRow(
  found: ArrayLike<number>,
  axes: TableModelFile["axes"],
  row: number,
  where: { file: string; hdu: string },
): void {
  let rest = row;
  for (let k = axes.length - 1; k >= 0; k--) {
    const { values, name } = axes[k];
    const expected = values[rest % values.length];
    rest = Math.floor(rest / values.length);
    if (!(Math.abs(found[k] - expected) <= 1e-5 * Math.max(Math.abs(expected), 1e-30)))
      throw new InputError(
        `row ${row + 1} is the spectrum of ${name} = ${found[k]}, but that of ${expected} belongs there (the last parameter runs fastest)`,
        where,
      );
  }
}
