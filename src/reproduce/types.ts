import type { NamedFigure } from "../fit/output-figures.ts";
import type { Fonts } from "../fit/output-render.ts";
import type { SpawnWorker } from "../fit/pool.ts";
import type { Control } from "../fit/types.ts";
import type { ReadFile } from "../ogip/types.ts";

/** A number with its error, or words. */
export type Value = { readonly value: number; readonly error?: number } | string;

/** What a row says of itself: an acceptance that holds or not, or a number for comparison alone. */
export type Verdict = "pass" | "fail" | "info";

/** One published number beside ours. */
export interface Row {
  readonly quantity: string;
  /** Absent: nothing is published. */
  readonly published?: Value;
  readonly obtained: Value;
  readonly unit: string;
  readonly verdict: Verdict;
  /** What a pass asks for. */
  readonly rule?: string;
}

export interface ResultTable {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** What an experiment found. */
export interface Outcome {
  readonly tables: readonly ResultTable[];
  readonly figures: readonly NamedFigure[];
  readonly notes: readonly string[];
  /** Seconds. */
  readonly timings: Readonly<Record<string, number>>;
}

/** One experiment or demo run of the paper; a value, run by the engine. */
export interface Experiment {
  /** What the command line calls it: `9`, `3_sri`. */
  readonly id: string;
  /** Other names: `fig8`. */
  readonly aliases: readonly string[];
  /** Where in the paper. */
  readonly where: string;
  readonly title: string;
  run(lab: Lab): Promise<Outcome>;
}

/** Files of one folder by name, `cache/x.json`; `write` makes a file whole or not at all. */
export interface Store {
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array | string): Promise<void>;
}

/** Where spectra come from: the published files, or fakes of the built-in instrument. */
export interface DataSource {
  readonly published: boolean;
  /** Name to open a file of the release with. */
  path(file: string): string;
  readonly readFile: ReadFile;
}

/** What all experiments of a run share. */
export interface Lab {
  readonly seed: number;
  /** True: a few hundred simulations each, to see that everything works. */
  readonly short: boolean;
  readonly workers: number;
  readonly spawn?: SpawnWorker;
  /** Seconds. */
  readonly clock: () => number;
  readonly control: Control;
  readonly data: DataSource;
  /** The number of a full or of a short run. */
  size(full: number, short: number): number;
  /** Plain data kept under a name in the run's folder: made once, however many experiments ask for it. */
  kept<T>(name: string, work: () => Promise<T>): Promise<T>;
  keptBytes(name: string, work: () => Promise<Uint8Array>): Promise<Uint8Array>;
}

/** Doors to the platform. */
export interface ReproduceIo {
  readonly store: Store;
  readonly data: DataSource;
  readonly fonts: Fonts;
  readonly spawn?: SpawnWorker;
  readonly clock: () => number;
}

/** experiment.json: an outcome without its figures' scenes, which stand beside it as files. */
export interface ExperimentRecord {
  readonly id: string;
  readonly title: string;
  readonly where: string;
  readonly tables: readonly ResultTable[];
  readonly figures: readonly { readonly name: string; readonly title: string; readonly caption: string }[];
  readonly notes: readonly string[];
  readonly timings: Readonly<Record<string, number>>;
  /** Why there is no outcome. */
  readonly failure?: string;
}
