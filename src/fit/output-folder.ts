import { InputError } from "../errors.ts";
import type { ReadFile } from "../ogip/types.ts";
import { CONFIG_DEFAULTS } from "./config-defaults.ts";
import { parseConfigFile } from "./config-file.ts";
import { parseDraws } from "./output-draws.ts";
import { parseResult } from "./output-result.ts";
import type { PosteriorDraws, RunResult } from "./types.ts";

/** A run as read back from its folder. */
export interface StoredRun {
  readonly folder: string;
  readonly result: RunResult;
  /** Abundance table of its configuration. */
  readonly abund: string;
}

/** Reads result.json and config.yml of a run. Throws InputError where the folder holds no whole run of this version. */
export async function readRun(folder: string, readFile: ReadFile): Promise<StoredRun> {
  const text = await member(folder, "result.json", readFile);
  const result = parseResult(new TextDecoder().decode(text), `${folder}/result.json`);
  const file = `${folder}/config.yml`;
  const { values } = await parseConfigFile(
    new TextDecoder().decode(await member(folder, "config.yml", readFile)),
    file,
  );
  return { folder, result, abund: typeof values.abund === "string" ? values.abund : CONFIG_DEFAULTS.abund };
}

/** Reads posterior.parquet of a run. Throws InputError where it is missing, damaged, or does not fit the result. */
export async function readDraws({ folder, result }: StoredRun, readFile: ReadFile): Promise<PosteriorDraws> {
  const file = `${folder}/posterior.parquet`;
  const draws = await parseDraws(await member(folder, "posterior.parquet", readFile), file);
  const expected = result.parameters.map((parameter) => parameter.name);
  if (expected.join() !== draws.names.join()) {
    throw new InputError(
      `holds the parameters ${draws.names.join(", ")}, but result.json ${expected.join(", ")}; are both of one run?`,
      { file },
    );
  }
  return draws;
}

async function member(folder: string, name: string, readFile: ReadFile): Promise<Uint8Array> {
  const bytes = await readFile(`${folder}/${name}`);
  if (bytes !== undefined) return bytes;
  throw new InputError(`holds no ${name}; expected the folder of a finished run (xnpe fit --out ${folder})`, {
    file: folder,
  });
}
