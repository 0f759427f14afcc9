export {
  findColumn,
  isTable,
  readBits,
  readNumbers,
  readStrings,
  readVariable,
  rowView,
  tables,
} from "./column.ts";
export { concatenate } from "./concatenate.ts";
export type { NewArrays, NewColumn, NewNumbers, NewText } from "./encode.ts";
export { gunzip, isGzip } from "./gunzip.ts";
export { headerLogical, headerNumber, headerText } from "./header.ts";
export { parseFits, readFits } from "./read.ts";
export { type SetColumnOptions, type ShortColumn, setShortColumns } from "./set-column.ts";
export type {
  Column,
  ColumnType,
  Fits,
  Hdu,
  Header,
  HeaderValue,
  Numbers,
  TableHdu,
  VariableNumbers,
} from "./types.ts";
export type { Keyword, NewTable } from "./write.ts";
export { writeFits } from "./write.ts";
