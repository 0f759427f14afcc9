import { InputError } from "../errors.ts";
import type { FitConfig } from "../fit/types.ts";
import type { Invocation } from "./command.ts";

export interface RunArguments {
  readonly config: FitConfig;
  readonly parameters: readonly string[];
  /** Folder of the run, where one was named. */
  readonly folder?: string;
}

/**
 * The settings of a command that takes spectra, or the folder of a run, and names of parameters: what exists as a file is data, a folder
 * with config.yml a run (its best fit is then where fits start), the rest are parameters.
 */
export async function readRunArguments({
  args,
  options,
}: Pick<Invocation, "args" | "options">): Promise<RunArguments> {
  const { readFile } = await import("../files.ts");
  const { readSettings } = await import("./settings.ts");
  const { parseFileName } = await import("../ogip/filename.ts");
  const spectra: string[] = [];
  const parameters: string[] = [];
  let folder: string | undefined;
  for (const name of args) {
    if ((await readFile(`${name}/config.yml`)) !== undefined) folder = name;
    else if ((await readFile(parseFileName(name).path)) !== undefined) spectra.push(name);
    else parameters.push(name);
  }
  if (folder === undefined && options.config === undefined && spectra.length === 0 && args.length > 0)
    throw new InputError(`no such file or run: ${args[0]}; check the name and the folder`);
  const settings = folder === undefined ? options : { ...options, config: `${folder}/config.yml` };
  const { config } = await readSettings(spectra, settings);
  if (folder === undefined) return { config, parameters };
  const { storedBest } = await import("../fit/error-start.ts");
  const best = storedBest(await readFile(`${folder}/result.json`), config.priors);
  return { config: { ...config, start: { ...best, ...config.start } }, parameters, folder };
}
