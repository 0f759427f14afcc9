import { models } from "./list.ts";
import { type TableForm, type TableGrid, tableModel } from "./table.ts";
import type { Model } from "./types.ts";

/*
 * Models that are not in the list: the user's own functions, and tables, which need their file. One set for each thread, by the name that
 * expressions use.
 */

const own = new Map<string, Model>();
const tables = new Map<string, TableGrid>();

/**
 * Makes a model of one's own known to expressions, by its name in lower case, as `powerlaw` is. It replaces an earlier one of that name, but not
 * a model of the list. Functions do not cross to other threads, so runs with such a model take place in the calling one.
 */
export function defineModel(model: Model): void {
  if (models.some(({ name }) => name === model.name))
    throw new Error(`there is a model ${model.name} already; choose another name`);
  own.set(model.name, model);
}

/** Makes a table known to expressions as `atable{file}`, `mtable{file}`, `etable{file}`, with the file as spelled in the grid. */
export function defineTable(grid: TableGrid): void {
  tables.set(grid.file, grid);
}

/** The user's models. */
export function ownModels(): readonly Model[] {
  return [...own.values()];
}

const TABLE = /([ame]table)\{([^{}]*)\}/gi;

/** Files of the tables that an expression names, as spelled there. */
export function tableFiles(expression: string): string[] {
  return [...new Set(Array.from(expression.matchAll(TABLE), ([, , file]) => file.trim()))];
}

/** The tables that an expression uses, as far as they are known. */
export function tablesOf(expression: string): TableGrid[] {
  return tableFiles(expression).flatMap((file) => tables.get(file) ?? []);
}

/** The expression with other names for the files of its tables. */
export function withTableFiles(expression: string, rename: (file: string) => string): string {
  return expression.replace(TABLE, (_, form, file) => `${form}{${rename(file.trim())}}`);
}

/** The model of `atable{file}`; undefined where the table is not known. */
export function tableByName(form: string, file: string): Model | undefined {
  const grid = tables.get(file);
  return grid === undefined ? undefined : tableModel(grid, form.toLowerCase() as TableForm);
}
