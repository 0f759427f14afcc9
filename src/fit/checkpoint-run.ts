import { checkSameRun, formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { modelContents } from "./model-contents.ts";
import { dataSetup } from "./network-origin.ts";
import { problemHash } from "./problem-hash.ts";
import type { Session } from "./session.ts";
import type { Control } from "./types.ts";

/** Name of the file in a run's folder. */
export const CHECKPOINT_FILE = "checkpoint.bin";

/** What an interrupted run keeps its state for: the settings and data that decide its result. */
export async function runSettings(
  { config, problem, observations }: Session,
  own: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const { model, abund, xsect, statistic, free, values } = problem;
  return {
    method: config.method,
    seed: config.seed,
    model,
    abund,
    xsect,
    statistic,
    priors: Object.fromEntries(free.map(({ path, prior }) => [path, prior])),
    values,
    ...own,
    responses: await problemHash(observations),
    contents: await modelContents({ ...problem, data: observations.map(dataSetup) }),
    counts: observations.map(({ counts }) => Array.from(counts)),
    backgrounds: observations.map(({ background }) => background && Array.from(background.counts)),
  };
}

/** The state to go on from; undefined where the run is a new one. Throws InputError for a checkpoint of another run. */
export function resumedState<T>(
  { resume }: Control,
  settings: Readonly<Record<string, unknown>>,
): T | undefined {
  if (resume === undefined) return undefined;
  const { settings: found, state } = parseCheckpoint(resume, CHECKPOINT_FILE);
  checkSameRun(found, JSON.parse(JSON.stringify(settings)), CHECKPOINT_FILE);
  return state as T;
}

/** Where the run is being interrupted: hands its state over and rejects with the signal's reason. */
export async function keepIfInterrupted(
  { signal, onCheckpoint }: Control,
  settings: Readonly<Record<string, unknown>>,
  state: () => unknown,
): Promise<void> {
  if (!signal?.aborted) return;
  await onCheckpoint?.(formatCheckpoint({ settings, state: await state() }));
  throw signal.reason;
}
