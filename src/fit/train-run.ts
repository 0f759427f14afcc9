import { InputError } from "../errors.ts";
import { weightCount } from "../flow/weights.ts";
import { parseExpression } from "../model/expression.ts";
import { findParameter } from "../model/find-parameter.ts";
import type { Coverage } from "../npe/coverage.ts";
import type { Observation } from "../observe/types.ts";
import { bankCoverage } from "./bank-coverage.ts";
import { rememberFiles } from "./infer-load.ts";
import { loadObservations, spectrumNumbers } from "./load.ts";
import type { NetworkFile } from "./network-file.ts";
import { networkOrigin } from "./network-origin.ts";
import { setupDifference } from "./network-setup.ts";
import { openPosterior } from "./npe.ts";
import { type PreparedNetwork, prepareNetwork, stopwatch } from "./prepare.ts";
import { binCount } from "./problem.ts";
import { describeSpectra, type FitIo, type Session, settingsWarnings, withSession } from "./session.ts";
import { type TestedNetwork, testNetwork } from "./test-set.ts";
import { type TrainingFigures, trainingFigures } from "./train-figures.ts";
import { storedWindow, type TrainingResult } from "./train-types.ts";
import type { Control, FitConfig } from "./types.ts";
import { VERSION } from "./version.ts";

export interface TrainOptions {
  /** Spectra simulated for a test of the network; 0: none. */
  readonly test: number;
}

/** A trained network with what is to be kept of its training. */
export interface TrainingRecord {
  readonly network: NetworkFile;
  readonly result: TrainingResult;
  readonly figures: TrainingFigures;
}

/**
 * Trains a network for all spectra of one set-up. The spectra of the configuration are alternatives, not data to be fitted together: they share
 * response, binning and exposure, and the part of the prior that is simulated covers each. Writes and prints nothing.
 *
 * InputError for anything the user gave; rejects with the signal's reason when aborted.
 */
export async function trainForMany(
  config: FitConfig,
  io: FitIo,
  { test }: TrainOptions,
  control: Control = {},
): Promise<TrainingRecord> {
  checkSettings(config);
  const started = io.clock?.() ?? 0;
  const doors = { ...io, readFile: rememberFiles(io.readFile) };
  const alternatives = await loadAlternatives(config, doors);
  const single = { ...config, spectra: config.spectra.slice(0, 1) };
  const record = await withSession(single, doors, control, (session) =>
    trainSession(session, alternatives, test),
  );
  const timings = io.clock === undefined ? {} : { ...record.result.timings, total: io.clock() - started };
  return { ...record, result: { ...record.result, timings } };
}

async function trainSession(
  session: Session,
  alternatives: readonly (readonly Observation[])[],
  test: number,
): Promise<TrainingRecord> {
  const { pool, config, control, clock, build } = session;
  const input = { ...session, alternatives };
  const prepared = await prepareNetwork(pool, input, control, clock);
  const { posterior, flows } = prepared.trained;
  const figures = await trainingFigures(session, prepared);
  const known = { bank: prepared.bank, features: posterior.features, seed: config.seed };
  const network = await networkOf(session, prepared, await bankCoverage(pool, known));
  await openPosterior(pool, posterior, flows, build);
  const timings: Record<string, number> = { ...prepared.timings };
  const timed = stopwatch(timings, clock);
  const tested = test > 0 ? await timed("test", () => testTrained(session, prepared, test)) : undefined;
  const result = resultOf(session, { network, prepared, alternatives, tested, timings });
  return { network, result, figures: { ...figures, ...(tested && { tested }) } };
}

/** Draws of each test spectrum's posterior: quantiles are good to 0.03 of its width. */
const TEST_DRAWS = 4000;

function testTrained(
  { pool, prior, config, problem, control }: Session,
  { window, region: truncated, trained }: PreparedNetwork,
  spectra: number,
): Promise<TestedNetwork> {
  const bins = binCount(problem.observations);
  const region = { window, bins, dimensions: prior.priors.length, restricted: truncated !== undefined };
  const { background } = trained.posterior.features;
  const size = { spectra, samples: TEST_DRAWS, seed: config.seed };
  return testNetwork(pool, prior, { region, background, ...size }, control);
}

function checkSettings({ method, rounds }: FitConfig): void {
  if (method !== "npe")
    throw new InputError(`a network is trained by method npe, found ${method}; leave it out`, {
      key: "method",
    });
  if (rounds > 1)
    throw new InputError(
      `${rounds} rounds make a network for one observation; a network for many spectra has one: leave rounds out`,
      { key: "rounds" },
    );
}

/** The spectra, each with its background behind it where that has a model. */
async function loadAlternatives(config: FitConfig, io: FitIo): Promise<Observation[][]> {
  const observations = await loadObservations(config, io.readFile);
  const numbers = spectrumNumbers(observations);
  const sets = config.spectra.map((_, k) => observations.filter((_, i) => numbers[i] === k));
  const [first, ...others] = sets;
  for (const other of others)
    for (const [i, observation] of other.entries()) {
      const difference = await setupDifference(first[i], observation);
      if (difference === undefined) continue;
      throw new InputError(
        `not of the set-up of ${first[i].file}, with which a network is to be trained: ${difference}; train a network for each set-up`,
        { file: observation.file },
      );
    }
  return sets;
}

async function networkOf(
  { problem, config }: Session,
  { trained: { posterior, flows, recipe }, window, region }: PreparedNetwork,
  coverage: Coverage,
): Promise<NetworkFile> {
  const part = { window, recipe, coverage, ...(region && { region }) };
  return {
    origin: await networkOrigin(problem, config, part),
    posterior,
    flows,
  };
}

interface Parts {
  readonly network: NetworkFile;
  readonly prepared: PreparedNetwork;
  readonly alternatives: readonly (readonly Observation[])[];
  readonly tested: TestedNetwork | undefined;
  readonly timings: Readonly<Record<string, number>>;
}

function resultOf(
  session: Session,
  { network, prepared, alternatives, tested, timings }: Parts,
): TrainingResult {
  const { config, problem, prior, build } = session;
  const { bank, trained, window } = prepared;
  const expression = parseExpression(problem.model);
  const { origin, flows } = network;
  return {
    xnpe: VERSION,
    method: "train",
    seed: config.seed,
    model: problem.model,
    spectra: describeSpectra(alternatives.flat()),
    parameters: prior.priors.map(({ text, logarithmic }, d) => {
      const name = prior.names[d];
      const { unit } = expression.parameters[findParameter(expression, name)];
      return { name, unit, prior: text, logarithmic };
    }),
    statistic: { name: origin.statistic, bins: origin.data.reduce((sum, { bins }) => sum + bins, 0) },
    window: storedWindow(window),
    network: {
      simulations: bank.rows,
      epochs: trained.epochs,
      steps: trained.steps,
      validationLoss: trained.validationLoss,
      features: flows[0].spec.features,
      weights: flows.reduce((sum, flow) => sum + weightCount(flow), 0),
      kind: config.features,
      flows: flows.length,
      tried: bank.tried,
    },
    ...(tested && {
      test: { ...tested, parameters: tested.parameters.map(({ recovered: _, ...rest }) => rest) },
    }),
    responseHash: origin.responseHash,
    kernels: build,
    timings,
    warnings: [
      ...new Set([...alternatives.flat().flatMap(({ warnings }) => warnings), ...settingsWarnings(session)]),
      ...prepared.warnings,
    ],
  };
}
