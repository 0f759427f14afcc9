import type { OutputFile } from "../fit/output-entries.ts";
import type { FitConfig } from "../fit/types.ts";
import type { ReadFile } from "../ogip/types.ts";

/** A run whose results are kept in a folder. */
export interface KeptRun {
  readonly config: FitConfig;
  /** The configuration as config.yml is to hold it. */
  readonly kept: FitConfig;
  readonly readFile: ReadFile;
  readonly out: string;
  readonly force: boolean;
  /** Files that go into the folder besides. */
  readonly extra?: readonly OutputFile[];
  /** True values by parameter path, where they are known. */
  readonly truth?: Readonly<Record<string, number>>;
  /** Checkpoint in the folder, to go on from. */
  readonly resume?: Uint8Array;
}
