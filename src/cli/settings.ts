import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { InputError } from "../errors.ts";
import { locateFile, readFile, readInput } from "../files.ts";
import { resolveConfig } from "../fit/config.ts";
import { parseConfigFile } from "../fit/config-file.ts";
import type { Locate } from "../fit/config-files.ts";
import { type ConfigLayer, mergeLayers } from "../fit/config-layer.ts";
import { loadModelTables } from "../fit/model-tables.ts";
import type { FitConfig } from "../fit/types.ts";
import { parseXcm } from "../fit/xcm-read.ts";
import { defineTable, tablesOf, tableUses, withTableFiles } from "../model/registry.ts";
import type { OptionValue } from "./command.ts";
import { flagsLayer, textOption } from "./flags.ts";
import { drawSeed } from "./seed.ts";

export interface Settings {
  readonly config: FitConfig;
  /** Folder that the settings name. */
  readonly out?: string;
  /** True where no setting named the seed. */
  readonly seedDrawn: boolean;
}

export interface ReadOptions {
  readonly needsFree?: boolean;
  readonly locate?: Locate;
}

/** The settings of a command line: its file completed and overridden by its options, checked, files found. */
export async function readSettings(
  spectra: readonly string[],
  options: Readonly<Record<string, OptionValue>>,
  { needsFree = true, locate = locateFile }: ReadOptions = {},
): Promise<Settings> {
  const flags = flagsLayer(spectra, options);
  const file = textOption(options.config);
  const layer = file === undefined ? flags : mergeLayers(await readConfigFile(file), flags);
  const config = await resolveConfig(layer, {
    seed: drawSeed(),
    workers: defaultWorkers(),
    needsFree,
    locate,
    readFile,
  });
  return {
    config,
    ...(typeof layer.values.out === "string" ? { out: layer.values.out } : {}),
    seedDrawn: layer.values.seed === undefined,
  };
}

async function readConfigFile(file: string): Promise<ConfigLayer> {
  const bytes = await readInput(file);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError(
      "expected a YAML text in UTF-8, found other bytes",
      { file, key: "--config" },
      { cause },
    );
  }
  if (!/\.xcm$/i.test(file)) return parseConfigFile(text, file);
  await loadScriptTables(text, file);
  return parseXcm(text, file);
}

/** A script's model needs its tables to be read, as its parameters follow from them. */
async function loadScriptTables(text: string, file: string): Promise<void> {
  for (const { form, file: table } of tableUses(text)) {
    const path = await locateFile(table, { file });
    await loadModelTables(`${form}{${path}}`, readFile);
    for (const grid of tablesOf(`${form}{${path}}`)) defineTable({ ...grid, file: table });
  }
}

/** Cores of this process; a batch system's share where it says so. */
export function defaultWorkers(): number {
  const share = Number(process.env.SLURM_CPUS_PER_TASK ?? process.env.SLURM_CPUS_ON_NODE);
  return share >= 1 ? share : availableParallelism();
}

/** The configuration with the names of its files made absolute, so that it works from any folder. */
export function absoluteFiles(config: FitConfig): FitConfig {
  const absolute = (name: string) => (name === "none" ? name : resolve(name));
  for (const table of tablesOf(config.model)) defineTable({ ...table, file: resolve(table.file) });
  return {
    ...config,
    model: withTableFiles(config.model, (file) => resolve(file)),
    spectra: config.spectra.map(({ file, ...companions }) => ({
      file: resolve(file),
      ...Object.fromEntries(Object.entries(companions).map(([key, name]) => [key, absolute(name)])),
    })),
  };
}
