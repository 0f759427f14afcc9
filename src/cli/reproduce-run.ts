import { access, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../errors.ts";
import { readFile, readInput, writeOutput } from "../files.ts";
import { reproductionSection, withMarked } from "../reproduce/docs.ts";
import {
  builtInData,
  type DataSource,
  type ExperimentRecord,
  publishedData,
  type Store,
} from "../reproduce/index.ts";
import { RESPONSE } from "../reproduce/setups.ts";

const DEFAULTS = ["../shared/data", "data"];

/** The published spectra in the folder that was named (its subfolder nicer, too) or in a usual one; else the built-in instrument. */
export async function dataSource(named: string | undefined, seed: number): Promise<DataSource> {
  for (const folder of named === undefined ? DEFAULTS : [named])
    for (const candidate of [folder, join(folder, "nicer")])
      if (await exists(join(candidate, RESPONSE))) return publishedData(candidate, readFile);
  if (named === undefined) return builtInData(seed);
  throw new InputError(
    `expected the published spectra with ${RESPONSE} in ${named} or ${join(named, "nicer")}, found none`,
    { key: "--data" },
  );
}

/** The files of a run's folder. */
export function folderStore(folder: string): Store {
  return {
    read: (name) => readFile(join(folder, name)),
    async write(name, bytes) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeOutput(path, bytes, { force: true });
    },
  };
}

/** Puts the tables of experiments and demo runs between the markers of a page. */
export async function writeDocs(page: string, records: readonly ExperimentRecord[]): Promise<void> {
  const text = new TextDecoder().decode(await readInput(page));
  await writeOutput(page, withMarked(text, reproductionSection(records)), { force: true });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
