import { InputError } from "../errors.ts";
import type { AtmosphereGrid } from "./atmosphere-grid.ts";
import { models } from "./list.ts";
import { nsatmos, nsatmosOf } from "./nsatmos.ts";
import { type TableForm, type TableGrid, tableModel } from "./table.ts";
import type { Model } from "./types.ts";

/*
 * Models that are not in the list: the user's own functions, and tables, which need their file. One set for each thread, by the name that
 * expressions use.
 */

/** What a model reads from a file: a table model, or the grid of one in the list. */
export type ModelGrid = TableGrid | AtmosphereGrid;

const own = new Map<string, Model>();
const tables = new Map<string, ModelGrid>();

/**
 * Makes a model of one's own known to expressions, by its name in lower case, as `powerlaw` is. It replaces an earlier one of that name, but not
 * a model of the list. Functions do not cross to other threads, so runs with such a model take place in the calling one.
 */
export function defineModel(model: Model): void {
  if (models.some(({ name }) => name === model.name))
    throw new Error(`there is a model ${model.name} already; choose another name`);
  own.set(model.name, model);
}

/**
 * Makes a table known to expressions as `atable{file}`, `mtable{file}`, `etable{file}`, or a grid of atmospheres as `nsatmos{file}`, with the file
 * as spelled in the grid.
 */
export function defineTable(grid: ModelGrid): void {
  tables.set(grid.file, grid);
}

/** The user's models. */
export function ownModels(): readonly Model[] {
  return [...own.values()];
}

/** What takes a file in braces. */
const FORMS = ["atable", "mtable", "etable", ...models.filter(({ grid }) => grid).map(({ name }) => name)];
const TABLE = new RegExp(`\\b(${FORMS.join("|")})\\{([^{}]*)\\}`, "gi");

/** What an expression takes from files, each once: `atable{grid.fits}` is the form atable of grid.fits. */
export function tableUses(expression: string): { readonly form: string; readonly file: string }[] {
  const uses = Array.from(expression.matchAll(TABLE), ([, form, file]) => ({
    form: form.toLowerCase(),
    file: file.trim(),
  }));
  return uses.filter(
    ({ form, file }, i) => uses.findIndex((use) => use.form === form && use.file === file) === i,
  );
}

/** Files of the tables that an expression names, as spelled there. */
export function tableFiles(expression: string): string[] {
  return [...new Set(tableUses(expression).map(({ file }) => file))];
}

/** The tables that an expression uses, as far as they are known. */
export function tablesOf(expression: string): ModelGrid[] {
  return tableFiles(expression).flatMap((file) => tables.get(file) ?? []);
}

/** The expression with other names for the files of its tables. */
export function withTableFiles(expression: string, rename: (file: string) => string): string {
  return expression.replace(TABLE, (_, form, file) => `${form}{${rename(file.trim())}}`);
}

/** The form and the file of `atable{file}`; undefined for anything else. */
export function asTable(name: string): { readonly form: string; readonly file: string } | undefined {
  const [use] = tableUses(name);
  return use;
}

/** The model of `atable{file}`; undefined where the table is not known. */
export function tableByName(form: string, file: string): Model | undefined {
  const grid = tables.get(file);
  if (grid === undefined) return undefined;
  if (grid.form !== undefined && form === grid.form) return nsatmosOf(grid);
  if (grid.form === undefined && form !== nsatmos.name) return tableModel(grid, form as TableForm);
  const right = grid.form ?? (grid.additive ? "atable" : "mtable");
  throw new InputError(`is not what ${form} needs; use it as ${right}{${file}}`, { file });
}
