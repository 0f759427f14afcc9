import { InputError } from "../errors.ts";
import { type Column, findColumn, type TableHdu } from "../fits/index.ts";

/** The column of that name; InputError that lists those there are. */
export function needColumn(table: TableHdu, name: string): Column {
  const column = findColumn(table, name);
  if (column !== undefined) return column;
  throw new InputError(
    `expected a column ${name}, found ${table.columns.map((c) => c.name).join(", ")}`,
    placeOf(table),
  );
}

export function placeOf({ file, name }: TableHdu): { file: string; hdu: string } {
  return { file, hdu: name };
}
