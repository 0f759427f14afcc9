import { InputError } from "../errors.ts";
import type { Column, TableHdu } from "../fits/index.ts";
import {
  findColumn,
  headerNumber,
  headerText,
  readNumbers,
  readStrings,
  readVariable,
  rowView,
} from "../fits/index.ts";

/**
 * One spectrum seen in a table: a whole table of one channel a row (type I), or one row with arrays (type II). Both
 * give a value a channel or a single value, which may stand in a column or in a keyword; the column wins.
 */
export interface Fields {
  readonly table: TableHdu;
  /** Row of a type II table, from 0. */
  readonly row: number | undefined;
  readonly channels: number;
  /** One value a channel; undefined where the column is missing. */
  vector(name: string): Float64Array | undefined;
  /** A single value, from the row's column (type II) or the keyword. */
  scalar(name: string): number | undefined;
  text(name: string): string | undefined;
}

/** Number of spectra in a type II table, one a row; undefined for type I. */
export function spectraInTable(table: TableHdu): number | undefined {
  const column = findColumn(table, "COUNTS") ?? findColumn(table, "RATE");
  if (column === undefined) return undefined;
  return column.descriptor !== undefined || column.repeat > 1 ? table.rows : undefined;
}

/** Fields of a type I table, or of row `row` (from 1) of a type II table. */
export function fieldsOf(table: TableHdu, row?: number): Fields {
  const spectra = spectraInTable(table);
  const where = { file: table.file, hdu: table.name };
  if (spectra === undefined) {
    if (row !== undefined && row !== 1)
      throw new InputError(
        `row ${row} was asked for, but this file holds one spectrum; leave out {${row}}`,
        where,
      );
    return typeOne(table);
  }
  if (spectra === 0) throw new InputError("the table has no rows", where);
  const chosen = row ?? (spectra === 1 ? 1 : undefined);
  if (chosen === undefined)
    throw new InputError(
      `holds ${spectra} spectra; choose one by its row, ${table.file}{1} to {${spectra}}`,
      where,
    );
  if (chosen < 1 || chosen > spectra)
    throw new InputError(`row ${chosen} was asked for, but there are rows 1 to ${spectra}`, where);
  return typeTwo(table, chosen - 1);
}

function typeOne(table: TableHdu): Fields {
  return {
    table,
    row: undefined,
    channels: table.rows,
    vector(name) {
      const column = findColumn(table, name);
      if (column === undefined) return undefined;
      return sized(Float64Array.from(readNumbers(table, column)), table.rows, table, name);
    },
    scalar: (name) => headerNumber(table.header, name),
    text: (name) => headerText(table.header, name),
  };
}

function typeTwo(table: TableHdu, row: number): Fields {
  const view = rowView(table, row);
  const channels = numbersOf(
    view,
    (findColumn(table, "COUNTS") ?? findColumn(table, "RATE")) as Column,
  ).length;
  return {
    table,
    row,
    channels,
    vector(name) {
      const column = findColumn(table, name);
      if (column === undefined) return undefined;
      const numbers = numbersOf(view, column);
      if (numbers.length === 1 && channels !== 1) return new Float64Array(channels).fill(numbers[0]);
      return sized(numbers, channels, table, name);
    },
    scalar(name) {
      const column = findColumn(table, name);
      if (column === undefined || column.type === "A") return headerNumber(table.header, name);
      return numbersOf(view, column)[0];
    },
    text(name) {
      const column = findColumn(table, name);
      return column?.type === "A" ? readStrings(view, column)[0] : headerText(table.header, name);
    },
  };
}

function numbersOf(view: TableHdu, column: Column): Float64Array {
  const fixed = column.descriptor === undefined;
  return Float64Array.from(fixed ? readNumbers(view, column) : readVariable(view, column).values);
}

function sized(numbers: Float64Array, length: number, table: TableHdu, name: string): Float64Array {
  if (numbers.length !== length)
    throw new InputError(`expected ${length} values, one a channel, found ${numbers.length}`, {
      file: table.file,
      hdu: table.name,
      key: name,
    });
  return numbers;
}
