import { InputError, type Where } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import {
  defineTable,
  type ModelGrid,
  ownModels,
  tableFiles,
  tableUses,
  withTableFiles,
} from "../model/registry.ts";
import { readAtmosphereGrid } from "../ogip/atmosphere-grid.ts";
import { readTableModel } from "../ogip/table-model.ts";
import type { ReadFile } from "../ogip/types.ts";
import type { Locate } from "./config-files.ts";

/** Readers of files, by how an expression names them. */
const readers: Readonly<Record<string, (bytes: Uint8Array, file: string) => Promise<ModelGrid>>> = {
  atable: readTableModel,
  mtable: readTableModel,
  etable: readTableModel,
  nsatmos: readAtmosphereGrid,
};

/** Reads the grids that an expression names, `atable{file}` or `nsatmos{file}`, and makes them known to expressions. */
export async function loadModelTables(model: string, readFile: ReadFile): Promise<void> {
  for (const { form, file } of tableUses(model)) {
    const bytes = await readFile(file);
    if (bytes === undefined)
      throw new InputError("there is no such file of a table model; check the name in the model", { file });
    defineTable(await readers[form](bytes, file));
  }
}

/** The expression with its tables' files found, and read where that is possible. */
export async function locateModelTables(
  model: string,
  where: Where,
  { locate, readFile }: { readonly locate: Locate; readonly readFile?: ReadFile },
): Promise<string> {
  const found = new Map<string, string>();
  for (const file of tableFiles(model)) found.set(file, await locate(file, where));
  const located = withTableFiles(model, (file) => found.get(file) ?? file);
  if (readFile !== undefined) await loadModelTables(located, readFile);
  return located;
}

/** Functions of the user's that an expression uses, by name. */
export function ownModelNames(model: string): string[] {
  const own = new Set(ownModels());
  const used = parseExpression(model).components.filter((component) => own.has(component.model));
  return [...new Set(used.map((component) => component.model.name))];
}

/** True where the model uses a function of the user's, which other threads do not have. */
export function usesOwnModels(model: string): boolean {
  return ownModelNames(model).length > 0;
}
