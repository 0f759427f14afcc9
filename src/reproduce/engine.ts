import { InputError } from "../errors.ts";
import { renderFigures } from "../fit/output-render.ts";
import type { Control } from "../fit/types.ts";
import { VERSION } from "../fit/version.ts";
import { toSvg } from "../plot/index.ts";
import { createLab } from "./lab.ts";
import { section, summaryPage } from "./report.ts";
import type { Experiment, ExperimentRecord, Lab, Outcome, ReproduceIo, Store } from "./types.ts";

export interface ReproduceOptions {
  /** Those to run now, and all there are, whose finished results the report shows. */
  readonly experiments: readonly Experiment[];
  readonly all: readonly Experiment[];
  readonly seed: number;
  readonly short: boolean;
  readonly workers: number;
  /** True: run anew what is finished. */
  readonly force: boolean;
}

/** Hears of each experiment when it begins and when it ends. */
export interface Witness {
  begins?(experiment: Experiment, index: number, total: number): void;
  ends?(record: ExperimentRecord, kept: boolean): void;
}

/** What a run folder belongs to: results of different settings do not mix. */
interface RunFacts {
  readonly version: string;
  readonly seed: number;
  readonly short: boolean;
  readonly data: "published" | "built-in";
}

/**
 * Runs experiments one after the other. Each leaves ID/ with figures, section.html and, last, experiment.json; one that is
 * finished is not run again unless `force`. report.html is written anew after each, so that an interrupted run has one, too. An
 * experiment that cannot run leaves the reason, and the next one begins; what the user has to repair ends the run (InputError).
 */
export async function reproduce(
  options: ReproduceOptions,
  io: ReproduceIo,
  control: Control = {},
  witness: Witness = {},
): Promise<readonly ExperimentRecord[]> {
  const { experiments, all, force } = options;
  const facts = factsOf(options, io);
  await claim(io.store, facts, force);
  const lab = createLab({ ...options, anew: force }, io, control);
  const records: ExperimentRecord[] = [];
  for (const [index, experiment] of experiments.entries()) {
    control.signal?.throwIfAborted();
    const kept = force ? undefined : await finished(io.store, experiment.id);
    if (kept === undefined) witness.begins?.(experiment, index, experiments.length);
    const record = kept ?? (await runOne(experiment, lab, io));
    records.push(record);
    witness.ends?.(record, kept !== undefined);
    if (kept === undefined) await writeReport(all, facts, io.store);
  }
  await writeReport(all, facts, io.store);
  return records;
}

function factsOf({ seed, short }: ReproduceOptions, { data }: ReproduceIo): RunFacts {
  return { version: VERSION, seed, short, data: data.published ? "published" : "built-in" };
}

/** Takes the folder for runs with these settings. InputError where it holds another run's results. */
async function claim(store: Store, facts: RunFacts, force: boolean): Promise<void> {
  const bytes = await store.read("run.json");
  if (bytes !== undefined && !force) {
    const found = JSON.parse(new TextDecoder().decode(bytes)) as Partial<RunFacts>;
    const other = (Object.keys(facts) as (keyof RunFacts)[]).find((key) => found[key] !== facts[key]);
    if (other !== undefined)
      throw new InputError(
        `the folder holds results with ${other} ${found[other]}, and this run has ${other} ${facts[other]}; choose another folder with --out, or replace them with --force`,
      );
  }
  await store.write("run.json", `${JSON.stringify(facts)}\n`);
}

/** The record of an experiment that came to its end; a failed one is tried again. */
async function finished(store: Store, id: string): Promise<ExperimentRecord | undefined> {
  const bytes = await store.read(`${id}/experiment.json`);
  if (bytes === undefined) return undefined;
  const record = JSON.parse(new TextDecoder().decode(bytes)) as ExperimentRecord;
  return record.failure === undefined ? record : undefined;
}

async function runOne(
  experiment: Experiment,
  lab: Lab,
  { store, fonts }: ReproduceIo,
): Promise<ExperimentRecord> {
  const start = lab.clock();
  const found = await attempt(experiment, lab);
  const { id, title, where } = experiment;
  const outcome = found.outcome ?? { tables: [], figures: [], notes: [], timings: {} };
  const record: ExperimentRecord = {
    ...{ id, title, where, tables: outcome.tables, notes: outcome.notes },
    figures: outcome.figures.map(({ name, title: heading, caption }) => ({ name, title: heading, caption })),
    timings: { ...outcome.timings, total: lab.clock() - start },
    ...(found.failure !== undefined && { failure: found.failure }),
  };
  const { files } = await renderFigures(outcome.figures, fonts);
  for (const { name, bytes } of files) await store.write(`${id}/${name}`, bytes);
  const drawn = outcome.figures.map(({ scene }) => toSvg(scene, { inline: true }));
  await store.write(`${id}/section.html`, section(record, drawn));
  await store.write(`${id}/experiment.json`, `${JSON.stringify(record, undefined, 2)}\n`);
  return record;
}

/** The outcome, or why there is none. An interruption goes on to the caller. */
async function attempt(
  experiment: Experiment,
  lab: Lab,
): Promise<{ readonly outcome?: Outcome; readonly failure?: string }> {
  try {
    return { outcome: await experiment.run(lab) };
  } catch (error) {
    lab.control.signal?.throwIfAborted();
    if (error instanceof InputError && error.where.file !== undefined) throw error;
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

async function writeReport(all: readonly Experiment[], facts: RunFacts, store: Store): Promise<void> {
  const parts: { record: ExperimentRecord; html: string }[] = [];
  for (const { id } of all) {
    const text = async (name: string) => {
      const bytes = await store.read(`${id}/${name}`);
      return bytes && new TextDecoder().decode(bytes);
    };
    const record = await text("experiment.json");
    const html = await text("section.html");
    if (record !== undefined && html !== undefined) parts.push({ record: JSON.parse(record), html });
  }
  await store.write("report.html", summaryPage(parts, facts));
}
