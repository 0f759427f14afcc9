import { InputError, type Where } from "../errors.ts";
import { parseExpression } from "../model/expression.ts";
import { defineTable, ownModels, tableFiles, withTableFiles } from "../model/registry.ts";
import { readTableModel } from "../ogip/table-model.ts";
import type { ReadFile } from "../ogip/types.ts";
import type { Locate } from "./config-files.ts";

/** Reads the table models that an expression names, `atable{file}`, and makes them known to expressions. */
export async function loadModelTables(model: string, readFile: ReadFile): Promise<void> {
  for (const file of tableFiles(model)) {
    const bytes = await readFile(file);
    if (bytes === undefined)
      throw new InputError("there is no such file of a table model; check the name in the model", { file });
    defineTable(await readTableModel(bytes, file));
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
