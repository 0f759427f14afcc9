import { InputError } from "../errors.ts";
import type { Observation } from "../observe/types.ts";
import { loadForInference, rememberFiles } from "./infer-load.ts";
import { inferObservations } from "./infer-one.ts";
import type { FailedSpectrum, InferOptions, InferredSpectrum } from "./infer-types.ts";
import { checkModelContents } from "./model-contents.ts";
import { loadModelTables, usesOwnModels } from "./model-tables.ts";
import type { NetworkFile } from "./network-file.ts";
import { checkSetup } from "./network-setup.ts";
import { type OpenNetwork, openNetwork } from "./open-network.ts";
import { createPool, type Pool } from "./pool.ts";
import type { FitIo } from "./session.ts";
import { shareOut } from "./share-out.ts";
import type { Control, PosteriorDraws, SpectrumInput } from "./types.ts";

/** The posterior of one spectrum, or why there is none. */
export type Inference =
  | { readonly spectrum: InferredSpectrum; readonly draws: PosteriorDraws }
  | { readonly failure: FailedSpectrum };

export interface InferSettings extends InferOptions {
  readonly workers: number;
}

/**
 * Posteriors of many spectra by one network, in the order of the spectra, one after the other as they are done; no more than a few are held at
 * a time. Spectra are shared out over the workers; where there are fewer spectra than workers, each spectrum's draws are. Results do not
 * depend on the number of workers, nor on which other spectra are done.
 *
 * A spectrum that cannot be read, or is not of the network's set-up, is a failure; the others are done all the same.
 */
export async function* infer(
  network: NetworkFile,
  spectra: readonly SpectrumInput[],
  io: FitIo,
  settings: InferSettings,
  control: Control = {},
): AsyncGenerator<Inference> {
  const { model } = network.origin;
  await loadModelTables(model, io.readFile);
  await checkModelContents(network.origin);
  const spawn = usesOwnModels(model) ? undefined : io.spawn;
  const pool = createPool({
    size: settings.workers,
    ...(spawn && { spawn }),
    ...(control.signal && { signal: control.signal }),
  });
  try {
    const work: Work = {
      ...{ network, spectra, settings },
      io: { ...io, readFile: rememberFiles(io.readFile) },
      ...(control.signal && { signal: control.signal }),
    };
    let done = 0;
    for await (const inference of shared(pool, work)) {
      control.onProgress?.({ stage: "infer", done: ++done, total: spectra.length });
      yield inference;
    }
  } finally {
    pool.close();
  }
}

interface Work {
  readonly network: NetworkFile;
  readonly spectra: readonly SpectrumInput[];
  readonly io: FitIo;
  readonly settings: InferSettings;
  readonly signal?: AbortSignal;
}

async function* shared(pool: Pool, work: Work): AsyncGenerator<Inference> {
  const { spectra } = work;
  // The first spectrum of the set-up gives what the ranks are opened with.
  let open: Promise<OpenNetwork> | undefined;
  const opened = (observations: readonly Observation[]) => {
    open ??= openNetwork(pool, work.network, observations);
    return open;
  };
  const together = spectra.length < pool.size;
  yield* shareOut(spectra.length, together ? 1 : pool.size, (i, rank) =>
    attempt(work, spectra[i], async (observations) => {
      const network = await opened(observations);
      return together ? network : network.onRank(rank);
    }),
  );
}

async function attempt(
  { network, io, settings, signal }: Work,
  input: SpectrumInput,
  opened: (observations: readonly Observation[]) => Promise<OpenNetwork>,
): Promise<Inference> {
  const started = io.clock?.();
  try {
    const { observations, times } = await loadForInference(input, network.origin, io.readFile);
    await checkSetup(network, observations);
    const { spectrum, draws } = await inferObservations(await opened(observations), observations, settings);
    const seconds = started === undefined ? undefined : (io.clock?.() ?? started) - started;
    return { spectrum: { ...spectrum, times, ...(seconds !== undefined && { seconds }) }, draws };
  } catch (error) {
    if (signal?.aborted || !(error instanceof Error)) throw error;
    const defect = !(error instanceof InputError);
    return { failure: { file: input.file, error: error.message, defect } };
  }
}
