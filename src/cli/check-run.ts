import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { InputError } from "../errors.ts";
import { readFile } from "../files.ts";
import { loadObservations } from "../fit/load.ts";
import { loadModelTables } from "../fit/model-tables.ts";
import { type NetworkFile, parseNetwork } from "../fit/network-file.ts";
import type { SpectrumInput } from "../fit/types.ts";
import type { OptionValue } from "./command.ts";
import { withCompanions } from "./companions.ts";
import { readSettings } from "./settings.ts";

type Options = Readonly<Record<string, OptionValue>>;

export interface CheckTarget {
  readonly file: string;
  readonly network: NetworkFile;
  /** Data sets of the network's set-up, at least one. */
  readonly observed: Awaited<ReturnType<typeof loadObservations>>[];
}

/** The network of a file or run folder, with the spectra that are given or that its run was for. */
export async function readTarget(
  target: string,
  spectra: readonly string[],
  options: Options,
): Promise<CheckTarget> {
  const file = (await isFolder(target)) ? join(target, "network.safetensors") : target;
  const bytes = await readFile(file);
  if (bytes === undefined) throw noNetwork(target, file);
  const network = await parseNetwork(bytes, file);
  await loadModelTables(network.origin.model, readFile);
  const known = await runSpectra(dirname(file));
  if (spectra.length === 0 && known === undefined)
    throw new InputError(
      "a network holds no response; name a spectrum of its set-up (xnpe check NETWORK SPECTRUM --response RMF --arf ARF), or the folder of its run",
      { file },
    );
  const inputs = spectra.length === 0 ? (known ?? []) : withCompanions(spectra, options, known);
  const { data, model, selection } = network.origin;
  const together = data.filter(({ isBackground }) => !isBackground).length;
  const sets: SpectrumInput[][] = [];
  for (let from = 0; from < inputs.length; from += together) sets.push(inputs.slice(from, from + together));
  const observed: CheckTarget["observed"] = [];
  for (const set of sets)
    observed.push(await loadObservations({ ...selection, model, spectra: set }, readFile));
  return { file, network, observed };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
}

function noNetwork(target: string, file: string): InputError {
  return target === file
    ? new InputError("no such file; name a network (network.safetensors) or the folder of a run", { file })
    : new InputError(
        "holds no network.safetensors; expected the folder of a run by method npe, or a network's file",
        { file: target },
      );
}

/** The spectra of the run whose folder this is. */
async function runSpectra(folder: string): Promise<readonly SpectrumInput[] | undefined> {
  const config = join(folder, "config.yml");
  if ((await readFile(config)) === undefined) return undefined;
  const { spectra, rounds } = (await readSettings([], { config })).config;
  if (rounds > 1)
    throw new InputError(
      `trained in ${rounds} rounds for one observation; only networks of one round serve other spectra and can be tested on them. Compare such a fit with another method instead (xnpe compare)`,
      { file: folder },
    );
  return spectra;
}
