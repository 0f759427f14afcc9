export { findColumn, isTable, readBits, readNumbers, readStrings, readVariable, tables } from "./column.ts";
export { gunzip, isGzip } from "./gunzip.ts";
export { headerLogical, headerNumber, headerText } from "./header.ts";
export { parseFits, readFits } from "./read.ts";
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
