import { InputError } from "../errors.ts";
import type { Numbers, TableHdu } from "../fits/index.ts";
import { findColumn, readNumbers } from "../fits/index.ts";

/** Numbers of a column that must be there. `length` checks that there is one number a row. */
export function requiredNumbers(table: TableHdu, name: string): Numbers {
  const column = findColumn(table, name);
  const where = { file: table.file, hdu: table.name, key: name };
  if (column === undefined) throw new InputError("expected this column, found none of that name", where);
  const numbers = readNumbers(table, column);
  if (numbers.length !== table.rows)
    throw new InputError(`expected one number a row, found ${column.repeat}`, where);
  return numbers;
}

/** Bins are contiguous when neighbours differ by less than this, relative: float32 rounding, with room. */
const CONTIGUOUS = 1e-5;

/** An energy grid: edges (E+1, keV) and the table row (from 0) of each of its E bins. */
export interface EnergyGrid {
  readonly edges: Float64Array;
  readonly rows: Int32Array;
}

/**
 * The contiguous, ascending bins ENERG_LO..ENERG_HI. Bins without width hold no photons and are left out. A first
 * edge that is <= 0, or above its bin in a row without response, becomes a thousandth of the first bin's upper edge,
 * so that power laws stay finite. Both add a line to `warnings`. InputError for gaps, overlaps, descending or
 * non-finite energies.
 */
export function readEdges(table: TableHdu, warnings: string[]): EnergyGrid {
  const low = requiredNumbers(table, "ENERG_LO");
  const high = requiredNumbers(table, "ENERG_HI");
  const where = { file: table.file, hdu: table.name, key: "ENERG_LO" };
  if (low.length === 0) throw new InputError("the energy grid has no rows", where);
  const start = firstEdge(table, low[0], high[0], warnings);
  const edges = [start];
  const rows: number[] = [];
  for (let e = 0; e < low.length; e++) {
    const from = e === 0 ? start : low[e];
    if (!(from > 0 && high[e] >= from && high[e] < Infinity))
      throw new InputError(
        `row ${e + 1} covers ${low[e]}..${high[e]} keV, expected ascending energies`,
        where,
      );
    if (e > 0 && Math.abs(from - high[e - 1]) > CONTIGUOUS * high[e - 1])
      throw new InputError(
        `row ${e + 1} starts at ${from} keV, but the row before ends at ${high[e - 1]}; expected no gaps or overlaps`,
        where,
      );
    if (!(high[e] > edges[edges.length - 1])) continue;
    edges.push(high[e]);
    rows.push(e);
  }
  if (rows.length < low.length)
    warnings.push(`${low.length - rows.length} energy bins without width are left out`);
  return { edges: Float64Array.from(edges), rows: Int32Array.from(rows) };
}

function firstEdge(table: TableHdu, low: number, high: number, warnings: string[]): number {
  const empty = findColumn(table, "N_GRP") !== undefined && requiredNumbers(table, "N_GRP")[0] === 0;
  if (low > 0 && !(empty && low >= high)) return low;
  const edge = high / 1000;
  const found =
    low > 0
      ? `the first energy bin runs backwards, from ${short(low)} to ${short(high)} keV`
      : `the first energy is ${low} keV`;
  warnings.push(`${found}; ${edge.toPrecision(3)} keV is taken for its lower edge`);
  return edge;
}

const short = (energy: number) => String(Number(energy.toPrecision(4)));

/** Edges are the same within eight steps of float32, relative: files converted between units differ by a few. */
const SAME = 1e-6;

/**
 * Throws an InputError unless both grids have the same edges within float32 rounding. The first edge is not compared where both lie below a hundredth
 * of the second edge: programs replace a zero there in different ways.
 */
export function checkSameGrid(
  arf: { readonly file: string; readonly edges: Float64Array },
  rmf: { readonly file: string; readonly edges: Float64Array },
): void {
  if (arf.edges.length !== rmf.edges.length)
    throw new InputError(
      `${arf.edges.length - 1} energies, but the response ${rmf.file} has ${rmf.edges.length - 1}; do they belong together?`,
      { file: arf.file },
    );
  for (let e = 0; e < arf.edges.length; e++) {
    const a = arf.edges[e];
    const r = rmf.edges[e];
    if (e === 0 && Math.max(a, r) <= 0.01 * rmf.edges[1]) continue;
    if (Math.abs(a - r) > SAME * r)
      throw new InputError(
        `energy ${e + 1} is ${a} keV, but ${r} keV in the response ${rmf.file}; do they belong together?`,
        { file: arf.file },
      );
  }
}
