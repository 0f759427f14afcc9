import type { ReadFile } from "../ogip/types.ts";
import { CONFIG_DEFAULTS } from "./config-defaults.ts";
import { parseConfigFile } from "./config-file.ts";
import { isRecord } from "./config-layer.ts";
import type { BestFitResult } from "./mle-types.ts";

/** A best fit as read back from its folder. */
export interface StoredBestFit {
  readonly result: BestFitResult;
  /** Abundance table of its configuration. */
  readonly abund: string;
}

/** The best fit in a folder; undefined where it holds none, but maybe a posterior, which `readRun` reads. */
export async function readBestFit(folder: string, readFile: ReadFile): Promise<StoredBestFit | undefined> {
  const [text, config] = [await readFile(`${folder}/result.json`), await readFile(`${folder}/config.yml`)];
  if (text === undefined || config === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(text));
  } catch {
    return undefined;
  }
  if (!isRecord(value) || value.method !== "mle") return undefined;
  const { values } = await parseConfigFile(new TextDecoder().decode(config), `${folder}/config.yml`);
  const abund = typeof values.abund === "string" ? values.abund : CONFIG_DEFAULTS.abund;
  return { result: value as unknown as BestFitResult, abund };
}
