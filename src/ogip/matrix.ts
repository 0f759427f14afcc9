import { InputError } from "../errors.ts";
import type { Column, Numbers, TableHdu } from "../fits/index.ts";
import { findColumn, readNumbers, readVariable } from "../fits/index.ts";
import { requiredNumbers } from "./grid.ts";

/** Groups of all rows; `channel` is F_CHAN as in the file. */
export interface MatrixGroups {
  readonly start: Int32Array;
  readonly channel: Int32Array;
  readonly length: Int32Array;
  readonly offset: Int32Array;
  readonly values: Float32Array;
}

/** One column seen as arrays by row, whether it is scalar, fixed or variable. */
interface Ragged {
  readonly values: Numbers;
  at(row: number): number;
  size(row: number): number;
}

function readRagged(table: TableHdu, name: string): Ragged {
  const column = findColumn(table, name) as Column;
  if (column.descriptor === undefined) {
    const width = column.repeat;
    return { values: readNumbers(table, column), at: (row) => row * width, size: () => width };
  }
  const { start, values } = readVariable(table, column);
  return { values, at: (row) => start[row], size: (row) => start[row + 1] - start[row] };
}

/** Reads N_GRP, F_CHAN, N_CHAN and MATRIX of the given table rows, each scalar, fixed or variable. */
export function readGroups(table: TableHdu, rows: Int32Array): MatrixGroups {
  const columns: MatrixColumns = {
    table,
    counts: requiredNumbers(table, "N_GRP"),
    firsts: readRagged(table, "F_CHAN"),
    lengths: readRagged(table, "N_CHAN"),
    matrix: readRagged(table, "MATRIX"),
  };
  const start = new Int32Array(rows.length + 1);
  const groups: GroupRecord[] = [];
  for (let e = 0; e < rows.length; e++) {
    readRow(groups, columns, rows[e]);
    start[e + 1] = groups.length;
  }
  const stored = columns.matrix.values;
  const values = stored instanceof Float32Array ? stored : Float32Array.from(stored);
  checkValues(table, values);
  return {
    start,
    channel: Int32Array.from(groups, (g) => g.channel),
    length: Int32Array.from(groups, (g) => g.length),
    offset: Int32Array.from(groups, (g) => g.offset),
    values,
  };
}

interface MatrixColumns {
  readonly table: TableHdu;
  readonly counts: Numbers;
  readonly firsts: Ragged;
  readonly lengths: Ragged;
  readonly matrix: Ragged;
}

interface GroupRecord {
  readonly channel: number;
  readonly length: number;
  readonly offset: number;
}

/** Appends the non-empty groups of one table row to `out`. */
function readRow(out: GroupRecord[], columns: MatrixColumns, row: number): void {
  const { table, counts, firsts, lengths, matrix } = columns;
  const where = (key: string) => ({ file: table.file, hdu: table.name, key: `${key} row ${row + 1}` });
  const room = Math.min(firsts.size(row), lengths.size(row));
  const count = counts[row];
  if (!Number.isInteger(count) || count < 0 || count > room)
    throw new InputError(`${count} groups, but F_CHAN and N_CHAN have room for ${room}`, where("N_GRP"));
  let used = 0;
  for (let g = 0; g < count; g++) {
    const channel = firsts.values[firsts.at(row) + g];
    const length = lengths.values[lengths.at(row) + g];
    const left = matrix.size(row) - used;
    if (!Number.isInteger(length) || length < 0 || length > left)
      throw new InputError(`${length} channels, but MATRIX has ${left} values left`, where("N_CHAN"));
    if (length === 0) continue;
    if (!Number.isInteger(channel) || Math.abs(channel) > 2 ** 30)
      throw new InputError(`${channel} is not a channel number`, where("F_CHAN"));
    out.push({ channel, length, offset: matrix.at(row) + used });
    used += length;
  }
}

function checkValues(table: TableHdu, values: Float32Array): void {
  for (let i = 0; i < values.length; i++)
    if (!(Math.abs(values[i]) < Infinity))
      throw new InputError(`the matrix holds ${values[i]}, expected numbers`, {
        file: table.file,
        hdu: table.name,
        key: "MATRIX",
      });
}
