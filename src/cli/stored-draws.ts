import { readFile } from "../files.ts";
import { storedBest } from "../fit/error-start.ts";
import { readDraws, readRun } from "../fit/output-folder.ts";
import type { DerivedInput } from "../fit/run-flux.ts";
import { readSettings } from "./settings.ts";

/** Settings, draws (where the run has any) and best fit of a run's folder. */
export async function readStoredDraws(given: string): Promise<DerivedInput> {
  const folder = given.replace(/(?<=.)\/+$/, "");
  const run = await readRun(folder, readFile);
  const { config } = await readSettings([], { config: `${folder}/config.yml` });
  const best = storedBest(await readFile(`${folder}/result.json`), config.priors);
  const values = Float64Array.from(run.result.parameters, ({ name }) => best[name]);
  if (run.result.method === "mle") return { config, best: values };
  return { config, best: values, draws: await readDraws(run, readFile) };
}
