import { readFile } from "../files.ts";
import { storedBest } from "../fit/error-start.ts";
import type { ExportedRun } from "../fit/export.ts";
import { readBestFit } from "../fit/mle-folder.ts";
import { readDraws, readRun } from "../fit/output-folder.ts";
import type { DerivedInput } from "../fit/run-flux.ts";
import { readSettings } from "./settings.ts";

/** Settings, result, best fit and draws of a run's folder; a best fit has no draws. */
export async function readStoredDraws(given: string): Promise<DerivedInput & ExportedRun> {
  const folder = given.replace(/(?<=.)\/+$/, "");
  const fit = await readBestFit(folder, readFile);
  const run = fit === undefined ? await readRun(folder, readFile) : undefined;
  const { config } = await readSettings([], { config: `${folder}/config.yml` });
  const stored = storedBest(await readFile(`${folder}/result.json`), config.priors);
  const result = fit?.result ?? run!.result;
  const parameters: readonly { readonly name: string }[] = result.parameters;
  const best = Float64Array.from(parameters, ({ name }) => stored[name]);
  return { config, result, best, ...(run && { draws: await readDraws(run, readFile) }) };
}
